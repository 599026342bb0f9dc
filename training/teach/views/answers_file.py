"""The last resort: answers from a file that a trainee downloaded, stored beside the record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from training.attempts.answers_file import LARGEST, AnswersFile, Refused, read_answers
from training.attempts.models import Attempt
from training.clock import site_time
from training.cohorts.permissions import desk
from training.flows import loading_answers
from training.flows.handing_in import close_overdue
from training.flows.loading_answers import LoadedBefore, StillOpen
from training.teach.access import own_attempt, person_of, this_attempt
from training.teach.forms import AnswersUpload, LoadAnswers
from training.teach.readings.answers_file import WRONG, lines_of, loaded_lines

BAD_REQUEST = 400


@require_http_methods(["GET", "HEAD", "POST"])
@desk("teach")
def answers_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose a file, see it beside what stands, and store it. Nothing is graded by that.

    400 and the same page for a file that cannot be taken; nothing was changed then.
    """
    person = person_of(request)
    close_overdue(this_attempt(person, key), at=site_time.now())
    attempt = own_attempt(person, key)
    if request.method != "POST":
        return _page(request, attempt)
    if "content" in request.POST:
        return _store(request, attempt)
    form = AnswersUpload(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, attempt, upload=form)
    sent = form.cleaned_data["file"]
    raw = sent.read(LARGEST + 1)
    try:
        file = read_answers(raw, attempt.key, attempt.enrolment.trainee.key)
    except Refused as refused:
        form.add_error("file", WRONG[refused.wrong])
        return _page(request, attempt, upload=form)
    storing = LoadAnswers(initial={"content": raw.decode("utf-8-sig")})
    return _page(request, attempt, file=file, storing=storing)


def _page(
    request: HttpRequest,
    attempt: Attempt,
    *,
    upload: AnswersUpload | None = None,
    file: AnswersFile | None = None,
    storing: LoadAnswers | None = None,
) -> HttpResponse:
    refused = [one for one in (upload, storing) if one is not None and one.errors]
    shown = {
        "attempt": attempt,
        "upload": upload or AnswersUpload(),
        "file": file,
        "lines": lines_of(attempt, file) if file else [],
        "storing": storing,
        "loaded": loaded_lines(attempt),
    }
    status = BAD_REQUEST if refused else 200
    return render(request, "teach/answers_file.html", shown, status=status)


def _store(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """The second step: the same file again, read anew, with the reason."""
    form = LoadAnswers(request.POST)
    raw = request.POST["content"].encode()
    try:
        file = read_answers(raw, attempt.key, attempt.enrolment.trainee.key)
    except Refused as refused:
        upload = AnswersUpload(request.POST, request.FILES)
        upload.add_error("file", WRONG[refused.wrong])
        return _page(request, attempt, upload=upload)
    if not form.is_valid():
        return _page(request, attempt, file=file, storing=form)
    brought = [line.brought for line in lines_of(attempt, file) if line.brought is not None]
    try:
        n = loading_answers.load(
            this_attempt(person_of(request), attempt.key),
            attempt.key,
            brought,
            digest=file.digest,
            reason=form.cleaned_data["reason"],
            at=site_time.now(),
            by=person_of(request),
        )
    except StillOpen:
        messages.error(request, _("Nothing was stored: the attempt is still open."))
    except LoadedBefore:
        said = _("Nothing was stored: everything in this file stands already or was loaded before.")
        messages.error(request, said)
    else:
        said = ngettext(
            "%(n)d answer is stored as received late. Nothing was graded.",
            "%(n)d answers are stored as received late. Nothing was graded.",
            n,
        )
        messages.success(request, said % {"n": n})
    return redirect("teach:answers_file", attempt.key)
