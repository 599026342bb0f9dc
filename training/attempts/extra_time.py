"""Extra time: what a person is given for everything timed, and what one attempt was given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from curriculum.quizzes.rules import QuizRules
from training.accounts.models import Person
from training.attempts import rules
from training.attempts.models import Attempt
from training.attempts.rules import Accommodation
from training.attempts.terms_in_force import InForce


def accommodation_of(person: Person) -> Accommodation:
    """What this person is given now. No query."""
    return Accommodation(Fraction(person.time_factor), person.extra_minutes, person.unlimited_time)


def frozen(accommodation: Accommodation, added_minutes: int = 0) -> dict[str, object]:
    """What an attempt keeps of it; empty where there is none."""
    if accommodation == rules.NONE and not added_minutes:
        return {}
    return {
        "factor": str(accommodation.factor),
        "minutes": accommodation.minutes,
        "unlimited": accommodation.unlimited,
        "added": added_minutes,
    }


def thawed(attempt: Attempt) -> Accommodation:
    """The accommodation in force in an attempt."""
    kept = attempt.accommodation
    return Accommodation(
        Fraction(kept.get("factor", "1")), kept.get("minutes", 0), kept.get("unlimited", False)
    )


def added_minutes(attempt: Attempt) -> int:
    """Minutes that were added to this one attempt while it ran."""
    return minutes_added(attempt.accommodation)


def minutes_added(kept: Mapping[str, Any]) -> int:
    """The same from what an attempt keeps of it (`frozen`)."""
    return int(kept.get("added", 0))


def reckon(attempt: Attempt, accommodation: Accommodation, minutes: int) -> datetime | None:
    """When the attempt's time is over with this accommodation and so many minutes added."""
    limit = QuizRules.from_dict(attempt.rules).limit
    added, window = timedelta(minutes=minutes), attempt.in_force.window
    return rules.deadline(attempt.started_at, limit, accommodation, added, window)


def give(attempt: Attempt, accommodation: Accommodation, minutes: int) -> bool:
    """Move the deadline of an open attempt that is held by the caller. Returns whether it moved.

    Time that somebody was promised is never taken away again while they work.
    """
    due = reckon(attempt, accommodation, minutes)
    if not _is_later(due, attempt.due_at):
        return False
    attempt.accommodation = frozen(accommodation, minutes)
    attempt.due_at = due
    attempt.save(update_fields=["accommodation", "due_at"])
    return True


def put_under(attempt: Attempt, terms: InForce) -> bool:
    """Give an open attempt that is held by the caller new terms. Returns whether it has more time.

    A window that ends sooner shortens nothing that runs, for the same reason.
    """
    due = due_under(attempt, terms)
    attempt.terms = terms.as_dict()
    moved = _is_later(due, attempt.due_at)
    if moved:
        attempt.due_at = due
    attempt.save(update_fields=["terms", "due_at"])
    return moved


def due_under(attempt: Attempt, terms: InForce) -> datetime | None:
    """When the attempt's time would be over under these terms."""
    limit = QuizRules.from_dict(attempt.rules).limit
    added = timedelta(minutes=added_minutes(attempt))
    return rules.deadline(attempt.started_at, limit, thawed(attempt), added, terms.window)


def would_move(attempt: Attempt, terms: InForce) -> bool:
    """Whether these terms would leave an open attempt more time."""
    return _is_later(due_under(attempt, terms), attempt.due_at)


def _is_later(due: datetime | None, than: datetime | None) -> bool:
    """Whether one deadline leaves more time than another; None is without end."""
    return than is not None and (due is None or due > than)
