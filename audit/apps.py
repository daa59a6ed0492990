"""Django's registration of the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app's name for Django."""

    name = "audit"
    verbose_name = "Evidence"
