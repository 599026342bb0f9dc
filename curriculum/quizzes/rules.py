"""The rules of a quiz, as an attempt freezes them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

from curriculum.prose.said import said as _
from curriculum.quizzes.mastery import Mastery
from curriculum.quizzes.release import USUAL, Matrix
from curriculum.quizzes.taking import Taking


class Counts(StrEnum):
    """Which of several attempts gives the result."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


class Purpose(StrEnum):
    """What a quiz is for: it ends a module, or stands beside the modules of a course."""

    MODULE = "module"
    PRE_TEST = "pre-test"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Line:
    """Draw `count` questions on this objective and level; an empty string takes any.

    `module` is a module's slug: a quiz of the whole course may ask so many from one of them.

    `difficulty` is a band of shares who answer right, ends included; None takes any question, also
    one that states no difficulty. Only a `written` line takes questions that are marked by hand,
    and no others: no quiz waits for a marker unless its blueprint says so.
    """

    count: int
    objective: str = ""
    level: str = ""
    difficulty: tuple[float, float] | None = None
    written: bool = False
    module: str = ""

    def takes(
        self,
        objective: str,
        level: str,
        difficulty: float | None = None,
        by_hand: bool = False,
        module: str = "",
    ) -> bool:
        return (
            self.written == by_hand
            and self.module in ("", module)
            and self.objective in ("", objective)
            and self.level in ("", level)
            and (self.difficulty is None or self._in_band(difficulty, *self.difficulty))
        )

    @staticmethod
    def _in_band(difficulty: float | None, least: float, most: float) -> bool:
        return difficulty is not None and least <= difficulty <= most

    @property
    def name(self) -> str:
        """The line in words, for whoever writes the blueprint."""
        band = "" if self.difficulty is None else "{}..{}".format(*self.difficulty)
        kind = "written" if self.written else ""
        parts = (self.module, self.objective, self.level, band, kind)
        return " ".join(part for part in parts if part) or _("any question")

    def with_count(self, count: int) -> Line:
        return replace(self, count=count)


@dataclass(frozen=True, slots=True)
class QuizRules:
    """What the start page states. `minutes` and `attempts` are None where there is no limit.

    For drawing alone: `work_minutes` bounds the working time of all questions of a paper, and a
    question that more than the share `exposure` of papers asked is drawn last.

    A pre-test has no pass mark (`pass_percent` is 0); `mastery` says when it waives a lesson.

    `pass_each_module` is the share of the points of each module that was asked, in per cent, which
    passing takes besides the pass mark; None asks for no such thing.

    `certainty` asks with each answer how sure one is, which changes no mark.
    """

    pass_percent: int
    minutes: int | None = None
    attempts: int | None = None
    wait_minutes: int | None = None
    counts: Counts = Counts.BEST
    draw: tuple[Line, ...] = ()
    work_minutes: int | None = None
    exposure: float | None = None
    purpose: Purpose = Purpose.MODULE
    mastery: Mastery = Mastery()
    release: Matrix = USUAL
    taking: Taking = Taking()
    pass_each_module: int | None = None
    certainty: bool = False

    @property
    def is_pre_test(self) -> bool:
        return self.purpose is Purpose.PRE_TEST

    @property
    def most_seconds(self) -> int | None:
        """The working time that the questions of a paper may take together; None without bound."""
        return None if self.work_minutes is None else 60 * self.work_minutes

    @property
    def questions(self) -> int:
        return sum(line.count for line in self.draw)

    @property
    def limit(self) -> timedelta | None:
        return None if self.minutes is None else timedelta(minutes=self.minutes)

    @property
    def wait(self) -> timedelta | None:
        return None if self.wait_minutes is None else timedelta(minutes=self.wait_minutes)

    def as_dict(self) -> dict[str, object]:
        """For the frozen record of an attempt, and the facts of a revision."""
        return {
            "pass": self.pass_percent,
            "minutes": self.minutes,
            "attempts": self.attempts,
            "wait_minutes": self.wait_minutes,
            "counts": self.counts.value,
            "draw": [
                {
                    "count": line.count,
                    "objective": line.objective,
                    "level": line.level,
                    "difficulty": line.difficulty and list(line.difficulty),
                    **({"written": True} if line.written else {}),
                    **({"module": line.module} if line.module else {}),
                }
                for line in self.draw
            ],
            "work_minutes": self.work_minutes,
            "exposure": self.exposure,
            "purpose": self.purpose.value,
            "mastery": self.mastery.as_dict(),
            "release": self.release.as_dict(),
            "taking": self.taking.as_dict(),
            **self._asked_for(),
        }

    def _asked_for(self) -> dict[str, object]:
        """What most quizzes do not ask for, and what older records do not name."""
        each = self.pass_each_module
        return {
            **({} if each is None else {"pass_each_module": each}),
            **({"certainty": True} if self.certainty else {}),
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, object]) -> QuizRules:
        """The inverse of `as_dict`."""

        def number(name: str) -> int | None:
            found = value.get(name)
            return found if isinstance(found, int) else None

        lines, exposure = value.get("draw"), value.get("exposure")
        release = value.get("release")
        taking = value.get("taking")
        return cls(
            pass_percent=number("pass") or 0,
            minutes=number("minutes"),
            attempts=number("attempts"),
            wait_minutes=number("wait_minutes"),
            counts=Counts(str(value.get("counts", "best"))),
            draw=tuple(_line_from(line) for line in (lines if isinstance(lines, list) else [])),
            work_minutes=number("work_minutes"),
            exposure=exposure if isinstance(exposure, float) else None,
            purpose=Purpose(str(value.get("purpose", "module"))),
            mastery=Mastery.from_dict(value.get("mastery")),
            release=Matrix.from_dict(release) if isinstance(release, dict) else USUAL,
            taking=Taking.from_dict(taking) if isinstance(taking, dict) else Taking(),
            pass_each_module=number("pass_each_module"),
            certainty=value.get("certainty") is True,
        )


def _line_from(value: Mapping[str, Any]) -> Line:
    band = value.get("difficulty")
    return Line(
        int(value["count"]),
        value["objective"],
        value["level"],
        (float(band[0]), float(band[1])) if band else None,
        bool(value.get("written")),
        value.get("module", ""),
    )


class OnTheShelf(Protocol):
    """A quiz of an edition: what its file said, and a place for what was read from that."""

    @property
    def facts(self) -> dict[str, Any]: ...

    @property
    def kept(self) -> dict[type, Any]: ...


def rules_of(quiz: OnTheShelf) -> QuizRules:
    """Its rules. They are read once: the page of a course asks for those of each quiz twice."""
    found = quiz.kept.get(QuizRules)
    if not isinstance(found, QuizRules):
        found = quiz.kept[QuizRules] = QuizRules.from_dict(quiz.facts["rules"])
    return found
