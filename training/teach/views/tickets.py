"""What trainees say about questions, and answering it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows.answering_a_ticket import answer_ticket
from training.teach.access import own_ticket, own_tickets, person_of
from training.teach.forms import TicketAnswer
from training.teach.readings.tickets import ticket_page, tickets_page
from training.tickets.actions import Answered

CONFLICT, BAD_REQUEST = 409, 400


@require_safe
@desk("teach")
def tickets(request: HttpRequest) -> HttpResponse:
    """Two queries beside the session, the person and the roles: open ones first."""
    page = tickets_page(own_tickets(person_of(request)), request.GET.get("page"))
    return render(request, "teach/tickets.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@desk("teach")
def ticket(request: HttpRequest, key: UUID) -> HttpResponse:
    """One report with the question as it was asked, and the form for the answer."""
    found = own_ticket(person_of(request), key)
    form = TicketAnswer(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_REQUEST
        if form.is_valid():
            try:
                answer_ticket(
                    found, form.cleaned_data["answer"], at=site_time.now(), by=person_of(request)
                )
            except Answered:
                found = own_ticket(person_of(request), key)
                form.add_error(
                    None,
                    _("Somebody has answered it meanwhile. Nothing was changed; see below."),
                )
                status = CONFLICT
            else:
                messages.success(request, _("Answered. The trainee is told on their first page."))
                return redirect("teach:tickets")
    shown = {"ticket": found, "form": form, "page": ticket_page(found)}
    return render(request, "teach/ticket.html", shown, status=status)
