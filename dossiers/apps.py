"""Django's registration of the app."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """The app's name for Django."""

    name = "dossiers"
