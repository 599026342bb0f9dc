"""One attempt as it was taken."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.answers.since import changed_by_case, changed_positions, since
from training.audit import actions as audit
from training.audit.done import acts_on
from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows.handing_in import close_overdue
from training.teach.access import own_attempt, person_of, this_attempt
from training.teach.late_form import LateForm
from training.teach.readings.attempt import Taken, taken
from training.teach.readings.late_answers import LateRoom, late_room


@require_safe
@desk("teach")
def attempt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Eight queries beside the session, the person and the roles; the look is written down.

    Six more at most where answers came late.
    """
    at = site_time.now()
    close_overdue(this_attempt(person_of(request), key), at=at)
    found = own_attempt(person_of(request), key)
    audit.record(person_of(request), "viewed", ("attempt", found.key), at=at)
    shown = taken(found, at=at)
    room = late_room(shown, at=at)
    return attempt_page(request, shown, room, LateForm(room))


def attempt_page(
    request: HttpRequest, shown: Taken, room: LateRoom | None, form: LateForm, *, status: int = 200
) -> HttpResponse:
    """The page of one attempt, with the form that decides on late answers if there are any."""
    mine = shown.attempt.enrolment.trainee == person_of(request)
    found = {
        "taken": shown,
        "changed": changed_positions(shown.attempt),
        "changed_case": changed_by_case(one.item for one in shown.items),
        "late": room,
        "form": form,
        "ticked": [(one, form.choice(one)) for one in form.questions],
        "may_decide": not mine,
        "acts": acts_on(shown.attempt.key),
    }
    return render(request, "teach/attempt.html", found, status=status)


@require_safe
@desk("teach")
def changed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The texts of then beside those of now. Five queries; the look is written down."""
    found = own_attempt(person_of(request), key)
    audit.record(person_of(request), "viewed", ("attempt", found.key), at=site_time.now())
    return render(request, "teach/changed.html", {"attempt": found, "since": since(found)})
