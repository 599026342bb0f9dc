"""What was decided on the late answers of one attempt, as its trainee reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from training.attempts.models import LateDecision


def decisions_on(items: Sequence[Any], by: datetime | None = None) -> tuple[str, ...]:
    """A sentence for each decision until then (`by`), the oldest first. They give no result away.

    `items` come with `decision_now`. Two queries, or none where nothing was decided.
    """
    touched = [one.pk for one in items if one.decision_now is not None]
    if not touched:
        return ()
    found = LateDecision.objects.filter(answers__item__in=touched).distinct()
    found = found if by is None else found.filter(at__lte=by)
    return tuple(_told(one) for one in found.prefetch_related("answers__item").order_by("pk"))


def _told(decision: LateDecision) -> str:
    rows = sorted(decision.answers.all(), key=lambda row: row.item.position)
    late = ", ".join(str(row.item.position) for row in rows if row.response_id is not None)
    in_time = ", ".join(str(row.item.position) for row in rows if row.response_id is None)
    values = {
        "day": date_format(localtime(decision.at), "j F Y"),
        "name": decision.decider_name,
        "reason": decision.reason,
        "late": late,
        "in_time": in_time,
    }
    if not in_time:
        said = _("%(day)s, %(name)s: your late answer counts in question %(late)s. %(reason)s")
    elif not late:
        said = _(
            "%(day)s, %(name)s: your answer in time counts in question %(in_time)s. %(reason)s"
        )
    else:
        said = _(
            "%(day)s, %(name)s: your late answer counts in question %(late)s, and that in time in "
            "question %(in_time)s. %(reason)s"
        )
    return said % values
