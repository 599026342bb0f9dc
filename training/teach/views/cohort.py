"""A cohort's table, the way from a cell to its evidence, and the table as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from training.audit import actions as audit
from training.clock import site_time
from training.cohorts.download import csv_file
from training.cohorts.permissions import desk
from training.flows.handing_in import close_overdue
from training.teach.access import attempts_in, own_cohort, own_place, person_of
from training.teach.forms import TraineeFilter
from training.teach.readings.cohort import cohort_lines, cohort_table


@require_safe
@desk("teach")
def cohort(request: HttpRequest, key: UUID) -> HttpResponse:
    """Five queries beside the session, the person and the roles, whatever the size."""
    found = own_cohort(person_of(request), key)
    close_overdue(attempts_in(found), at=site_time.now())
    narrowed = TraineeFilter(request.GET)
    narrowed.is_valid()
    return render(
        request,
        "teach/cohort.html",
        {
            "cohort": found,
            "table": cohort_table(found, narrowed.cleaned_data),
            "narrowed": narrowed,
            "wanted": narrowed.cleaned_data,
        },
    )


@require_safe
@desk("teach")
def evidence(request: HttpRequest, key: UUID, number: int, module: int) -> HttpResponse:
    """From a cell of the table to the place in the record that it stands for; 0 is the top."""
    place = own_place(person_of(request), key, number)
    url = reverse("teach:trainee", args=(key, place.key))
    return redirect(f"{url}#m{module}" if module else url)


@require_safe
@desk("teach")
def cohort_csv(request: HttpRequest, key: UUID) -> StreamingHttpResponse:
    """The whole table, line by line; written down in the audit trail."""
    at = site_time.now()
    found = own_cohort(person_of(request), key)
    close_overdue(attempts_in(found), at=at)
    audit.record(person_of(request), "exported", ("cohort", found.key), at=at, form="csv")
    name = f"{slugify(found.name) or 'cohort'}-{timezone.localdate(at):%Y-%m-%d}.csv"
    return csv_file(cohort_lines(found), name)
