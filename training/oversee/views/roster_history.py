"""The lists that were handed in: what each did, and taking one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from training.clock import site_time
from training.cohorts.permissions import desk
from training.cohorts.undoing import DONE
from training.flows import undoing_a_roster as undoing
from training.oversee.access import own_cohort, own_roster, person_of
from training.oversee.readings.roster_history import list_page, undo_page


@require_safe
@desk("oversee")
def rosters(request: HttpRequest, key: UUID) -> HttpResponse:
    """All lists of one cohort, the newest first."""
    found = own_cohort(person_of(request), key)
    shown = list_page(found, request.GET.get("page", ""), site_time.now())
    return render(request, "oversee/rosters.html", {"cohort": found, "page": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def roster_undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET shows what taking the list back would do, row by row; POST does it, once."""
    at, by = site_time.now(), person_of(request)
    found = own_roster(by, key)
    if request.method == "POST":
        return _undo(request, key)
    shown = undo_page(found, by, request.GET.get("page", ""), at)
    return render(request, "oversee/roster_undo.html", {"roster": found, "shown": shown})


def _undo(request: HttpRequest, key: UUID) -> HttpResponse:
    by = person_of(request)
    try:
        counts = undoing.undo(own_roster(by, key), at=site_time.now(), by=by)
    except undoing.AlreadyUndone:
        messages.warning(
            request, _("This list was taken back before, or never applied; nothing was changed.")
        )
    except undoing.TooLate:
        messages.error(
            request,
            _(
                "A list can be taken back within 24 hours; nothing was changed. Withdraw people on "
                "the page of the cohort instead."
            ),
        )
    else:
        done = sum(count for step, count in counts.items() if step in DONE)
        messages.success(
            request,
            ngettext(
                "The list is taken back: %(n)d act. What each row came to is shown below.",
                "The list is taken back: %(n)d acts. What each row came to is shown below.",
                done,
            )
            % {"n": done},
        )
    return redirect("oversee:roster_plan", key)
