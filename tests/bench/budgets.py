"""What each act may cost: times its floor, at most so many statements, so many kB of raw HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """`ratio` to the floor with startproject's middleware; None where nothing was laid down."""

    ratio: float
    statements: int | None = None
    kilobytes: float | None = None


BUDGETS = {
    "sign-in page": Budget(2.5, 0, 6),
    "course": Budget(6, 6, 15),
    "lesson": Budget(6, 6, 20),
    "today": Budget(6, 6, 15),
    "start a quiz, and its page": Budget(5, 12, 20),
    "question": Budget(6, 6, 20),
    "save an answer": Budget(5, 5, 1),
    "hand in ten answers": Budget(8, 12),
    "result of ten": Budget(8, 7, 25),
    "teach: cohort": Budget(8, 8, 30),
    "teach: questions of a quiz": Budget(6, 6, 25),
    "oversee: unit": Budget(8, 8, 30),
}
