"""Eight weeks of believable work, done through the site's own flows at moved times."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from curriculum.courses.shelf import Course, Lesson, Module, Quiz, course_of
from curriculum.questions import registry
from training.attempts import actions as attempts
from training.attempts.actions import Save
from training.attempts.certainty import LEVELS
from training.attempts.models import Attempt, Item
from training.cohorts.models import Enrolment
from training.flows import (
    answering_a_check,
    drawing_a_paper,
    handing_in,
    reading_a_lesson,
    starting_a_quiz,
)
from training.management.schoolhouse.writing import written
from training.reading import actions as reading


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody works. Days count from the cohort's first day.

    `skill` is the chance of a right answer at the first attempt; each further attempt adds 0.15.
    """

    starts: float
    pace: float
    skill: float
    attempts: int = 1
    stops_after: int | None = None
    leaves_quiz_open: bool = False
    takes_pre_test: bool = False


WAYS = {
    # So that a whole course of some thirty steps is done before today.
    "swift": Way(starts=1, pace=0.8, skill=0.93),
    # At the end of the course about now: what these wrote waits for its marker.
    "diligent": Way(starts=2, pace=1.45, skill=0.88),
    "timely": Way(starts=2, pace=1.6, skill=0.9),
    "steady": Way(starts=3, pace=6, skill=0.86),
    "slow": Way(starts=12, pace=11, skill=0.84, stops_after=3),
    "versed": Way(starts=2, pace=5, skill=0.9, takes_pre_test=True),
    "assessed": Way(starts=10, pace=9, skill=0.93, stops_after=1, takes_pre_test=True),
    "second-try": Way(starts=4, pace=6, skill=0.55, attempts=2),
    "struggling": Way(starts=6, pace=6, skill=0.35, attempts=2),
    "silent": Way(starts=5, pace=4, skill=0.8, stops_after=1),
    "underway": Way(starts=9, pace=8, skill=0.85, stops_after=2),
}


class Past:
    """One trainee's past: a clock that only goes forward, and stops before the present."""

    def __init__(self, enrolment: Enrolment, way: Way, first_day: datetime, now: datetime) -> None:
        self.enrolment = enrolment
        self.way = way
        self.random = random.Random(f"{enrolment.trainee.username}:{enrolment.cohort.name}")  # noqa: S311
        self.now = now
        self.at = self._office_hours(first_day + timedelta(days=way.starts))
        self.course: Course = course_of(enrolment.cohort.edition)

    def live(self) -> None:
        """Work through the course until the way ends, or the present comes."""
        done = 0
        pre_test = self.course.pre_test if self.way.takes_pre_test else None
        if pre_test and not self._step(partial(self._quiz, pre_test, 0)):
            return
        for module in self.course.modules:
            for lesson in self._unwaived(module):
                if self.way.stops_after is not None and done >= self.way.stops_after:
                    self._leave_half_way(lesson)
                    return
                if not self._step(partial(self._read, lesson)):
                    return
                done += 1
            for number in range(self.way.attempts if module.quiz else 0):
                if module.quiz and not self._step(partial(self._quiz, module.quiz, number)):
                    return
        self._sit_the_final()

    def _sit_the_final(self) -> None:
        if self.course.final:
            self._step(partial(self._quiz, self.course.final, 0))

    def _unwaived(self, module: Module) -> list[Lesson]:
        """Whoever may skip a lesson skips it."""
        waived = set(self.enrolment.waivers.values_list("lesson", flat=True))
        return [one for one in module.lessons if one.document_id not in waived]

    def _step(self, act: Callable[[], None]) -> bool:
        if self.at >= self.now - timedelta(hours=3):
            return False
        act()
        self.at = self._office_hours(
            self.at + timedelta(days=self.way.pace * self.random.uniform(0.5, 1.3))
        )
        return True

    def _office_hours(self, day: datetime) -> datetime:
        """The same or the next working day, between 08:00 and 17:00 UTC."""
        while day.weekday() >= 5:  # noqa: PLR2004
            day += timedelta(days=1)
        minutes = self.random.randrange(9 * 60)
        return day.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)

    def _wait(self, least: float, most: float) -> None:
        self.at += timedelta(seconds=self.random.uniform(least, most))

    def _read(self, lesson: Lesson) -> None:
        for slug in lesson.checks:
            self._wait(240, 500)
            question = self.course.questions[slug]
            seed = answering_a_check.check_seed(self.enrolment, question)
            body = self.course.body(question.revision_id)
            kind, body = drawing_a_paper.as_asked(question, body, seed)
            answering_a_check.answer_check(
                self.enrolment,
                lesson,
                question,
                Save(self._answer(kind, body, 0), self._key(), 1),
                at=self.at,
                by=self.enrolment.trainee,
            )
        self._wait(200, 600)
        reading.keep_place(self.enrolment, lesson, lesson.paragraphs, at=self.at)
        reading_a_lesson.finish_lesson(
            self.enrolment, lesson, at=self.at, by=self.enrolment.trainee
        )

    def _leave_half_way(self, lesson: Lesson) -> None:
        if self.at < self.now:
            half = max(1, round(lesson.paragraphs * self.random.uniform(0.3, 0.7)))
            reading.keep_place(self.enrolment, lesson, half, at=self.at)

    def _quiz(self, quiz: Quiz, number: int) -> None:
        person = self.enrolment.trainee
        attempt = starting_a_quiz.start_own(
            Enrolment.objects.of(person),
            self.enrolment.key,
            quiz.slug,
            at=self.at,
            by=person,
            seed=self.random.getrandbits(60),
        )
        mine = Attempt.objects.of(person)
        for position in range(1, attempt.items.count() + 1):
            self._wait(25, 95)
            key = self._key()
            with attempts.locked_item(mine, attempt.key, position, key) as item:
                answer = self._answer(item.kind, item.body, number)
                sure = self._sure(item, answer) if item.asks_certainty else None
                attempts.record_answer(item, Save(answer, key, 1, sure), at=self.at)
        self._wait(20, 60)
        handing_in.hand_in(mine, attempt.key, at=self.at, by=person)
        # The rules ask for a wait before the next attempt.
        self.at += timedelta(hours=2)

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def _sure(self, item: Item, answer: dict[str, object]) -> int | None:
        """How sure they say to be: mostly with reason, the less skilled more often without."""
        if self.random.random() < 0.1:  # noqa: PLR2004
            return None
        right = answer == registry.key(item.kind, item.body)
        weights = (1, 3, 6) if right or self.random.random() > self.way.skill else (4, 4, 2)
        return self.random.choices(LEVELS, weights)[0]

    def _answer(self, kind: str, body: dict[str, Any], number: int) -> dict[str, object]:
        skill = min(0.98, self.way.skill + 0.15 * number)
        if kind in registry.BY_HAND:
            return written(body, skill, self.random)
        if self.random.random() < skill:
            return registry.key(kind, body)
        return wrong_answer(kind, body, self.random)


def wrong_answer(kind: str, body: dict[str, Any], chance: random.Random) -> dict[str, object]:
    """An answer of the right shape that somebody might give and that does not score 1."""
    ((name, right),) = registry.key(kind, body).items()
    ids = registry.kind(kind).ids(body)
    wrong: Callable[[Any], object] = {
        "option": lambda key: chance.choice([one for one in ids if one != key]),
        "options": lambda key: [*key[1:], *[one for one in ids if one not in key][:1]],
        "order": lambda key: [*key[1:], key[0]],
        "pairs": lambda key: dict(zip(key, [*list(key.values())[1:], *list(key.values())[:1]])),  # noqa: B905
        "value": lambda _key: str(chance.randrange(1, 40)),
        "blanks": lambda key: key | {next(iter(key)): "protocol"},
        "text": lambda _key: chance.choice(["courtesy", "the ministry", "credentials"]),
    }[name]
    return {name: wrong(right)}
