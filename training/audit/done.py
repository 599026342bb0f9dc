"""What others than its trainee did to an attempt: who, what, when and why. Read from the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.audit.models import AuditEntry

ADDED_TIME = "added time"
CLOSED = "closed for the trainee"
NOTED = "noted an incident"
VERBS: dict[str, Promise] = {
    ADDED_TIME: gettext_lazy("Added time"),
    CLOSED: gettext_lazy("Handed it in for the trainee"),
    NOTED: gettext_lazy("Noted an incident"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `what` and `why` are plain words."""

    at: datetime
    who: str
    what: str
    why: str


def acts_on(attempt: UUID, *verbs: str) -> list[Act]:
    """The acts with these verbs, or all of `VERBS`, the earliest first. One query."""
    entries = AuditEntry.objects.filter(
        object_kind="attempt", object_key=str(attempt), verb__in=verbs or VERBS
    )
    return [_act(one) for one in entries.order_by("pk")]


def _act(entry: AuditEntry) -> Act:
    what = str(VERBS[entry.verb])
    if minutes := entry.detail.get("minutes"):
        what = _("%(what)s: %(minutes)d min") % {"what": what, "minutes": minutes}
    why = str(entry.detail.get("reason") or entry.detail.get("note") or "")
    return Act(entry.at, entry.actor_name, what, why)
