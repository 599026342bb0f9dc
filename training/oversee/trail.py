"""The audit trail in words. Entries are kept in one language; a page tells them in its reader's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.audit.models import AuditEntry

# What is done to a person or an enrolment, by its verb in the trail.
DONE: dict[str, Promise] = {
    "accepted invitation": _("accepted invitation"),
    "appointed coordinator": _("appointed coordinator"),
    "closed account": _("closed account"),
    "dismissed coordinator": _("dismissed coordinator"),
    "enrolled": _("enrolled"),
    "gave extra time": _("gave extra time"),
    "invited": _("invited"),
    "made admin": _("made admin"),
    "refused sign-in": _("refused sign-in"),
    "reopened account": _("reopened account"),
    "removed account": _("removed account"),
    "signed in": _("signed in"),
    "signed out": _("signed out"),
    "viewed": _("viewed"),
    "withdrew": _("withdrew"),
}
ABOUT: dict[str, Promise] = {"person": _("person"), "enrolment": _("enrolment")}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry, as a page shows it. `done` of an older release may have no words of its own."""

    at: datetime
    who: str
    done: Promise | str
    about: Promise | str
    reason: str


def told(entry: AuditEntry) -> Told:
    return Told(
        at=entry.at,
        who=entry.actor_name,
        done=DONE.get(entry.verb, entry.verb),
        about=ABOUT.get(entry.object_kind, entry.object_kind),
        reason=str(entry.detail.get("reason", "")),
    )
