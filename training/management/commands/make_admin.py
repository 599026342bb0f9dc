"""The first admin of a site, or one more: entered here, let in by invitation like everybody."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.urls import reverse

from training.accounts.actions import invite
from training.accounts.models import Person
from training.audit import actions as audit
from training.clock import site_time


class Command(BaseCommand):
    help = "Enter an admin and print the invitation with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name to sign in with")
        parser.add_argument("name", help="the name shown, in quotation marks")
        parser.add_argument("--rank", default="", help="shown before the name")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        at = site_time.now()
        admin = Person(
            username=options["username"].strip(),
            name=options["name"].strip(),
            rank=options["rank"].strip(),
            is_admin=True,
        )
        admin.set_unusable_password()
        if not admin.username or not admin.name:
            raise CommandError(
                "Give a name to sign in with and a name to show. Nobody was entered."
            )
        try:
            with transaction.atomic():
                admin.save()
        except IntegrityError:
            raise CommandError(
                f"Somebody signs in as {admin.username} already. Nobody was entered; "
                "choose another name."
            ) from None
        audit.record(audit.SITE, "made admin", ("person", admin.key), at=at)
        _invitation, token = invite(admin, at=at, by=audit.SITE)
        path = reverse("front:invitation", args=[token])
        self.stdout.write(f"{admin.shown_name} is an admin. The way in, good once, for 14 days:")
        self.stdout.write(path)
