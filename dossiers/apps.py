"""Django's registration of the app."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """The app's name for Django."""

    name = "dossiers"

    def ready(self) -> None:
        """Have what was filed checked together with the trail."""
        from audit import trail
        from dossiers import evidence

        check = ("Filings", evidence.breaks_in_filings)
        if check not in trail.FURTHER_CHECKS:
            trail.FURTHER_CHECKS.append(check)
