"""Django's registration of the project as an app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project's name for Django; it joins what the apps do not know of each other."""

    name = "atmp_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Have the administration told of the open work of people who leave."""
        from accounts import leaving
        from atmp_portal.queries import waiting

        leaving.FINDERS.append(waiting.open_work_of)
