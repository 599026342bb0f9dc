"""What the instructor's first page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BigAutoField, DateTimeField, QuerySet
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.courses.shelf import course_of
from training.accounts.models import Person
from training.cohorts.models import Cohort, Staffing
from training.progress.attention import Reason, Why
from training.progress.models import State
from training.progress.needing import Limits, Needing, cohorts_counted, limits, needing
from training.progress.said_once import address
from training.statements.compiled_once import Given, compiled_once
from training.statements.paged import A_PAGE
from training.teach.forms import WHYS
from training.teach.readings.rows import Line, attention_rows

TAGS = {
    Why.OVERDUE: "tag-attention",
    Why.FAILED: "tag-failed",
    Why.SILENT: "tag-attention",
    Why.NOT_STARTED: "tag-none",
}
NAMED = ("key", "trainee__name", "trainee__rank")


@dataclass(frozen=True, slots=True)
class Attention:
    """One page of those who need attention, and how many there are by reason and by cohort."""

    page: Page[Needing]
    lines: list[Line]
    n: int
    by_why: list[tuple[str, str, int]]
    by_cohort: dict[UUID, int]

    @property
    def rows(self) -> SafeString:
        return attention_rows(self.lines)


def taught_cohorts(person: Person, at: datetime) -> list[Any]:
    """The cohorts that this person teaches, with all that is counted in them. One query."""
    return _taught(person.pk, *limits(at))


@compiled_once(BigAutoField(), DateTimeField(), DateTimeField())
def _taught(person: Given, silent: Given, unstarted: Given) -> QuerySet[Cohort]:
    # The staffing is looked up apart: joined here, it would be counted with.
    mine = Staffing.objects.filter(person=person).order_by().values("cohort")
    return cohorts_counted(Limits(silent, unstarted)).filter(pk__in=mine)


def attention(cohorts: list[Any], wanted: dict[str, Any], at: datetime) -> Attention:
    """Who needs attention in these cohorts from `taught_cohorts`. Three queries.

    `wanted` may name a `cohort` and a `why`, and the `page`.
    """
    everybody = needing(cohorts, at, *NAMED)
    here = everybody.of(wanted["cohort"]) if wanted.get("cohort") else everybody
    why = Why(wanted["why"]) if wanted.get("why") else None
    page = Paginator(here.pressing(why), A_PAGE).get_page(wanted.get("page"))
    whys = here.by_why()
    return Attention(
        page,
        _lines(page.object_list, {one.pk: one for one in cohorts}, at),
        sum(here.by_cohort().values()),
        [(one.value, str(WHYS[one]), whys[one]) for one in Why],
        everybody.by_cohort(),
    )


def _lines(people: Iterable[Needing], cohorts: dict[int, Any], at: datetime) -> list[Line]:
    record = address("teach:trainee", 2)
    words = {why: str(word) for why, word in WHYS.items()}
    found = []
    for one in people:
        row, first = one.enrolment, one.reasons[0]
        cohort = cohorts[row["cohort"]]
        url = record.format(cohort.key, row["key"])
        told = [*(sentence(each) for each in one.reasons), _seen(one, at)]
        found.append(
            Line(
                name=f"{row['trainee__rank']} {row['trainee__name']}".strip(),
                url=f"{url}#m{first.module}" if first.module else url,
                cohort=cohort.name,
                tag=TAGS[first.why],
                word=words[first.why],
                sentences=" ".join(told).strip(),
                since=first.since,
            )
        )
    return found


def sentence(reason: Reason) -> str:
    """Why, in words."""
    if reason.why is Why.OVERDUE:
        when = formats.date_format(localtime(reason.since), "j M, H:i")
        if not reason.module:
            return _(
                "An attempt at a quiz of the whole course is still open, though its time was over "
                "on %(when)s; opening the record closes it."
            ) % {"when": when}
        return _(
            "An attempt at module %(module)d is still open, though its time was over on %(when)s; "
            "opening the record closes it."
        ) % {"module": reason.module, "when": when}
    if reason.why is Why.FAILED and not reason.module:
        return _("The final test is not passed after two attempts or more.")
    if reason.why is Why.FAILED:
        return ngettext(
            "%(count)d failed attempt at module %(module)d.",
            "%(count)d failed attempts at module %(module)d.",
            reason.count,
        ) % {"count": reason.count, "module": reason.module}
    if reason.why is Why.SILENT:
        return ngettext(
            "Nothing read or tried for %(count)d day.",
            "Nothing read or tried for %(count)d days.",
            reason.count,
        ) % {"count": reason.count}
    return ngettext(
        "Not started, %(count)d day after they could begin.",
        "Not started, %(count)d days after they could begin.",
        reason.count,
    ) % {"count": reason.count}


def _seen(one: Needing, at: datetime) -> str:
    """When they were last seen, unless another sentence says it."""
    if one.last_at is None or any(each.why is Why.SILENT for each in one.reasons):
        return ""
    days = (at - one.last_at).days
    if days < 1:
        return _("Last seen today.")
    return ngettext("Last seen %(count)d day ago.", "Last seen %(count)d days ago.", days) % {
        "count": days
    }


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One of the person's cohorts. `counts` holds word, state and number, in the states' order."""

    cohort: Cohort
    course: str
    n: int
    counts: list[tuple[str, str, int]]
    attention: int


def own_cohorts(cohorts: list[Any], needing_by_cohort: dict[UUID, int]) -> list[CohortLine]:
    """What the table says of each of these cohorts from `taught_cohorts`. No query."""
    return [
        CohortLine(
            cohort=cohort,
            course=course_of(cohort.edition).title,
            n=cohort.n,
            counts=[
                (str(state.label), state.value, getattr(cohort, f"n_{state.name}"))
                for state in State
            ],
            attention=needing_by_cohort.get(cohort.key, 0),
        )
        for cohort in cohorts
    ]
