"""Cohorts and units at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.cohorts.permissions import desk
from training.oversee.access import person_of
from training.oversee.readings.home import cohort_lines, figures, unit_lines


@require_safe
@desk("oversee")
def home(request: HttpRequest) -> HttpResponse:
    """Eight queries beside the session, the person and the roles; more for a coordinator."""
    return render(
        request,
        "oversee/home.html",
        {
            "figures": figures(person_of(request)),
            "cohorts": cohort_lines(person_of(request)),
            "units": unit_lines(person_of(request)),
        },
    )
