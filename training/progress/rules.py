"""What a trainee's state is, and why. Pure: counts and times in, a state and its reasons out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """The states of a module and of a course; the same words as progress.models.State."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    NOT_PASSED = "not-passed"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """What the records say of one module.

    `attempts` counts handed-in quiz attempts with a score, `waiting` those that wait for a marker.
    `lessons_waived` are those not read that a pre-test waives.
    """

    lessons_total: int
    lessons_read: int
    has_quiz: bool
    attempts: int = 0
    passed: bool = False
    touched: bool = False
    lessons_waived: int = 0
    waiting: int = 0

    @property
    def steps_total(self) -> int:
        return self.lessons_total + int(self.has_quiz)

    @property
    def steps_done(self) -> int:
        return self.lessons_read + self.lessons_waived + int(self.has_quiz and self.passed)


def module_standing(facts: ModuleFacts) -> Standing:
    """Complete: every lesson read or waived, and the quiz passed. Not passed: tried in vain.

    While an attempt waits for its marks nobody has failed.
    """
    if facts.steps_done == facts.steps_total:
        return Standing.COMPLETE
    if facts.attempts and not facts.passed and not facts.waiting:
        return Standing.NOT_PASSED
    if facts.steps_done or facts.attempts or facts.waiting or facts.touched:
        return Standing.IN_PROGRESS
    return Standing.NOT_STARTED


def course_standing(modules: list[Standing], *, touched: bool = False) -> Standing:
    """Complete when all are; not passed when one is; else whether anything was begun.

    `touched` tells of an attempt that belongs to no module.
    """
    if modules and all(one is Standing.COMPLETE for one in modules):
        return Standing.COMPLETE
    if Standing.NOT_PASSED in modules:
        return Standing.NOT_PASSED
    if not touched and all(one is Standing.NOT_STARTED for one in modules):
        return Standing.NOT_STARTED
    return Standing.IN_PROGRESS


def percent(done: int, total: int) -> int:
    """Whole per cent, rounded down, so that 100 means all."""
    return 100 * done // total if total else 0
