"""Units: the tree, one branch with its people, and who answers for it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.accounts import units as tree
from training.accounts.models import Person
from training.audit import actions as audit
from training.clock import site_time
from training.cohorts.download import csv_file
from training.cohorts.permissions import desk
from training.flows.handing_in import close_overdue
from training.headcounts import actions as headcounts
from training.oversee.access import (
    admin_only,
    attempts_in,
    own_active_person,
    own_unit,
    people_of,
    person_of,
    posted,
)
from training.oversee.forms import CoordinatorFilter, PersonForm, UnitFilter, UnitForm
from training.oversee.readings.home import numbers
from training.oversee.readings.home import unit_lines as tree_lines
from training.oversee.readings.people import found_people
from training.oversee.readings.units import coordinators, unit_lines, unit_table


@require_safe
@desk("oversee")
def units(request: HttpRequest) -> HttpResponse:
    """The tree with its coordinators; an admin searches here for whom to appoint."""
    narrowed = CoordinatorFilter(request.GET)
    narrowed.is_valid()
    wanted = narrowed.cleaned_data
    appointed = coordinators()
    headcounts.look()
    lines = tree_lines(numbers(person_of(request)))
    return render(
        request,
        "oversee/units.html",
        {
            "lines": [(line, appointed.get(line.unit.pk, [])) for line in lines],
            "wanted": wanted,
            "chosen": next((one.unit for one in lines if one.unit.key == wanted.get("unit")), None),
            "people_found": found_people(people_of(person_of(request)), wanted.get("person", "")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
@admin_only
def unit_new(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    initial = {"parent": request.GET.get("parent", "")}
    form = UnitForm(posted(request), by=person_of(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = tree.add_unit(**form.cleaned_data, at=site_time.now(), by=person_of(request))
        except tree.CodeTaken:
            form.add_error("code", _("Another unit has this code. Choose another."))
        except tree.TooDeep:
            form.add_error("parent", _("The tree is as deep as it can be here. Choose another."))
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return redirect("oversee:units")
    return render(request, "oversee/unit_new.html", {"form": form})


@require_safe
@desk("oversee")
def unit(request: HttpRequest, key: UUID) -> HttpResponse:
    """People by courses, for a unit and its branches."""
    found = own_unit(person_of(request), key)
    close_overdue(attempts_in(found), at=site_time.now())
    headcounts.look()
    narrowed = UnitFilter(request.GET)
    narrowed.is_valid()
    return render(
        request,
        "oversee/unit.html",
        {
            "unit": found,
            "table": unit_table(found, narrowed.cleaned_data),
            "narrowed": narrowed,
            "wanted": narrowed.cleaned_data,
        },
    )


@require_safe
@desk("oversee")
def unit_csv(request: HttpRequest, key: UUID) -> StreamingHttpResponse:
    """The whole branch, line by line; written down in the audit trail."""
    at = site_time.now()
    found = own_unit(person_of(request), key)
    close_overdue(attempts_in(found), at=at)
    headcounts.look()
    audit.record(person_of(request), "exported", ("unit", found.key), at=at, form="csv")
    name = f"{slugify(found.name) or 'unit'}-{timezone.localdate(at):%Y-%m-%d}.csv"
    return csv_file(unit_lines(found), name)


def _person_key(request: HttpRequest) -> UUID:
    """The person that the form names. Raises Http404 when it names none."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        raise Http404
    key: UUID = form.cleaned_data["person"]
    return key


@require_POST
@desk("oversee")
@admin_only
def appoint(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody answer for a unit and its branches."""
    found = own_unit(person_of(request), key)
    person = own_active_person(person_of(request), _person_key(request))
    tree.appoint_coordinator(person, found, at=site_time.now(), by=person_of(request))
    messages.success(
        request,
        _("%(name)s now answers for %(unit)s and its branches.")
        % {"name": person.shown_name, "unit": found.name},
    )
    return redirect("oversee:units")


@require_POST
@desk("oversee")
@admin_only
def dismiss(request: HttpRequest, key: UUID) -> HttpResponse:
    """End an appointment for a unit."""
    found = own_unit(person_of(request), key)
    person = get_object_or_404(Person, key=_person_key(request))
    tree.dismiss_coordinator(person, found, at=site_time.now(), by=person_of(request))
    messages.success(
        request,
        _("%(name)s no longer answers for %(unit)s.")
        % {"name": person.shown_name, "unit": found.name},
    )
    return redirect("oversee:units")
