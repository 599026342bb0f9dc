"""What of a result is shown, and when: the release matrix of a quiz. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum


class What(StrEnum):
    """What a result holds, from the least telling to the most."""

    SCORE = "score"  # the score, and whether it passes
    OBJECTIVES = "objectives"  # the outcome by objective
    RIGHT = "right"  # each question with the own answer: right or wrong, and its points
    KEY = "key"  # the right answers
    FEEDBACK = "feedback"  # why each answer is right or wrong, and the explanation
    PANEL = "panel"  # how a panel's votes are spread


class When(StrEnum):
    """Each moment comes no earlier than the one before it in this list."""

    EACH = "each"  # after each question, once its answer is confirmed
    HAND_IN = "hand-in"
    WINDOW = "window"  # when the window is over for everybody of the cohort
    BY_HAND = "by-hand"  # when the instructor releases it
    NEVER = "never"


ORDER = tuple(When)

# What would give away something else, with what it gives away.
TELLS = (
    (What.OBJECTIVES, What.SCORE),
    (What.RIGHT, What.SCORE),
    (What.KEY, What.RIGHT),
    (What.FEEDBACK, What.KEY),
    (What.PANEL, What.KEY),
)


@dataclass(frozen=True, slots=True)
class Matrix:
    """When each part of a result is shown."""

    score: When = When.HAND_IN
    objectives: When = When.HAND_IN
    right: When = When.HAND_IN
    key: When = When.HAND_IN
    feedback: When = When.HAND_IN
    panel: When = When.HAND_IN

    def when(self, what: What) -> When:
        found: When = getattr(self, what)
        return found

    @property
    def after_each(self) -> bool:
        """Whether an answer can be confirmed and seen at once, while the quiz runs."""
        return self.right is When.EACH

    @property
    def of_window(self) -> bool:
        """Whether anything waits for the end of the window."""
        return any(getattr(self, what) is When.WINDOW for what in What)

    def as_dict(self) -> dict[str, str]:
        return {what.value: self.when(what).value for what in What}

    @classmethod
    def from_dict(cls, value: Mapping[str, str]) -> Matrix:
        """The inverse of `as_dict`; what is missing is shown after handing in."""
        return cls(**{one.name: When(value.get(one.name, When.HAND_IN)) for one in fields(cls)})


class Preset(StrEnum):
    """The matrices that have a name."""

    PRACTICE = "practice"
    HAND_IN = "after-hand-in"
    EXAM = "exam"
    BY_HAND = "by-hand"


def _all(when: When) -> Matrix:
    return Matrix(**{what.value: when for what in What})


PRESETS = {
    Preset.PRACTICE: Matrix(right=When.EACH, key=When.EACH, feedback=When.EACH, panel=When.EACH),
    Preset.HAND_IN: _all(When.HAND_IN),
    Preset.EXAM: Matrix(
        objectives=When.WINDOW,
        right=When.WINDOW,
        key=When.WINDOW,
        feedback=When.WINDOW,
        panel=When.WINDOW,
    ),
    Preset.BY_HAND: _all(When.BY_HAND),
}
USUAL = PRESETS[Preset.HAND_IN]


def preset_of(matrix: Matrix) -> Preset | None:
    """The name of this matrix; None if it has none."""
    return next((name for name, one in PRESETS.items() if one == matrix), None)


def contradictions(matrix: Matrix) -> Iterator[tuple[What, What]]:
    """Each part that would be shown before another that it gives away: the part, and the other.

    A score and its objectives exist from the hand-in on, so `each` says no more than that of them.
    """
    for telling, told in TELLS:
        first, then = matrix.when(told), matrix.when(telling)
        least = When.EACH if told in (What.RIGHT, What.KEY) else When.HAND_IN
        if ORDER.index(max(first, least, key=ORDER.index)) > ORDER.index(
            max(then, least, key=ORDER.index)
        ):
            yield telling, told
