"""Django's registration of the app."""

from django.apps import AppConfig


class QCConfig(AppConfig):
    """The app's name for Django."""

    name = "qc"
