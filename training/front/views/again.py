"""What was sent while somebody was signed out, to be sent again by a button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from training.front import sent


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """GET shows what is kept and offers to send it; POST lets it go."""
    kept = sent.kept(request)
    if kept is None:
        messages.info(request, _("Nothing is kept for you to send again."))
        return redirect("front:home")
    if request.method == "POST":
        sent.drop(request)
        messages.info(request, _("It was not sent, and it is no longer kept."))
        return redirect(kept.page)
    return render(request, "front/again.html", {"sent": kept})
