"""Help for every role."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.front.help_pages import BY_SLUG, TOPICS, blocks_of


@login_not_required
@require_safe
def help(request: HttpRequest) -> HttpResponse:
    """The list of topics."""
    return render(request, "front/help.html", {"topics": TOPICS})


@login_not_required
@require_safe
def help_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic. 404 for any that does not exist."""
    found = BY_SLUG.get(topic)
    if found is None:
        raise Http404
    return render(
        request,
        "front/help_topic.html",
        {"topic": found, "topics": TOPICS, "blocks": blocks_of(found.slug)},
    )
