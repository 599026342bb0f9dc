"""Courses and their editions, and downloading them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from curriculum.documents.models import Document, Edition
from curriculum.exchange.archive import write_archive
from curriculum.exchange.published import published_files
from training.author.access import AuthorRequest, authors_only, deliveries_for
from training.author.readings import courses as readings


@authors_only
@require_safe
def home(request: AuthorRequest) -> HttpResponse:
    """All courses, and what waits to be published."""
    shown = {
        "courses": readings.all_courses(),
        "waiting": readings.waiting(deliveries_for(request.user)),
    }
    return render(request, "author/home.html", shown)


@authors_only
@require_safe
def course(request: AuthorRequest, slug: str) -> HttpResponse:
    """The outline of the newest edition, and all editions."""
    document = get_object_or_404(Document.objects.courses().living(), slug=slug)
    return render(request, "author/course.html", {"page": readings.course_outline(document)})


@authors_only
@require_safe
def edition(request: AuthorRequest, slug: str, number: int) -> HttpResponse:
    """What an edition holds, and what it changed."""
    found = get_object_or_404(
        Edition.objects.select_related("course"),
        course__in=Document.objects.courses().living(),
        course__slug=slug,
        number=number,
    )
    return render(request, "author/edition.html", {"page": readings.edition_page(found)})


@authors_only
@require_safe
def download(request: AuthorRequest, slug: str) -> HttpResponse:
    """The newest edition of one course as files; loading them again changes nothing."""
    return _archive(published_files([slug]), slug)


@authors_only
@require_safe
def download_all(request: AuthorRequest) -> HttpResponse:
    """The newest edition of every course as files; loading them again changes nothing."""
    return _archive(published_files(), "content")


def _archive(files: dict[str, str], name: str) -> HttpResponse:
    if not files:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return HttpResponse(write_archive(files), content_type="application/zip", headers=headers)
