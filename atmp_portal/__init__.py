"""The site: settings, URLs, the home page and what may know every app."""

from atmp_portal.celery import app as celery_app

__all__ = ["celery_app"]
