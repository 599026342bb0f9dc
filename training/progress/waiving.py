"""Lessons that a pre-test waives: derived from its grades, and kept beside the progress rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from curriculum.courses.shelf import course_of
from curriculum.quizzes.mastery import Asked, waived
from curriculum.quizzes.rules import Purpose, QuizRules
from training.attempts.models import Attempt, Item
from training.cohorts.models import Enrolment
from training.grading.models import Grade
from training.progress.models import Waiver

FIELDS = ["attempt", "at"]
# Enrolments whose waivers are derived at once.
TOGETHER = 200


def is_pre_test(attempt: Attempt) -> bool:
    """Whether this attempt may waive lessons; what it was for is frozen in its rules."""
    return attempt.rules.get("purpose") == Purpose.PRE_TEST


@dataclass(slots=True)
class _Paper:
    attempt: Attempt
    asked: list[Asked]


def waivers_of(enrolments: Iterable[int]) -> list[Waiver]:
    """What the handed-in pre-tests of these enrolments waive, not stored. One query.

    The rule is the one frozen in each attempt, and the points are those in force now. Of several
    attempts each stands for itself, and the first that waives a lesson is named.
    """
    papers: dict[int, _Paper] = {}
    for item in _items(enrolments):
        paper = papers.setdefault(item.attempt_id, _Paper(item.attempt, []))
        points = None if item.points_now is None else Decimal(item.points_now)
        paper.asked.append(Asked(item.lesson_slug, item.objective, points, item.points))
    found: dict[tuple[int, int], Waiver] = {}
    for paper in papers.values():
        for waiver in _of_paper(paper):
            found.setdefault((waiver.enrolment_id, waiver.lesson_id), waiver)
    return list(found.values())


def _items(enrolments: Iterable[int]) -> QuerySet[Any]:
    """The items of handed-in pre-tests, each with its attempt and the points in force."""
    grades = Grade.objects.filter(item=OuterRef("pk")).order_by("-pk")
    return (
        Item.objects.filter(
            attempt__enrolment__in=list(enrolments),
            # A quiz of the course stands in no module: an index finds the few there are.
            attempt__module=F("attempt__enrolment__cohort__course"),
            attempt__handed_in_at__isnull=False,
            attempt__rules__purpose=Purpose.PRE_TEST.value,
        )
        .annotate(points_now=Subquery(grades.values("points")[:1]))
        .select_related("attempt__edition")
        .defer("body", "order")
        .order_by("attempt__handed_in_at", "attempt", "position")
    )


def _of_paper(paper: _Paper) -> Iterator[Waiver]:
    attempt = paper.attempt
    lessons = course_of(attempt.edition).lessons
    for slug in waived(paper.asked, QuizRules.from_dict(attempt.rules).mastery):
        if slug in lessons:
            yield Waiver(
                enrolment_id=attempt.enrolment_id,
                lesson_id=lessons[slug].document_id,
                attempt=attempt,
                at=attempt.handed_in_at or attempt.started_at,
            )


def refresh_waivers(enrolments: Iterable[int]) -> None:
    """Bring the stored waivers of these enrolments up to the grades, under the caller's locks.

    At most four statements for each 200 of them; nobody calls it for what is no pre-test.
    """
    keys = sorted(set(enrolments))
    for start in range(0, len(keys), TOGETHER):
        _refresh(keys[start : start + TOGETHER])


def _refresh(keys: list[int]) -> None:
    wanted = waivers_of(keys)
    places = {(one.enrolment_id, one.lesson_id) for one in wanted}
    stored = Waiver.objects.filter(enrolment__in=keys).values_list("pk", "enrolment", "lesson")
    gone = [pk for pk, *place in stored if tuple(place) not in places]
    if gone:
        Waiver.objects.filter(pk__in=gone).delete()
    Waiver.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["enrolment", "lesson"],
        update_fields=FIELDS,
    )


def differences_in_waivers(enrolment: Enrolment) -> Iterator[str]:
    """Where the stored waivers are not what the grades give: a sentence each."""
    kept = {one.lesson_id: one for one in Waiver.objects.filter(enrolment=enrolment)}
    derived = {one.lesson_id: one for one in waivers_of([enrolment.pk])}
    for lesson in sorted(kept.keys() | derived.keys()):
        one, other = kept.get(lesson), derived.get(lesson)
        if one is None or other is None:
            yield f"{enrolment}: lesson {lesson} should {'' if one is None else 'not '}be waived"
        elif (one.attempt_id, one.at) != (other.attempt_id, other.at):
            yield f"{one}: by attempt {one.attempt_id}, not {other.attempt_id}"
