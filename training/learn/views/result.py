"""After a quiz."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.attempts.models import Attempt
from training.audit.done import CLOSED, acts_on
from training.clock import site_time
from training.learn.access import SeeOther, own_attempt, own_item, person_of
from training.learn.forms import ReportForm
from training.learn.readings.lesson_then import lessons_that_differ
from training.learn.readings.report import report_page
from training.learn.readings.result import result_page
from training.learn.views.closing import close_one
from training.tickets import actions as tickets

OK, BAD_REQUEST = 200, 400


@require_safe
def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """The score and every answer explained. Before handing in there is nothing to see here."""
    person, at = person_of(request), site_time.now()
    attempt = own_attempt(person, key)
    if attempt.is_open(at):
        return redirect("learn:resume", key)
    if attempt.handed_in_at is None:
        close_one(attempt, person, at=at)
        attempt = own_attempt(person, key)
    shown: dict[str, Any] = {
        "page": result_page(attempt, at=at),
        "then": lessons_that_differ(attempt),
    }
    if attempt.closed_by == Attempt.Closer.STAFF:
        shown["closed"] = acts_on(attempt.key, CLOSED)
    return render(request, "learn/result.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, key: UUID, position: int) -> HttpResponse:
    """Say that a question is wrong or unclear, once it is released. It becomes a ticket.

    400 and the same page for a report without a word.
    """
    person, at = person_of(request), site_time.now()
    attempt = own_attempt(person, key)
    back = reverse("learn:result", args=[key])
    if attempt.handed_in_at is None:
        return redirect("learn:resume", key)
    item = own_item(attempt, position)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = {"page": report_page(item), "back": back, "form": form}
        status = BAD_REQUEST if form.is_bound else OK
        return render(request, "learn/report.html", shown, status=status)
    ticket = tickets.report(item, form.cleaned_data["text"], at=at, by=person)
    messages.success(
        request,
        _("Reported as ticket %(number)d. The answer will be told on your first page.")
        % {"number": ticket.pk},
    )
    return SeeOther(f"{back}#q{position}")
