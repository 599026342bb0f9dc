"""Check every seal of the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training.audit import actions as audit
from training.audit.models import AuditEntry, AuditSeal


class Command(BaseCommand):
    help = "Check every seal of the audit trail. Exits with an error that names each broken one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal",
            action="append",
            default=[],
            metavar="DIGEST",
            help="a seal that was noted earlier and must still be there; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [
            f"Seal {seal} of {seal.at:%Y-%m-%d %H:%M}: an entry was changed, removed or slipped "
            "in, or the seal before it was."
            for seal in audit.broken_seals()
        ]
        # Whoever removes the last entries together with their seals leaves a sound chain behind;
        # only a seal that was kept elsewhere tells.
        known = set(AuditSeal.objects.values_list("digest", flat=True))
        gone = [
            f"Seal {each}: is no longer there." for each in options["seal"] if each not in known
        ]
        if broken or gone:
            raise CommandError("\n".join(["The audit trail is not whole.", *broken, *gone]))
        last = AuditSeal.objects.order_by("last_id").last()
        waiting = AuditEntry.objects.filter(pk__gt=last.last_id if last else 0).count()
        self.stdout.write(f"{len(known)} seals hold; {waiting} entries wait for the next one.")
