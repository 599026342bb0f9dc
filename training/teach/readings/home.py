"""What the instructor's first page shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.courses.shelf import course_of
from training.accounts.models import Person
from training.cohorts.models import Cohort, Enrolment
from training.progress.attention import Needing, Reason, Why, needing
from training.progress.models import State
from training.teach.forms import WHYS

A_PAGE = 50
TAGS = {
    Why.OVERDUE: "tag-attention",
    Why.FAILED: "tag-failed",
    Why.SILENT: "tag-attention",
    Why.NOT_STARTED: "tag-none",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person who needs attention: the most pressing reason as a tag, all as sentences."""

    name: str
    url: str
    cohort: str
    tag: str
    word: str
    sentences: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Attention:
    """One page of those who need attention, and how many there are by reason and by cohort."""

    page: Page[Needing]
    lines: list[Line]
    n: int
    by_why: list[tuple[str, str, int]]
    by_cohort: dict[UUID, int]


def attention(person: Person, wanted: dict[str, Any], at: datetime) -> Attention:
    """Who needs attention in this person's cohorts. Three queries.

    `wanted` may name a `cohort` and a `why`, and the `page`. A person with several reasons counts
    once for each of them.
    """
    everybody = needing(
        Enrolment.objects.taught_by(person),
        at,
        "key",
        "cohort__key",
        "cohort__name",
        "trainee__name",
        "trainee__rank",
    )
    by_cohort = Counter(one.enrolment["cohort__key"] for one in everybody)
    cohort, why = wanted.get("cohort"), wanted.get("why")
    here = [one for one in everybody if not cohort or one.enrolment["cohort__key"] == cohort]
    whys = Counter(found for one in here for found in {each.why for each in one.reasons})
    shown = [one for one in here if not why or why in {each.why for each in one.reasons}]
    page = Paginator(shown, A_PAGE).get_page(wanted.get("page"))
    return Attention(
        page,
        [_line(one, at) for one in page.object_list],
        len(here),
        [(found.value, str(WHYS[found]), whys[found]) for found in Why],
        dict(by_cohort),
    )


def _line(one: Needing, at: datetime) -> Line:
    row, first = one.enrolment, one.reasons[0]
    url = reverse("teach:trainee", args=(row["cohort__key"], row["key"]))
    return Line(
        name=f"{row['trainee__rank']} {row['trainee__name']}".strip(),
        url=f"{url}#m{first.module}" if first.module else url,
        cohort=row["cohort__name"],
        tag=TAGS[first.why],
        word=str(WHYS[first.why]),
        sentences=" ".join([*(sentence(each) for each in one.reasons), _seen(one, at)]).strip(),
        since=first.since,
    )


def sentence(reason: Reason) -> str:
    """Why, in words."""
    if reason.why is Why.OVERDUE:
        when = formats.date_format(localtime(reason.since), "j M, H:i")
        return _(
            "An attempt at module %(module)d is still open, though its time was over on %(when)s; "
            "opening the record closes it."
        ) % {"module": reason.module, "when": when}
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


def own_cohorts(person: Person, needing_by_cohort: dict[UUID, int]) -> list[CohortLine]:
    """The cohorts that this person teaches, with counts. One query."""
    active = Q(enrolments__state=Enrolment.State.ACTIVE)
    counts = {
        f"n_{state.name}": Count("enrolments", filter=active & Q(enrolments__progress__state=state))
        for state in State
    }
    # The staffing is looked up apart: joined here, it would be counted with.
    mine = Cohort.objects.filter(pk__in=Cohort.objects.taught_by(person))
    found = mine.select_related("edition").annotate(n=Count("enrolments", filter=active), **counts)
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
        for cohort in found.order_by("name")
    ]
