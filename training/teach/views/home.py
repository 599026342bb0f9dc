"""The instructor's first page: who needs attention today, and the cohorts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.clock import site_time
from training.cohorts.permissions import desk
from training.progress import attention
from training.teach.access import person_of
from training.teach.forms import AttentionFilter
from training.teach.readings.home import attention as who_needs_attention
from training.teach.readings.home import own_cohorts, taught_cohorts


@require_safe
@desk("teach")
def home(request: HttpRequest) -> HttpResponse:
    """Four queries beside the session, the person and the roles."""
    narrowed = AttentionFilter(request.GET)
    narrowed.is_valid()
    at = site_time.now()
    cohorts = taught_cohorts(person_of(request), at)
    found = who_needs_attention(cohorts, narrowed.cleaned_data, at)
    return render(
        request,
        "teach/home.html",
        {
            "attention": found,
            "cohorts": own_cohorts(cohorts, found.by_cohort),
            "wanted": narrowed.cleaned_data,
            "rule": attention,
            "query": _query(request),
        },
    )


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
