"""The marking desk: written answers by question, without names, one after the other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.accounts.models import Person
from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows import marking_an_answer as flow
from training.marking import actions
from training.marking.models import Sheet, SheetQuerySet
from training.teach.access import (
    own_sheet,
    own_sheets,
    person_of,
    sheets_beside,
    sheets_of,
    this_sheet,
)
from training.teach.marking_forms import MarkForm, ReasonedMarkForm, UnveilForm
from training.teach.readings import marking as readings

BAD_REQUEST, CONFLICT = 400, 409


@require_safe
@desk("teach")
def marking(request: HttpRequest) -> HttpResponse:
    """Two queries beside the session, the person and the roles."""
    person = person_of(request)
    page = readings.queue(own_sheets(person), person, request.GET.get("page"))
    return render(request, "teach/marking.html", {"page": page})


@require_safe
@desk("teach")
def marking_question(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """Eight queries beside the session, the person and the roles."""
    person = person_of(request)
    found = sheets_of(person, key, question)
    page = readings.question_desk(found, person, request.GET.get("page"), at=site_time.now())
    return render(request, "teach/marking_question.html", {"desk": page, "page": page.page})


@require_POST
@desk("teach")
def marking_next(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """Take the next answer that waits for this person."""
    person = person_of(request)
    return _next(request, sheets_of(person, key, question), (key, question), person)


def _next(
    request: HttpRequest, found: SheetQuerySet, where: tuple[UUID, UUID], person: Person
) -> HttpResponse:
    sheet = actions.claim_next(found, person, at=site_time.now())
    if sheet is None:
        messages.info(request, _("No answer to this question waits for you now."))
        return redirect("teach:marking_question", *where)
    return redirect("teach:mark", sheet.key)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("teach")
def mark(request: HttpRequest, key: UUID) -> HttpResponse:
    """One answer. POST takes it, keeps a draft, gives it back, or gives the mark and goes on."""
    person, at = person_of(request), site_time.now()
    sheet = own_sheet(person, key)
    if request.method != "POST":
        return _shown(request, sheet, person, at)
    step = request.POST.get("step", "save")
    one = this_sheet(person, sheet.key)
    if step == "take":
        actions.claim(one, person, at=at)
        return redirect("teach:mark", key)
    form = MarkForm(sheet.item.body, request.POST)
    if step in ("draft", "leave"):
        return _kept(request, sheet, form, person, at)
    if not form.is_valid():
        actions.keep_draft(sheet, person, form.begun, at=at)
        return _shown(request, sheet, person, at, form=form, status=BAD_REQUEST)
    return _given(request, sheet, form, person, at)


def _kept(
    request: HttpRequest, sheet: Sheet, form: MarkForm, person: Person, at: datetime
) -> HttpResponse:
    """Keep what was begun; the script that asks is told in a word, a page is shown again."""
    actions.keep_draft(sheet, person, form.begun, at=at)
    one = this_sheet(person, sheet.key)
    if request.POST.get("step") == "leave":
        actions.let_go(one, person)
        messages.info(request, _("Given back. What you filled in is kept for you."))
        return redirect("teach:marking_question", sheet.cohort.key, sheet.document.key)
    actions.claim(one, person, at=at)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    messages.info(request, _("Kept as a draft. No mark is given yet."))
    return redirect("teach:mark", sheet.key)


def _given(
    request: HttpRequest, sheet: Sheet, form: MarkForm, person: Person, at: datetime
) -> HttpResponse:
    try:
        flow.give(own_sheets(person), sheet.key, form.given, at=at, by=person)
    except flow.HeldByAnother:
        said = _(
            "Somebody else reads this answer now, because yours had run out. No mark was given; "
            "what you filled in is kept for you."
        )
    except flow.NotNow:
        said = _(
            "This answer does not wait for your mark any more. Nothing was changed; what you "
            "filled in is kept for you."
        )
    else:
        points = sum(form.given.points.values())
        messages.success(
            request,
            _("%(code)s: %(points)d of %(most)d points saved.")
            % {"code": sheet.code, "points": points, "most": form.most},
        )
        where = (sheet.cohort.key, sheet.document.key)
        return _next(request, sheets_beside(person, sheet), where, person)
    actions.keep_draft(sheet, person, form.begun, at=at)
    again = own_sheet(person, sheet.key)
    return _shown(request, again, person, at, form=form, said=said, status=CONFLICT)


def _shown(
    request: HttpRequest,
    sheet: Sheet,
    person: Person,
    at: datetime,
    *,
    form: MarkForm | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    page = readings.sheet_page(sheet, sheets_beside(person, sheet), person, at=at)
    form = form or MarkForm(sheet.item.body, begun=page.begun)
    levels = readings.levels_of(page.sheet, page.marks)
    found = {
        "page": page,
        "form": form,
        "rubric": readings.rubric_of(form),
        "said": said,
        "levels": levels,
        "unveil": UnveilForm(),
    }
    return render(request, "teach/mark.html", found, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("teach")
def settle(request: HttpRequest, key: UUID) -> HttpResponse:
    """The mark that counts where two disagree, with a reason and a name."""
    person, at = person_of(request), site_time.now()
    sheet = own_sheet(person, key)
    if not flow.may_settle(sheet, person):
        return redirect("teach:mark", key)
    sent = request.POST if request.method == "POST" else None
    form = ReasonedMarkForm(sheet.item.body, sent)
    if sent is not None and form.is_valid():
        try:
            flow.settle(own_sheets(person), key, form.given, at=at, by=person)
        except flow.NotNow:
            messages.error(request, _("Somebody has settled it meanwhile. Nothing was changed."))
        else:
            messages.success(request, _("Settled. The mark counts."))
        return redirect("teach:mark", key)
    return _reasoned(request, "teach/settle.html", sheet, form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("teach")
def change_mark(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another mark in place of one's own, with a reason; the earlier one stays on record."""
    person, at = person_of(request), site_time.now()
    sheet = own_sheet(person, key)
    before = flow.own_mark(sheet, person)
    if before is None:
        return redirect("teach:mark", key)
    sent = request.POST if request.method == "POST" else None
    form = ReasonedMarkForm(sheet.item.body, sent, begun=before)
    if sent is not None and form.is_valid():
        try:
            flow.change(own_sheets(person), key, form.given, at=at, by=person)
        except flow.NotNow:
            messages.error(request, _("The mark is not yours to change now. Nothing was changed."))
        else:
            messages.success(request, _("Changed. The earlier mark stays on record."))
        return redirect("teach:mark", key)
    return _reasoned(request, "teach/change_mark.html", sheet, form)


def _reasoned(
    request: HttpRequest, template: str, sheet: Sheet, form: ReasonedMarkForm
) -> HttpResponse:
    person = person_of(request)
    page = readings.sheet_page(sheet, sheets_beside(person, sheet), person, at=site_time.now())
    levels = readings.levels_of(page.sheet, page.marks)
    status = BAD_REQUEST if form.errors else 200
    rubric = readings.rubric_of(form)
    found = {"page": page, "form": form, "rubric": rubric, "levels": levels}
    return render(request, template, found, status=status)


@require_POST
@desk("teach")
def unveil(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show whose answer it is before the marking is finished: with a reason, and written down."""
    person = person_of(request)
    sheet = own_sheet(person, key)
    form = UnveilForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        flow.unveil(own_sheets(person), key, reason, at=site_time.now(), by=person)
    else:
        messages.error(request, _("Write why the name has to be known. Nothing was shown."))
    return redirect("teach:mark", sheet.key)
