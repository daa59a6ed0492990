"""Django's registration of the app."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from classification.published import shipped


class ClassificationConfig(AppConfig):
    """The app's name for Django; its library is there as soon as its tables are."""

    name = "classification"

    def ready(self) -> None:
        """Have the library written after every migration, and after a flush."""
        post_migrate.connect(_fill, sender=self)


def _fill(using: str, apps: Any = apps, **kwargs: Any) -> None:
    shipped.fill(apps, using)
