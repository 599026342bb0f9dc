"""A whole schoolhouse on this computer, from nothing, in one command."""

from __future__ import annotations

import os
import subprocess  # noqa: S404
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from training.accounts.actions import invite
from training.accounts.models import Person
from training.audit import actions as audit
from training.clock import site_time
from training.management.schoolhouse import courses, place
from training.management.schoolhouse.building import build
from training.management.schoolhouse.people import PASSWORD, STAFF

TRAINEES = ("thea.marsh", "rolf.steiner", "oskar.nyman")


class Command(BaseCommand):
    help = "Prepare the site, load the courses, build a demo schoolhouse, and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="prepare only")

    def handle(self, *args: Any, **options: Any) -> None:
        if reason := place.reason_against():
            raise CommandError(reason)
        call_command("prepare", stdout=self.stdout)
        now = site_time.now()
        if not courses.load(at=now, say=self.say) and not place.stands():
            raise CommandError(
                "The demo needs the shipped courses, and no demo was built. See what is wrong "
                "with: manage.py check_content"
            )
        self.say("Demo schoolhouse:")
        if not build(at=now, say=self.say):
            self.say("  it stands already and is kept as it is.")
        call_command("catch_up_statistics", stdout=self.stdout)
        audit.seal(at=now)
        self._tell(options["port"])
        if not options["no_serve"]:
            self._serve(options["port"])

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _tell(self, port: int) -> None:
        """The addresses and the sign-ins."""
        home = f"http://127.0.0.1:{port}"
        self.say(f"\n{settings.SITE_NAME}: {home}/")
        self.say(f"Everybody's password: {PASSWORD}\n")
        people = {one.username: one for one in Person.objects.all()}
        roles = dict.fromkeys(TRAINEES, "trainee") | {one.username: one.does for one in STAFF}
        for username, does in roles.items():
            if username in people:
                self.say(f"  {username:<14} {does:<11} {people[username].shown_name}")
        newcomer = people.get("grace.mbeki")
        if newcomer is not None and newcomer.last_login is None:
            _invitation, token = invite(newcomer, at=site_time.now(), by=audit.SITE)
            link = f"{home}{reverse('front:invitation', args=[token])}"
            self.say(
                f"\n  An invitation for {newcomer.shown_name}, who has not come in yet:\n  {link}"
            )

    def _serve(self, port: int) -> None:
        """Hand this process over to the production server."""
        self.say(f"\nServing on http://127.0.0.1:{port}/ (Ctrl+C ends it)")
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        server += ["--port", str(port), "--workers", "2", "--blocking-threads", "2"]
        # A worker that is killed is replaced: otherwise the second such fault ends the site.
        server += ["--respawn-failed-workers", "--respawn-interval", "0.5"]
        # One that does not end when it is asked to would keep the server from ending for ever.
        server += ["--workers-kill-timeout", "10"]
        server += ["--log-level", "warning", "training.config.wsgi:application"]
        os.chdir(settings.BASE_DIR)
        if settings.EMAIL_HOST:
            # No timer is asked of anybody for a first look: this one ends with the server.
            subprocess.Popen(  # noqa: S603
                [sys.executable, "manage.py", "deliver_mail", "--watch"]
            )
        if os.name == "nt":
            raise SystemExit(subprocess.call(server))  # noqa: S603
        os.execv(sys.executable, server)  # noqa: S606
