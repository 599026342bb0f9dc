"""Cohorts: making one, who teaches it, who is in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.clock import site_time
from training.cohorts import actions as cohorts
from training.cohorts.permissions import desk
from training.flows import enrolling
from training.oversee.access import own_active_person, own_cohort, person_of, posted
from training.oversee.forms import CohortFilter, CohortForm, PersonForm
from training.oversee.readings.cohorts import cohort_page, editions_to_choose


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def cohort_new(request: HttpRequest) -> HttpResponse:
    """Make a cohort; a coordinator for own units only."""
    editions = editions_to_choose()
    form = CohortForm(posted(request), by=person_of(request), editions=editions)
    if request.method == "POST" and form.is_valid():
        try:
            made = cohorts.create_cohort(
                cohorts.NewCohort(**form.cleaned_data), at=site_time.now(), by=person_of(request)
            )
        except cohorts.NameTaken:
            form.add_error("name", _("Another cohort has this name. Choose another."))
        else:
            messages.success(
                request, _("The cohort is made. Add its instructors, then enrol people.")
            )
            return redirect("oversee:cohort", made.key)
    return render(request, "oversee/cohort_new.html", {"form": form, "editions": editions})


@require_safe
@desk("oversee")
def cohort(request: HttpRequest, key: UUID) -> HttpResponse:
    """Details, instructors, enrolments and rosters of one cohort."""
    found = own_cohort(person_of(request), key)
    narrowed = CohortFilter(request.GET)
    narrowed.is_valid()
    shown = cohort_page(person_of(request), found, narrowed.cleaned_data, site_time.now())
    return render(
        request,
        "oversee/cohort.html",
        {"cohort": found, "shown": shown, "wanted": narrowed.cleaned_data, "narrowed": narrowed},
    )


def _person_key(request: HttpRequest) -> UUID:
    """The person that the form names. Raises Http404 when it names none."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        raise Http404
    key: UUID = form.cleaned_data["person"]
    return key


@require_POST
@desk("oversee")
def staff(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody of the own branches teach an own cohort."""
    found = own_cohort(person_of(request), key)
    person = own_active_person(person_of(request), _person_key(request))
    cohorts.add_instructor(found, person, at=site_time.now(), by=person_of(request))
    messages.success(request, _("%(name)s teaches this cohort now.") % {"name": person.shown_name})
    return redirect("oversee:cohort", key)


@require_POST
@desk("oversee")
def enrol(request: HttpRequest, key: UUID) -> HttpResponse:
    """Enrol one registered person of the own branches in an own cohort."""
    found = own_cohort(person_of(request), key)
    person = own_active_person(person_of(request), _person_key(request))
    enrolling.enrol(found, person, at=site_time.now(), by=person_of(request))
    messages.success(request, _("%(name)s is enrolled.") % {"name": person.shown_name})
    return redirect("oversee:cohort", key)
