"""Django's registration of the app."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """The app's name for Django."""

    name = "dossiers"

    def ready(self) -> None:
        """Let helpers join what they were invited to, and have what was filed checked with the trail."""
        from accounts import actions
        from audit import trail
        from dossiers import evidence
        from dossiers.actions import members

        actions.WHEN_ACCEPTED.append(members.join)
        check = ("Filings", evidence.breaks_in_filings)
        if check not in trail.FURTHER_CHECKS:
            trail.FURTHER_CHECKS.append(check)
