"""What was done about a cohort, from the audit trail, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.audit.models import AuditEntry
from training.cohorts.models import Cohort

ENTRIES = 30
FIELDS: dict[str, Promise] = {
    "name": gettext_lazy("Name"),
    "unit": gettext_lazy("Unit"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "edition": gettext_lazy("Edition"),
}
VERBS: dict[str, Promise] = {
    "created cohort": gettext_lazy("Made the cohort"),
    "changed cohort": gettext_lazy("Changed it"),
    "moved cohort": gettext_lazy("Moved it to a newer edition"),
    "added instructor": gettext_lazy("Added an instructor"),
    "removed instructor": gettext_lazy("Removed an instructor"),
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who did what, and each value before and after."""

    at: datetime
    who: str
    what: str
    details: list[str]


def history_of(cohort: Cohort) -> list[HistoryLine]:
    """The latest acts. One query."""
    entries = AuditEntry.objects.filter(
        object_kind="cohort", object_key=str(cohort.key), verb__in=VERBS
    )
    return lines_of(entries.order_by("-pk")[:ENTRIES])


def lines_of(entries: Iterable[AuditEntry]) -> list[HistoryLine]:
    """The entries in words, in the order given. No query."""
    return [
        HistoryLine(one.at, one.actor_name, str(VERBS[one.verb]), list(_details(one)))
        for one in entries
    ]


def _details(entry: AuditEntry) -> Iterable[str]:
    for name, (old, new) in entry.detail.get("changes", {}).items():
        yield _("%(field)s: %(old)s became %(new)s") % {
            "field": FIELDS[name],
            "old": old or "–",
            "new": new or "–",
        }
    if who := entry.detail.get("name"):
        yield str(who)
