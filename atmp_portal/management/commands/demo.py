"""The whole portal in one process: database, demo story, worker, clock and web server."""

import os
import signal
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from accounts.models import User
from atmp_portal.demo.background import background_work
from atmp_portal.demo.people import DEMO_LOGINS


class Handler(WSGIRequestHandler):
    """Leaves the terminal to the progress lines; Django logs what fails."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing of a request."""


class Command(BaseCommand):
    help = "Serves the portal with its demo story on this machine; the background worker is inside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        server = self.listening(port)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.prepare()
            settings.SITE_URL = os.environ.get("SITE_URL") or f"http://127.0.0.1:{port}"
            with nullcontext() if settings.REDIS_URL else background_work():
                server.set_app(WSGIHandler())
                self.introduce(port)
                server.serve_forever()
        except KeyboardInterrupt:
            self.stdout.write("\nThe portal has ended. Everything is kept; `make run` goes on from here.")
        finally:
            server.server_close()

    def listening(self, port: int) -> ThreadedWSGIServer:
        """Take the port first, so that nothing is prepared in vain."""
        try:
            return ThreadedWSGIServer(("127.0.0.1", port), Handler)
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use. Take another one: PORT={port + 1} make run"
            ) from error

    def prepare(self) -> None:
        """Bring the database up to date, and write the story into it when it is empty."""
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0)
        if not User.objects.exists():
            self.say("Writing the demo story (once) ...")
            call_command("seed_demo")

    def introduce(self, port: int) -> None:
        """Say where the portal is and who can enter."""
        width = max(len(login.email) for login in DEMO_LOGINS)
        lines = [
            f"  {login.email:<{width}}  {login.password:<16}  {login.role.label}, {login.organisation}"
            for login in DEMO_LOGINS
        ]
        self.say("\n".join(["Log in as:", *lines]))
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.say(f"Mail is written to {getattr(settings, 'EMAIL_FILE_PATH', '')}")
        self.say(f"ATMP Portal is on http://127.0.0.1:{port}  (Ctrl-C ends it)")

    def say(self, text: str) -> None:
        """Tell the person at the terminal at once, also through a pipe."""
        self.stdout.write(text)
        self.stdout.flush()
