"""Django's registration of the app."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """The app's name for Django."""

    name = "dossiers"

    def ready(self) -> None:
        """Let helpers who accept an invitation into the dossiers that they were invited to."""
        from accounts import actions
        from dossiers.actions import members

        actions.WHEN_ACCEPTED.append(members.join)
