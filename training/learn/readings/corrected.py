"""What corrections did to one attempt, beside each question: every grade, in turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from training.grading.models import Grade
from training.learn.readings import words


def corrections_of(
    items: Sequence[Any], known: Mapping[int, Iterable[Grade]] | None = None
) -> dict[int, tuple[str, ...]]:
    """By item, a sentence for each grade: the first one, then each correction with its reason.

    `items` come with `source_now`. One query, or none where nothing was corrected or the grades
    are `known`.
    """
    touched = [one.pk for one in items if one.source_now == Grade.Source.CORRECTION]
    if not touched:
        return {}
    if known is not None:
        return {item: tuple(map(_sentence, known.get(item, ()))) for item in touched}
    grades = Grade.objects.filter(item__in=touched).select_related("correction")
    found: dict[int, tuple[str, ...]] = {}
    for grade in grades.order_by("pk"):
        found[grade.item_id] = (*found.get(grade.item_id, ()), _sentence(grade))
    return found


def _sentence(grade: Grade) -> str:
    values = {
        "day": date_format(localtime(grade.at), "j F Y"),
        "points": words.points(grade.points),
        "out_of": words.points(grade.out_of),
    }
    if grade.correction is None and grade.source == Grade.Source.DECISION:
        return (
            _("%(day)s, by a decision on late answers: %(points)s of %(out_of)s points.") % values
        )
    if grade.correction is None:
        return _("%(day)s: %(points)s of %(out_of)s points.") % values
    said = _("%(day)s, corrected: %(points)s of %(out_of)s points. %(reason)s")
    return said % (values | {"reason": grade.correction.reason})
