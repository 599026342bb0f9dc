"""Cohorts and units at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.cohorts.permissions import desk
from training.oversee.access import person_of
from training.oversee.readings.home import cohort_lines, figures, numbers, unit_lines
from training.oversee.readings.rows import cohort_rows, unit_rows


@require_safe
@desk("oversee")
def home(request: HttpRequest) -> HttpResponse:
    """Six queries beside the session, the person and the roles; more for a coordinator."""
    by = person_of(request)
    counted, cohorts = numbers(by), cohort_lines(by)
    units = unit_lines(by, counted)
    return render(
        request,
        "oversee/home.html",
        {
            "figures": figures(counted),
            "cohorts": cohorts,
            "cohort_rows": cohort_rows(cohorts),
            "units": units,
            "unit_rows": unit_rows(units),
        },
    )
