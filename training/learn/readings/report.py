"""A question of a handed-in attempt that the trainee thinks is wrong or unclear."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from curriculum.prose.safety import safe
from curriculum.questions import registry
from training.attempts.models import Item


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The question as it was asked; nothing of its key."""

    position: int
    prompt: SafeString


def report_page(item: Item) -> ReportPage:
    """No query."""
    prompt = registry.asked(item.kind, item.body, item.order)["prompt"]
    return ReportPage(item.position, safe(str(prompt)))
