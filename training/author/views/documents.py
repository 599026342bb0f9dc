"""One document: its revisions, its text, and how a trainee meets it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from curriculum.documents.models import Document, Kind, Revision
from training.answers.kinds import form_for
from training.author.access import AuthorRequest, authors_only
from training.author.forms import SeedForm
from training.author.readings import documents as readings
from training.author.readings.samples import NotOfNewest, samples_page

PREVIEWED = (Kind.LESSON, Kind.QUESTION)


@authors_only
@require_safe
def document(request: AuthorRequest, key: UUID) -> HttpResponse:
    """The newest revision or `?revision=2`; with `&against=1`, the difference between the two."""
    found = get_object_or_404(Document.objects.select_related("course"), key=key)
    try:
        page = readings.document_page(
            found, _number(request, "revision"), _number(request, "against")
        )
    except Revision.DoesNotExist:
        raise Http404 from None
    return render(request, "author/document.html", {"page": page})


@authors_only
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: AuthorRequest, key: UUID) -> HttpResponse:
    """A lesson or a question as a trainee meets it. An answer is marked; nothing is stored.

    A question that is made anew for each attempt is shown as made from `?seed=0`.
    """
    found = get_object_or_404(
        Document.objects.select_related("course"), key=key, kind__in=PREVIEWED
    )
    seed = _number(request, "seed") or 0
    try:
        page = readings.preview_page(found, _number(request, "revision"), seed)
    except Revision.DoesNotExist:
        raise Http404 from None
    if found.kind != Kind.QUESTION:
        if request.method == "POST":
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return render(request, "author/preview.html", {"page": page})
    asked = readings.asked(page.revision, seed)
    sent = request.POST if request.method == "POST" else None
    form = form_for(asked, sent, name="preview", required=True)
    answered = form.is_valid()
    why = readings.why(asked, form.save_wanted.answer) if answered else None
    return render(
        request,
        "author/preview.html",
        {"page": page, "form": form, "why": why},
        status=400 if sent is not None and not answered else 200,
    )


@authors_only
@require_safe
def samples(request: AuthorRequest, key: UUID) -> HttpResponse:
    """The blueprint of a quiz with what the bank has for it, and papers from `?seed=1` on."""
    found = get_object_or_404(Document.objects.select_related("course"), key=key, kind=Kind.QUIZ)
    form = SeedForm(request.GET if "seed" in request.GET else None)
    try:
        page = samples_page(found, form.first)
    except NotOfNewest:
        raise Http404 from None
    # Where nothing can be drawn there is no form either.
    status = 422 if form.errors and page.papers else 200
    return render(request, "author/samples.html", {"page": page, "form": form}, status=status)


def _number(request: AuthorRequest, name: str) -> int | None:
    """A number of the address, or None. Anything that can be no revision is 404."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004
        raise Http404
    return int(text)
