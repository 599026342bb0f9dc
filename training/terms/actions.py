"""Setting the terms on which a cohort sits a quiz, and what is in force by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from curriculum.quizzes.release import Matrix
from curriculum.quizzes.rules import QuizRules
from training.attempts.rules import Window
from training.attempts.terms_in_force import InForce
from training.audit import actions as audit
from training.cohorts.models import Cohort
from training.terms.models import QuizTerms


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an instructor sets. `release` is None where the quiz file shall rule."""

    window: Window
    start_code: str
    networks: tuple[str, ...]
    release: Matrix | None


def in_force(terms: QuizTerms, rules: QuizRules) -> InForce:
    """What an attempt is sat under: the cohort's release goes before that of the quiz file."""
    return InForce(terms.window, terms.matrix or rules.release, tuple(terms.networks))


def set_terms(
    cohort: Cohort, quiz: int, wanted: Wanted, reason: str, *, at: datetime, by: audit.Actor
) -> QuizTerms:
    """Store the terms of a quiz, in the caller's transaction, with before and after in the audit.

    `quiz` is the row number of its document. The code itself is not written into the trail.
    """
    terms = QuizTerms.objects.select_for_update().filter(cohort=cohort, quiz=quiz).first()
    terms = terms or QuizTerms(cohort=cohort, quiz_id=quiz)
    before = _noted(terms)
    terms.opens_at, terms.closes_at = wanted.window.opens_at, wanted.window.closes_at
    terms.start_code, terms.networks = wanted.start_code, list(wanted.networks)
    terms.release = None if wanted.release is None else wanted.release.as_dict()
    terms.save()
    thing = ("cohort", cohort.key)
    detail = {"quiz": quiz, "before": before, "after": _noted(terms), "reason": reason}
    audit.record(by, "set the rules of a quiz", thing, at=at, **detail)
    return terms


def _noted(terms: QuizTerms) -> dict[str, object]:
    return {
        "opens": terms.opens_at and terms.opens_at.isoformat(),
        "closes": terms.closes_at and terms.closes_at.isoformat(),
        "code": bool(terms.start_code),
        "networks": list(terms.networks),
        "release": terms.release,
    }
