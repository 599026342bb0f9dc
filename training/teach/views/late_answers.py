"""Deciding which answers of an attempt count: those in time, or some that came late."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows import counting_late_answers as flow
from training.flows.handing_in import close_overdue
from training.flows.loading_answers import StillOpen
from training.teach.access import attempt_of_another, own_attempt, person_of, this_attempt
from training.teach.late_form import LateForm
from training.teach.readings.attempt import taken
from training.teach.readings.late_answers import late_room
from training.teach.views.attempt import attempt_page

BAD_REQUEST, CONFLICT = 400, 409


@require_POST
@desk("teach")
def count_late(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let the chosen answers count. Nobody decides on their own attempt: 404.

    400 and the page of the attempt without a reason, 409 where the page had shown something else;
    nothing was changed then.
    """
    person, at = person_of(request), site_time.now()
    found = attempt_of_another(person, key)
    if not found.exists():
        raise Http404
    close_overdue(this_attempt(person, key), at=at)
    attempt = own_attempt(person, key)
    shown = taken(attempt, at=at)
    room = late_room(shown, at=at)
    form = LateForm(room, request.POST)
    if not form.is_valid():
        return attempt_page(request, shown, room, form, status=BAD_REQUEST)
    said = {name: form.cleaned_data[name] for name in ("sent", "seen", "reason")}
    try:
        flow.decide(found, key, form.chosen, **said, at=at, by=person)
    except flow.NotAsSeen:
        shown = taken(own_attempt(person, key), at=at)
        room = late_room(shown, at=at)
        form = LateForm.again(room, said["reason"])
        return attempt_page(request, shown, room, form, status=CONFLICT)
    except StillOpen:
        messages.error(request, _("Nothing was changed: the attempt is still open."))
    except flow.DecidedBefore:
        messages.warning(request, _("Nothing was changed: what you chose counts already."))
    else:
        messages.success(
            request, _("Decided. The result follows, and the trainee is told on the first page.")
        )
    return redirect(f"{request.path.removesuffix('late/')}#late")
