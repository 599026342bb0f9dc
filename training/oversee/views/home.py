"""Cohorts and units at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.cohorts.permissions import desk
from training.headcounts import actions as headcounts
from training.oversee.access import person_of
from training.oversee.forms import HomeFilter
from training.oversee.readings.home import cohort_list, figures, numbers, unit_lines
from training.oversee.readings.rows import cohort_rows, unit_rows


@require_safe
@desk("oversee")
def home(request: HttpRequest) -> HttpResponse:
    """Seven queries beside the session, the person and the roles; more for a coordinator."""
    by = person_of(request)
    headcounts.look()
    narrowed = HomeFilter(request.GET)
    narrowed.is_valid()
    counted = numbers(by)
    cohorts = cohort_list(by, counted.units, narrowed.cleaned_data)
    units = unit_lines(counted)
    return render(
        request,
        "oversee/home.html",
        {
            "figures": figures(counted),
            "cohorts": cohorts,
            "cohort_rows": cohort_rows(cohorts.lines),
            "narrowed": narrowed,
            "units": units,
            "unit_rows": unit_rows(units),
        },
    )
