"""One cohort as those see it who answer for it, and what a new one can be made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Edition, Entry, Kind
from training.accounts.models import Person
from training.cohorts.models import Cohort, Enrolment, Staffing
from training.oversee.access import people_of
from training.oversee.readings.history import HistoryLine, history_of
from training.oversee.readings.people import found_people
from training.oversee.readings.roster_history import ListLine, lists

A_PAGE = 50
ROSTERS = 5


@dataclass(frozen=True, slots=True)
class CohortPage:
    """A cohort with its staff, one page of own people in it, and who was searched for."""

    cohort: Cohort
    course: str
    staffing: list[Staffing]
    page: Page[Enrolment]
    rosters: list[ListLine]
    instructors_found: list[Person]
    people_found: list[Person]
    newer: int | None
    history: list[HistoryLine]


def cohort_page(by: Person, cohort: Cohort, wanted: dict[str, Any], at: datetime) -> CohortPage:
    """Six queries and one for each search, one more each for a coordinator."""
    staffing = list(cohort.staffing.select_related("person__unit").order_by("person__name"))
    enrolments = (
        Enrolment.objects.overseen_by(by)
        .filter(cohort=cohort)
        .select_related("trainee__unit", "progress")
        .order_by("state", "trainee__name", "pk")
    )
    instructors = wanted.get("instructor", "")
    joining = wanted.get("person", "")
    taught_by = [one.person_id for one in staffing]
    inside = Enrolment.objects.active().filter(cohort=cohort).values("trainee")
    return CohortPage(
        cohort=cohort,
        course=course_of(cohort.edition).title,
        staffing=staffing,
        page=Paginator(enrolments, A_PAGE).get_page(wanted.get("page")),
        rosters=lists(
            list(cohort.rosters.select_related("created_by").defer("text")[:ROSTERS]), at
        ),
        instructors_found=_found(by, instructors, taught_by),
        people_found=_found(by, joining, inside),
        newer=_newest(cohort),
        history=history_of(cohort),
    )


def _newest(cohort: Cohort) -> int | None:
    """The number of the newest edition, if it is newer than the one that the cohort runs."""
    newer = Edition.objects.filter(course=cohort.course_id, number__gt=cohort.edition.number)
    return newer.order_by("-number").values_list("number", flat=True).first()


def _found(by: Person, text: str, without: Any) -> list[Person]:
    return found_people(people_of(by).exclude(pk__in=without), text) if text.strip() else []


def editions_to_choose() -> dict[str, str]:
    """What every edition is called, by key: by course, the newest first. One query."""
    entries = (
        Entry.objects.filter(kind=Kind.COURSE)
        .select_related("edition", "revision")
        .defer("revision__text", "revision__body")
    )
    ordered = sorted(entries, key=lambda one: (one.revision.title, -one.edition.number))
    return {
        str(one.edition.key): f"{one.revision.title}, edition {one.edition.number}"
        for one in ordered
    }
