"""The list of training's tables. Each is defined in its own room; import it from there."""

from training.accounts.models import Appointment, Invitation, Person, Tries, Unit
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import (
    Attempt,
    Confirmed,
    DecidedAnswer,
    Flag,
    Item,
    LateDecision,
    Response,
)
from training.audit.models import AuditEntry, AuditSeal
from training.cohorts.models import Cohort, Enrolment, Roster, RosterEffect, Staffing
from training.evidence.models import Evidence
from training.grading.models import CorrectedRevision, Correction, Decision, Grade
from training.headcounts.models import Counted, Headcount, ToCount, Turn
from training.mail.models import Mail
from training.marking.models import Draft, Mark, Sheet, Unveiling
from training.notices.models import Notice
from training.progress.models import CourseProgress, ModuleProgress, Score, Waiver
from training.reading.models import LessonRead, Place
from training.statistics.models import ItemSums, QuizSums
from training.terms.models import QuizTerms
from training.tickets.models import Ticket

__all__ = [
    "Appointment",
    "Attempt",
    "AuditEntry",
    "AuditSeal",
    "Cohort",
    "Confirmed",
    "CorrectedRevision",
    "Correction",
    "Counted",
    "CourseProgress",
    "DecidedAnswer",
    "Decision",
    "Draft",
    "Enrolment",
    "Evidence",
    "Flag",
    "Grade",
    "Headcount",
    "Invitation",
    "Item",
    "ItemSums",
    "LateDecision",
    "LessonRead",
    "LoadedAnswer",
    "Mark",
    "Mail",
    "ModuleProgress",
    "Notice",
    "Person",
    "Place",
    "QuizSums",
    "QuizTerms",
    "Response",
    "Roster",
    "RosterEffect",
    "Score",
    "Sheet",
    "Staffing",
    "Ticket",
    "ToCount",
    "Tries",
    "Turn",
    "Unit",
    "Unveiling",
    "Waiver",
]
