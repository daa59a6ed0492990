"""Django's registration of the app, and of the administration's pages."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    """The app's name for Django."""

    default = True
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        """Have people told of their reports and of their failed jobs."""
        from accounts import inbox
        from audit import issuing

        issuing.WHEN_ISSUED.append(inbox.tell_of_issued_report)
        issuing.WHEN_FAILED.append(inbox.tell_of_failed_job)


class AdministrationConfig(admin.AdminConfig):
    """Django's admin with the portal's own login and log."""

    default = False
    default_site = "accounts.administration.Administration"
