"""What markers said to the trainee about the written answers of one attempt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from curriculum.questions.registry import BY_HAND
from training.grading.models import Grade
from training.marking.models import Sheet


def comments_of(items: Sequence[Any]) -> dict[int, str]:
    """By item, the comment of the mark in force. `items` come with `source_now`.

    One query, or none where nothing was marked by hand.
    """
    marked = (Grade.Source.HAND, Grade.Source.DECISION, Grade.Source.CORRECTION)
    by_hand = [one.pk for one in items if one.kind in BY_HAND and one.source_now in marked]
    if not by_hand:
        return {}
    found = Sheet.objects.filter(item__in=by_hand, in_force__isnull=False, aside=False)
    return dict(found.values_list("item", "in_force__comment"))
