"""One enrolment: its record, read only, and its end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.audit import actions as audit
from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows import enrolling
from training.flows.handing_in import close_overdue
from training.oversee.access import attempts_of, own_enrolment, person_of, posted
from training.oversee.forms import ReasonForm
from training.progress.record import record_of


@require_safe
@desk("oversee")
def enrolment(request: HttpRequest, key: UUID) -> HttpResponse:
    """The evidence behind a cell; the look is written down."""
    at = site_time.now()
    close_overdue(attempts_of(person_of(request), key), at=at)
    found = own_enrolment(person_of(request), key)
    audit.record(person_of(request), "viewed", ("enrolment", found.key), at=at)
    return render(
        request, "oversee/enrolment.html", {"enrolment": found, "record": record_of(found, at=at)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take somebody out of a cohort, with a reason; every record stays."""
    found = own_enrolment(person_of(request), key)
    form = ReasonForm(posted(request), submit=_("Withdraw from the cohort"))
    if request.method == "POST" and form.is_valid():
        enrolling.withdraw(
            found, at=site_time.now(), by=person_of(request), reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Withdrawn. Every record is kept."))
        return redirect("oversee:person", found.trainee.key)
    return render(request, "oversee/withdraw.html", {"enrolment": found, "form": form})


@require_POST
@desk("oversee")
def readmit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody who was withdrawn back in, with every record."""
    found = own_enrolment(person_of(request), key)
    if not found.trainee.is_active:
        messages.error(
            request,
            _("The account is closed; nothing was changed. Have an admin reopen it first."),
        )
    else:
        enrolling.enrol(found.cohort, found.trainee, at=site_time.now(), by=person_of(request))
        messages.success(
            request,
            _("%(name)s is enrolled again, with every record.")
            % {"name": found.trainee.shown_name},
        )
    return redirect("oversee:enrolment", key)
