"""A question is wrong: say how, see what changes, have it decided by a second person, undo it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.questions import generated
from curriculum.questions.registry import BY_HAND
from training.clock import site_time
from training.cohorts.permissions import desk, roles_of
from training.flows import correcting
from training.grading.models import Correction
from training.teach.access import own_correction, own_corrections, own_question, person_of
from training.teach.correcting_forms import (
    CorrectionForm,
    DecisionForm,
    UndoForm,
    WrongQuestion,
)
from training.teach.readings import corrections as readings

UNPROCESSABLE, CONFLICT = 422, 409
STEPS = {"csrfmiddlewaretoken", "step", "page"}


@require_safe
@desk("correct")
def corrections(request: HttpRequest) -> HttpResponse:
    """Three queries beside the session and the person."""
    person = person_of(request)
    page, rows = readings.corrections_of(own_corrections(person), request.GET.get("page"))
    return render(request, "teach/corrections.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@desk("correct")
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form; filled in, the preview with the counts; confirmed there, the proposal."""
    person = person_of(request)
    question = _question(request, key)
    sent = request.POST if request.method == "POST" else None
    form = CorrectionForm(sent, question=question)
    step = request.POST.get("step", "")
    if sent is None or not form.is_valid() or step == "change":
        status = UNPROCESSABLE if form.errors else 200
        found = {"form": form, "question": question, "prompt": readings.prompt_of(question.shown)}
        roles = roles_of(person)
        found["edits_text"] = roles.author or roles.admin
        found["by_hand"] = question.kind in BY_HAND
        found["is_made"] = question.kind == generated.NAME
        return render(request, "teach/correct.html", found, status=status)
    draft = form.draft()
    if step == "propose":
        proposed = correcting.propose(
            draft,
            form.cleaned_data["key"],
            reason=form.cleaned_data["reason"],
            at=site_time.now(),
            by=person,
        )
        messages.success(request, _("Proposed. Nothing changes until a second person approves."))
        return redirect("teach:correction", proposed.key)
    shown = readings.shown_effects(correcting.preview(draft), person, request.POST.get("page"))
    return render(request, "teach/correct_preview.html", _previewed(request, form, question, shown))


def _question(request: HttpRequest, key: UUID) -> WrongQuestion:
    """The question of this key, in the revision asked for; 404 where there is none."""
    document = own_question(person_of(request), key)
    wanted = request.GET.get("revision", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else None  # noqa: PLR2004
    found = readings.wrong_question(document, number)
    if found is None:
        raise Http404
    return found


def _previewed(
    request: HttpRequest, form: CorrectionForm, question: WrongQuestion, shown: readings.Shown
) -> dict[str, object]:
    """What the preview shows, with all that was filled in, to be sent on or changed."""
    draft = form.draft()
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in STEPS
        for value in values
    ]
    return {
        "question": question,
        "prompt": readings.prompt_of(question.shown),
        "shown": shown,
        "kept": kept,
        "form_words": Correction.Form(draft.form).label,
        "policy_words": Correction.Policy(draft.policy).label,
        "changes": readings.told(question.body, draft.amendment),
        "reason": form.cleaned_data["reason"],
        "running": correcting.running(draft.revisions),
    }


@require_safe
@desk("correct")
def correction(request: HttpRequest, key: UUID) -> HttpResponse:
    """What it is, what it changes or changed, and what may be done with it."""
    found = own_correction(person_of(request), key)
    return _page(request, found, DecisionForm())


def _page(
    request: HttpRequest, found: Correction, form: DecisionForm, status: int = 200, said: str = ""
) -> HttpResponse:
    waits = getattr(found, "decision", None) is None
    effects = correcting.preview_of(found) if waits else None
    page = readings.correction_page(found, person_of(request), effects, request.GET.get("page"))
    return render(
        request,
        "teach/correction.html",
        {"page": page, "form": form, "said": said},
        status=status,
    )


@require_POST
@desk("correct")
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Approve, reject or withdraw. Where the counts have moved, they are shown anew instead."""
    person = person_of(request)
    found = own_correction(person, key)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, UNPROCESSABLE)
    try:
        said = _decided(request, key, form)
    except correcting.NotYours:
        raise PermissionDenied from None
    except correcting.DecidedBefore:
        said = _("Somebody has decided before. Nothing was changed by you; this is how it stands.")
        return _page(request, own_correction(person, key), DecisionForm(), CONFLICT, said)
    except correcting.Moved:
        said = _(
            "Something was handed in or corrected since this page was shown. Nothing was changed. "
            "These are the counts of now: look at them and decide again."
        )
        kept = DecisionForm(initial={"reason": form.cleaned_data["reason"]})
        return _page(request, own_correction(person, key), kept, CONFLICT, said)
    messages.success(request, said)
    return redirect("teach:correction", key)


def _decided(request: HttpRequest, key: UUID, form: DecisionForm) -> str:
    """Do what the form says, and say what was done."""
    person, at = person_of(request), site_time.now()
    own, reason = own_corrections(person), form.cleaned_data["reason"]
    outcome = form.cleaned_data["outcome"]
    if outcome == "approve":
        correcting.approve(
            own, key, digest=form.cleaned_data["digest"], reason=reason, at=at, by=person
        )
        return _("Applied. Everybody whose result changed is told.")
    if outcome == "reject":
        correcting.reject(own, key, reason=reason, at=at, by=person)
        return _("Rejected. No result was changed.")
    correcting.withdraw(own, key, at=at, by=person)
    return _("Withdrawn. No result was changed.")


@require_http_methods(["GET", "HEAD", "POST"])
@desk("correct")
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Propose to undo a correction that is in force; a second person approves that too."""
    person = person_of(request)
    found = own_correction(person, key)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            proposed = correcting.propose_undo(
                own_corrections(person),
                key,
                form.cleaned_data["key"],
                reason=form.cleaned_data["reason"],
                at=site_time.now(),
                by=person,
            )
        except correcting.DecidedBefore:
            messages.error(request, _("This correction is not in force, so nothing is to undo."))
            return redirect("teach:correction", key)
        messages.success(request, _("Proposed. Nothing changes until a second person approves."))
        return redirect("teach:correction", proposed.key)
    state = readings.state_of(found)
    effects = correcting.preview_of(correcting.undo_of(found))
    shown = readings.shown_effects(effects, person, request.GET.get("page"))
    told = {"correction": found, "state": state, "shown": shown, "form": form}
    return render(request, "teach/undo.html", told, status=UNPROCESSABLE if form.errors else 200)
