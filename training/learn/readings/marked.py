"""What markers said to the trainee about the written answers of one attempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from curriculum.questions.registry import BY_HAND
from training.grading.models import Grade
from training.marking.models import Mark, Sheet


def comments_of(items: Sequence[Any], by: datetime | None = None) -> dict[int, str]:
    """By item, the comment of the mark in force, or of the one until then (`by`) in its place.

    `items` come with `source_now`. One query, or none where nothing was marked by hand.
    """
    marked = (Grade.Source.HAND, Grade.Source.DECISION, Grade.Source.CORRECTION)
    by_hand = [one.pk for one in items if one.kind in BY_HAND and one.source_now in marked]
    if not by_hand:
        return {}
    found = Sheet.objects.filter(item__in=by_hand, in_force__isnull=False, aside=False)
    if by is None:
        return dict(found.values_list("item", "in_force__comment"))
    then = Mark.objects.filter(sheet=OuterRef("pk"), turn=OuterRef("in_force__turn"), at__lte=by)
    said = Coalesce(Subquery(then.order_by("-pk").values("comment")[:1]), Value(""))
    return dict(found.annotate(said=said).values_list("item", "said"))
