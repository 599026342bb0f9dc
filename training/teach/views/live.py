"""The live room: watching a running quiz, adding time, closing an attempt, noting an incident."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from training.audit import actions as audit
from training.audit.done import NOTED
from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows import giving_time, handing_in
from training.teach.access import attempts_in, one_of, own_cohort, person_of
from training.teach.forms import AddTime, CloseAttempt, NoteIncident
from training.teach.readings.live import live_room

BAD_REQUEST = 400


@require_safe
@desk("teach")
def live(request: HttpRequest, key: UUID) -> HttpResponse:
    """Three queries beside the session, the person and the roles; attempts past time are closed."""
    return _room(request, key, {})


def _room(
    request: HttpRequest, key: UUID, forms: dict[str, object], status: int = 200
) -> HttpResponse:
    at = site_time.now()
    person = person_of(request)
    found = own_cohort(person, key)
    handing_in.close_overdue(attempts_in(found), at=at)
    shown = {
        "cohort": found,
        "room": live_room(found, at),
        "at": at,
        "adding": AddTime(),
        "closing": CloseAttempt(),
        "noting": NoteIncident(),
    }
    return render(request, "teach/live.html", shown | forms, status=status)


@require_POST
@desk("teach")
def add_time(request: HttpRequest, key: UUID) -> HttpResponse:
    """Minutes for one open attempt, or for all that run in the cohort."""
    person = person_of(request)
    cohort = own_cohort(person, key)
    form = AddTime(request.POST)
    if not form.is_valid():
        return _room(request, key, {"adding": form}, BAD_REQUEST)
    chosen = form.cleaned_data["attempt"]
    found = one_of(cohort, chosen) if chosen else attempts_in(cohort)
    minutes = form.cleaned_data["minutes"]
    given = giving_time.add_minutes(
        found, minutes, form.cleaned_data["reason"], at=site_time.now(), by=person
    )
    said = ngettext(
        "%(minutes)d min added for %(n)d trainee.",
        "%(minutes)d min added for %(n)d trainees.",
        given.moved,
    )
    if given.moved:
        messages.success(request, said % {"minutes": minutes, "n": given.moved})
    else:
        messages.warning(request, _("No open attempt with a time limit was left; nothing changed."))
    return redirect("teach:live", key)


@require_POST
@desk("teach")
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand in for a trainee, with the reason in the audit trail."""
    person, at = person_of(request), site_time.now()
    cohort = own_cohort(person, key)
    form = CloseAttempt(request.POST)
    if not form.is_valid():
        return _room(request, key, {"closing": form}, BAD_REQUEST)
    found = one_of(cohort, form.cleaned_data["attempt"])
    handing_in.close_for(found, form.cleaned_data["reason"], at=at, by=person)
    messages.success(request, _("The attempt is handed in with every answer that was saved."))
    return redirect("teach:live", key)


@require_POST
@desk("teach")
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down an incident, about one attempt or the whole cohort."""
    person = person_of(request)
    found = own_cohort(person, key)
    form = NoteIncident(request.POST)
    if not form.is_valid():
        return _room(request, key, {"noting": form}, BAD_REQUEST)
    about = form.cleaned_data["attempt"]
    thing = ("attempt", one_of(found, about).get().key) if about else ("cohort", found.key)
    audit.record(person, NOTED, thing, at=site_time.now(), note=form.cleaned_data["note"])
    messages.success(request, _("The note is in the audit trail, with your name and the time."))
    return redirect("teach:live", key)
