"""Django's registration of the app."""

from django.apps import AppConfig


class ClassificationConfig(AppConfig):
    """The app's name for Django."""

    name = "classification"
