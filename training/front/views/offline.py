"""The site without a network: the page that is shown then, and the script that keeps it ready."""

from __future__ import annotations

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

# What the offline page and a running quiz are made of. Hashed names on a prepared site.
FILES = (
    "css/site.css",
    "js/offline.js",
    "js/quiz.js",
    "favicon.svg",
    "fonts/ibm-plex-sans-latin-wght-normal.woff2",
    "fonts/source-serif-4-latin-wght-normal.woff2",
)


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Kept on the device and shown there; it says nothing of anybody."""
    return render(request, "front/offline.html")


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script, with the files to keep. Its version changes with any of them."""
    kept = [static(name) for name in FILES]
    page = reverse("front:offline")
    shown = render_to_string("front/offline.html", {}, None)
    version = sha256("".join([*kept, _code(), shown]).encode()).hexdigest()[:12]
    head = f"const VERSION = {version!r};\nconst FILES = {kept!r};\nconst OFFLINE = {page!r};\n"
    return HttpResponse(
        head + _code(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def _code() -> str:
    """What stands in static/js/service_worker.js, collected or not."""
    name = "js/service_worker.js"
    path = finders.find(name)
    if path is None:
        with staticfiles_storage.open(name) as file:
            return str(file.read().decode())
    with open(str(path), encoding="utf-8") as file:
        return file.read()
