"""The record of one trainee."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from training.attempts.extra_time import accommodation_of
from training.audit import actions as audit
from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows import giving_time
from training.flows.handing_in import close_overdue
from training.progress.record import record_of
from training.teach.access import attempts_of, own_enrolment, person_of
from training.teach.forms import ExtraTime


@require_safe
@desk("teach")
def trainee(request: HttpRequest, key: UUID, enrolment: UUID) -> HttpResponse:
    """Seven queries beside the session, the person and the roles; the look is written down."""
    at = site_time.now()
    close_overdue(attempts_of(person_of(request), enrolment), at=at)
    found = own_enrolment(person_of(request), key, enrolment)
    audit.record(person_of(request), "viewed", ("enrolment", found.key), at=at)
    return render(
        request, "teach/trainee.html", {"enrolment": found, "record": record_of(found, at=at)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk("teach")
def extra_time(request: HttpRequest, key: UUID, enrolment: UUID) -> HttpResponse:
    """What a trainee is given for everything timed, here and in every other cohort."""
    found = own_enrolment(person_of(request), key, enrolment)
    now = accommodation_of(found.trainee)
    stands = {
        "factor": f"{found.trainee.time_factor.normalize():f}",
        "minutes": now.minutes,
        "unlimited": now.unlimited,
    }
    form = ExtraTime(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        given = giving_time.accommodate(
            found.trainee,
            form.wanted,
            form.cleaned_data["reason"],
            at=site_time.now(),
            by=person_of(request),
        )
        said = _("The extra time is saved and applies from now on.")
        if given.moved:
            said += " " + ngettext(
                "%(n)d running attempt has more time now.",
                "%(n)d running attempts have more time now.",
                given.moved,
            ) % {"n": given.moved}
        messages.success(request, said)
        return redirect("teach:trainee", key, enrolment)
    return render(request, "teach/extra_time.html", {"enrolment": found, "form": form})
