"""Handing in files, looking at what they would change, and publishing them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.documents.models import Revision
from curriculum.exchange.archive import LARGEST_ARCHIVE
from curriculum.exchange.deliveries import Changed, Settled, outlook, read_upload
from curriculum.exchange.models import Delivery
from curriculum.publishing.actions import NotPublishable
from training.author.access import AuthorRequest, authors_only, deliveries_for
from training.author.forms import HandInForm, PublishForm
from training.author.readings import deliveries as readings
from training.author.uploads import body_too_large
from training.clock import site_time
from training.flows import delivering

UNPROCESSABLE, TOO_LARGE, CONFLICT = 422, 413, 409


# The token stands in the body, which is not read before it has been measured.
@csrf_exempt
@authors_only
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: AuthorRequest) -> HttpResponse:
    """A dry run: every problem, or the difference on a page of its own. Publishes nothing."""
    if body_too_large(request):
        form = HandInForm()
        form.errors["file"] = form.error_class(
            [_("The file is larger than 20 MB. Nothing was kept. Hand in one course at a time.")]
        )
        return render(request, "author/hand_in.html", {"form": form}, status=TOO_LARGE)
    return _measured(request)


@csrf_protect
def _measured(request: AuthorRequest) -> HttpResponse:
    if request.method != "POST":
        return _hand_in_page(request, HandInForm())
    form = HandInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _hand_in_page(request, form, status=UNPROCESSABLE)
    return _checked(request, form, form.cleaned_data["file"])


def _checked(request: AuthorRequest, form: HandInForm, upload: UploadedFile) -> HttpResponse:
    name = upload.name or ""
    files, problems = read_upload(name, upload.read(LARGEST_ARCHIVE + 1))
    found = None if problems else outlook(files)
    if found is None or found.checked.errors:
        everything = problems + (found.checked.problems if found else [])
        relevant = [one for one in everything if one.is_error or one.path in files]
        page = {"problems": readings.problems(relevant), "name": name, "page_has_errors": True}
        return _hand_in_page(request, HandInForm(), status=UNPROCESSABLE, **page)
    if not found.differences:
        return _hand_in_page(request, HandInForm(), unchanged=True, name=name)
    kept = delivering.hand_in(files, by=request.user, at=site_time.now())
    return redirect("author:delivery", kept.key)


def _hand_in_page(
    request: AuthorRequest, form: HandInForm, status: int = 200, **shown: object
) -> HttpResponse:
    return render(request, "author/hand_in.html", {"form": form, **shown}, status=status)


@authors_only
@require_safe
def delivery(request: AuthorRequest, key: UUID) -> HttpResponse:
    """What publishing would change now; or, once it is settled, what became of it."""
    found = get_object_or_404(deliveries_for(request.user), key=key)
    return _delivery_page(request, found)


def _delivery_page(
    request: AuthorRequest, found: Delivery, form: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    waiting = found.state == Delivery.State.WAITING
    page = readings.delivery_page(found, outlook(found.files) if waiting else None)
    mark = page.outlook.mark if page.outlook else ""
    if form is None or status == CONFLICT:
        # What was typed is kept; the mark is that of the difference on this page.
        typed = form.cleaned_data if form else {}
        form = PublishForm(initial={**typed, "mark": mark})
    shown = {
        "page": page,
        "form": form,
        "removed": readings.removed(page),
        "conflict": status == CONFLICT,
    }
    return render(request, "author/delivery.html", shown, status=status)


@authors_only
@require_POST
def publish(request: AuthorRequest, key: UUID) -> HttpResponse:
    """All or nothing, once, and only the difference that was shown."""
    found = get_object_or_404(deliveries_for(request.user), key=key)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _delivery_page(request, found, form, status=UNPROCESSABLE)
    try:
        published = delivering.publish(
            found,
            form.cleaned_data["mark"],
            note=form.cleaned_data["note"],
            editorial=form.cleaned_data["change"] == Revision.Change.EDITORIAL,
            by=request.user,
            at=site_time.now(),
        )
    except Settled:
        return _settled_before(request, key)
    except (Changed, NotPublishable):
        return _delivery_page(request, found, form, status=CONFLICT)
    messages.success(
        request,
        ngettext(
            "Published: %(count)d new edition. Cohorts stay on theirs until they are moved.",
            "Published: %(count)d new editions. Cohorts stay on theirs until they are moved.",
            len(published.editions),
        )
        % {"count": len(published.editions)},
    )
    return redirect("author:delivery", key)


@authors_only
@require_POST
def withdraw(request: AuthorRequest, key: UUID) -> HttpResponse:
    """The delivery is closed without being published; its files are kept."""
    found = get_object_or_404(deliveries_for(request.user), key=key)
    try:
        delivering.withdraw(found, by=request.user, at=site_time.now())
    except Settled:
        return _settled_before(request, key)
    messages.success(request, _("Withdrawn. Nothing was published."))
    return redirect("author:home")


def _settled_before(request: AuthorRequest, key: UUID) -> HttpResponse:
    messages.warning(
        request, _("This delivery was settled before. Nothing has been changed by this click.")
    )
    return redirect("author:delivery", key)
