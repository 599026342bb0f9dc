"""How sure a trainee was of an answer: said with it, kept with it, and no part of the mark."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Case, F, OuterRef, Subquery, When
from django.utils.translation import gettext_lazy as _

from training.attempts.models import DecidedAnswer, ItemQuerySet, Response

GUESS, THINK, SURE = LEVELS = (1, 2, 3)
FIELD: Final = "certainty"
WORDS: Final = ((GUESS, _("Guess")), (THINK, _("Think so")), (SURE, _("Sure")))
NAMES: Final = dict(WORDS)


def said(certainty: int | None) -> str:
    """In words; empty where nothing was said."""
    return str(NAMES[certainty]) if certainty in NAMES else ""


def with_certainty(items: ItemQuerySet, by: datetime | None = None) -> ItemQuerySet:
    """Each item with whether its quiz asks how sure one is, and what was said with its answer.

    Of the answer in force, at that moment (`by`) or now: the one that was decided on, or the last
    in time.
    """
    found: Any = items
    decided = DecidedAnswer.objects.filter(item=OuterRef("pk")).order_by("-pk")
    decided = decided if by is None else decided.filter(decision__at__lte=by)
    in_time = Response.objects.filter(item=OuterRef("pk"), late=False).order_by("-sequence")
    found = found.annotate(
        decided_response=Subquery(decided.values("response")[:1]),
        asks_certainty=F("attempt__rules__certainty"),
    )
    sure: ItemQuerySet = found.annotate(
        certainty_now=Case(
            When(
                decided_response__isnull=False,
                then=Subquery(decided.values("response__certainty")[:1]),
            ),
            default=Subquery(in_time.values("certainty")[:1]),
        )
    )
    return sure
