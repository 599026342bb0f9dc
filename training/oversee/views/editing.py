"""Changing a cohort: its details, its edition, and taking an instructor off it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from training.clock import site_time
from training.cohorts import actions as cohorts
from training.cohorts import editing
from training.cohorts.changes import as_it_was, merged
from training.cohorts.models import Cohort
from training.cohorts.permissions import desk
from training.flows import editing_a_cohort
from training.oversee.access import own_cohort, person_of, posted, staffed
from training.oversee.forms import CohortEditForm, MoveForm
from training.oversee.readings.editions import move_page, newer_editions
from training.oversee.readings.history import FIELDS, lines_of

CONFLICT, UNUSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def cohort_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change name, unit and dates. Whoever saves second is told what the first one changed."""
    by = person_of(request)
    found = own_cohort(by, key)
    form = CohortEditForm(posted(request), by=by, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        wanted, seen = form.wanted(), form.cleaned_data["version"]
        try:
            changed = editing_a_cohort.change(found, wanted, seen=seen, at=site_time.now(), by=by)
        except cohorts.NameTaken:
            form.add_error("name", _("Another cohort has this name. Choose another."))
        except editing.ChangedMeanwhile:
            return _conflict(request, key, wanted, seen)
        else:
            said = _("The cohort is changed.") if changed else _("Nothing was changed.")
            messages.success(request, said)
            return redirect("oversee:cohort", key)
    return render(request, "oversee/cohort_edit.html", {"cohort": found, "form": form})


def _initial(found: Cohort) -> dict[str, Any]:
    return {
        "name": found.name,
        "unit": found.unit.key if found.unit else None,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "version": found.version,
    }


def _conflict(request: HttpRequest, key: UUID, wanted: editing.Wanted, seen: int) -> HttpResponse:
    """The form again: with what was typed, and with what somebody else changed meanwhile."""
    found = own_cohort(person_of(request), key)
    entries = editing.later_changes(found, seen)
    now = editing.wanted_of(found).values()
    before = as_it_was(now, [one.detail["changes"] for one in entries])
    proposed = merged(before, wanted.values(), now)
    initial = _initial(found)
    for name, value in proposed.values.items():
        initial[name] = value
    own = wanted.unit if proposed.values["unit"] == wanted.values()["unit"] else found.unit
    initial["unit"] = own.key if own else None
    return render(
        request,
        "oversee/cohort_edit.html",
        {
            "cohort": found,
            "form": CohortEditForm(by=person_of(request), initial=initial),
            "lines": lines_of(entries),
            "disputed": [(FIELDS[name], now[name]) for name in proposed.disputed],
        },
        status=CONFLICT,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def cohort_move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what a newer edition would change for the cohort; POST moves it there."""
    found = own_cohort(person_of(request), key)
    newer = newer_editions(found)
    form = MoveForm(request.POST if request.method == "POST" else request.GET, newer=newer)
    chosen = form.cleaned_data.get("edition") if form.is_valid() else None
    if request.method == "POST" and chosen and form.cleaned_data["version"] is not None:
        return _move(request, found, chosen, form.cleaned_data["version"])
    shown = move_page(found, newer, chosen or newer[0]) if newer else None
    return render(
        request,
        "oversee/cohort_move.html",
        {"cohort": found, "shown": shown},
        status=UNUSABLE if request.method == "POST" else 200,
    )


def _move(request: HttpRequest, found: Cohort, chosen: Any, seen: int) -> HttpResponse:
    try:
        editing_a_cohort.move(found, chosen, seen=seen, at=site_time.now(), by=person_of(request))
    except editing.ChangedMeanwhile:
        messages.error(
            request,
            _(
                "Somebody changed the cohort while you looked; nothing was moved. Look again at "
                "what would change."
            ),
        )
        return redirect("oversee:cohort_move", found.key)
    messages.success(
        request,
        _("The cohort runs edition %(number)d now. Every result is kept.")
        % {"number": chosen.number},
    )
    return redirect("oversee:cohort", found.key)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def unstaff(request: HttpRequest, key: UUID, person: UUID) -> HttpResponse:
    """Take the cohort from one of its instructors, after saying what that means."""
    found = own_cohort(person_of(request), key)
    leaving = staffed(found, person)
    if request.method == "POST":
        cohorts.remove_instructor(found, leaving, at=site_time.now(), by=person_of(request))
        messages.success(
            request,
            _("%(name)s no longer teaches this cohort. What they did in it is kept.")
            % {"name": leaving.shown_name},
        )
        return redirect("oversee:cohort", key)
    alone = found.staffing.count() == 1
    return render(
        request, "oversee/unstaff.html", {"cohort": found, "one": leaving, "alone": alone}
    )
