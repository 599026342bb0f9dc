"""Marking a closed attempt."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from curriculum.questions import registry
from training.attempts.models import Item
from training.grading.models import Grade
from training.grading.rules import exact


def mark_items(items: Iterable[Item], *, at: datetime) -> list[Grade]:
    """Grade each item's answer in force (`answer_now`) and store the grades: one statement."""
    grades = []
    for item in items:
        mark = registry.mark(item.kind, item.body, getattr(item, "answer_now", None) or {})
        points = Decimal(item.points)
        grades.append(
            Grade(
                item=item,
                fraction=exact(mark.fraction),
                points=exact(mark.fraction * Fraction(points), 4),
                out_of=points,
                source=Grade.Source.AUTOMATIC,
                parts={part: str(exact(share)) for part, share in mark.parts.items()},
                at=at,
            )
        )
    return Grade.objects.bulk_create(grades)
