"""People, cohorts and learner records as bare rows."""

import hashlib
import uuid
from datetime import timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOON
from tests.factories.curriculum import (
    EditionFactory,
    LessonFactory,
    ModuleFactory,
    QuestionFactory,
    QuizFactory,
    RevisionFactory,
)
from training.accounts.models import STEP, Appointment, Invitation, Person, Role, Unit
from training.attempts.models import Attempt, Confirmed, Flag, Item, Response
from training.audit.models import AuditEntry, AuditSeal
from training.cohorts.models import Cohort, Enrolment, Roster, RosterEffect, Staffing
from training.evidence.models import Evidence
from training.grading.models import CorrectedRevision, Correction, Decision, Grade
from training.mail.models import Mail
from training.notices.models import Notice
from training.progress.models import CourseProgress, ModuleProgress, Score, State
from training.reading.models import LessonRead, Place
from training.statistics import bands, times
from training.statistics.models import ItemSums, QuizSums
from training.terms.models import QuizTerms
from training.tickets.models import Ticket

PASSWORD = "a plain sentence to sign in with"


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    class Params:
        serial = factory.Sequence(lambda number: number)

    name = factory.LazyAttribute(lambda it: f"Unit {it.serial}")
    code = factory.LazyAttribute(lambda it: f"U{it.serial}")
    parent = None
    path = factory.LazyAttribute(
        lambda it: (it.parent.path if it.parent else "") + str(it.serial).zfill(STEP)
    )


class PersonFactory(DjangoModelFactory):
    """Somebody without any role. Signs in with PASSWORD."""

    class Meta:
        model = Person

    username = factory.Sequence(lambda number: f"person-{number}")
    name = factory.LazyAttribute(lambda it: it.username.replace("-", " ").title())

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, password=PASSWORD, **kwargs)


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    role = Role.AUTHOR


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    person = factory.SubFactory(PersonFactory)
    digest = factory.Sequence(lambda number: hashlib.sha256(str(number).encode()).hexdigest())
    created_at = NOON
    expires_at = NOON + timedelta(days=7)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    name = factory.Sequence(lambda number: f"Cohort {number}")
    edition = factory.SubFactory(EditionFactory)
    course = factory.SelfAttribute("edition.course")
    starts_on = NOON.date()


class StaffingFactory(DjangoModelFactory):
    class Meta:
        model = Staffing

    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory)
    since = NOON


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    cohort = factory.SubFactory(CohortFactory)
    trainee = factory.SubFactory(PersonFactory)
    enrolled_at = NOON


class RosterFactory(DjangoModelFactory):
    class Meta:
        model = Roster

    cohort = factory.SubFactory(CohortFactory)
    text = "name,service_number\n"
    created_at = NOON
    created_by = factory.SubFactory(PersonFactory)


class RosterEffectFactory(DjangoModelFactory):
    class Meta:
        model = RosterEffect

    roster = factory.SubFactory(RosterFactory)
    line = factory.Sequence(lambda number: number + 2)
    person = factory.SubFactory(PersonFactory)
    name = factory.LazyAttribute(lambda it: it.person.shown_name)
    made_person = True


class LessonReadFactory(DjangoModelFactory):
    class Meta:
        model = LessonRead

    enrolment = factory.SubFactory(EnrolmentFactory)
    lesson = factory.SubFactory(
        LessonFactory, parent__course=factory.SelfAttribute("...enrolment.cohort.course")
    )
    revision = factory.SubFactory(RevisionFactory, document=factory.SelfAttribute("..lesson"))
    at = NOON


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    enrolment = factory.SubFactory(EnrolmentFactory)
    lesson = factory.SubFactory(
        LessonFactory, parent__course=factory.SelfAttribute("...enrolment.cohort.course")
    )
    paragraph = 1
    at = NOON


class AttemptFactory(DjangoModelFactory):
    """An open attempt without items."""

    class Meta:
        model = Attempt

    enrolment = factory.SubFactory(EnrolmentFactory)
    purpose = Attempt.Purpose.QUIZ
    edition = factory.SelfAttribute("enrolment.cohort.edition")
    document = factory.SubFactory(
        QuizFactory, parent__course=factory.SelfAttribute("...enrolment.cohort.course")
    )
    module = factory.SelfAttribute("document.parent")
    revision = factory.SubFactory(RevisionFactory, document=factory.SelfAttribute("..document"))
    number = 1
    seed = 7
    started_at = NOON


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = Item

    attempt = factory.SubFactory(AttemptFactory)
    position = factory.Sequence(lambda number: number + 1)
    document = factory.SubFactory(QuestionFactory, parent=factory.SelfAttribute("..attempt.module"))
    revision = factory.SubFactory(RevisionFactory, document=factory.SelfAttribute("..document"))
    kind = "single"
    objective = "state-the-rule"
    objective_text = "State the rule."
    level = "recall"
    body = factory.Dict({})


class FlagFactory(DjangoModelFactory):
    class Meta:
        model = Flag

    item = factory.SubFactory(ItemFactory)
    at = NOON


class ConfirmedFactory(DjangoModelFactory):
    class Meta:
        model = Confirmed

    item = factory.SubFactory(ItemFactory)
    at = NOON


class ResponseFactory(DjangoModelFactory):
    class Meta:
        model = Response

    item = factory.SubFactory(ItemFactory)
    key = factory.LazyFunction(uuid.uuid4)
    sequence = 1
    answer = factory.Dict({})
    received_at = NOON


class GradeFactory(DjangoModelFactory):
    class Meta:
        model = Grade

    item = factory.SubFactory(ItemFactory)
    fraction = Decimal(1)
    points = Decimal(1)
    out_of = Decimal(1)
    source = Grade.Source.AUTOMATIC
    at = NOON


class CorrectionFactory(DjangoModelFactory):
    """Proposed, and nothing decided."""

    class Meta:
        model = Correction

    document = factory.SubFactory(QuestionFactory)
    form = Correction.Form.EVERYBODY
    amendment = factory.Dict({"form": "everybody"})
    policy = Correction.Policy.CREDIT_ALL
    reason = "No option was right."
    proposer_key = factory.LazyFunction(uuid.uuid4)
    proposer_name = "Maj Ines Instructor"
    proposed_at = NOON


class CorrectedRevisionFactory(DjangoModelFactory):
    class Meta:
        model = CorrectedRevision

    correction = factory.SubFactory(CorrectionFactory)
    revision = factory.SubFactory(
        RevisionFactory, document=factory.SelfAttribute("..correction.document")
    )


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    correction = factory.SubFactory(CorrectionFactory)
    outcome = Decision.Outcome.APPLIED
    decider_key = factory.LazyFunction(uuid.uuid4)
    decider_name = "Ada Admin"
    at = NOON


class MailFactory(DjangoModelFactory):
    """A text that waits."""

    class Meta:
        model = Mail

    kind = Mail.Kind.TEXT
    address = "somebody@halvenia.example"
    subject = "A subject"
    text = "A text."
    created_at = NOON
    due_at = NOON


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    enrolment = factory.SubFactory(EnrolmentFactory)
    person = factory.SelfAttribute("enrolment.trainee")
    kind = Notice.Kind.QUIZ_CORRECTED
    at = NOON


class TicketFactory(DjangoModelFactory):
    class Meta:
        model = Ticket

    item = factory.SubFactory(ItemFactory)
    text = "The key is wrong."
    at = NOON


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    person = factory.SubFactory(PersonFactory)
    revision = factory.SubFactory(RevisionFactory)
    course = factory.SelfAttribute("revision.document.course")
    objective = "state-the-rule"
    kind = Evidence.Kind.QUIZ
    outcome = Decimal(1)
    at = NOON


class ScoreFactory(DjangoModelFactory):
    class Meta:
        model = Score

    attempt = factory.SubFactory(
        AttemptFactory, handed_in_at=NOON, closed_by=Attempt.Closer.TRAINEE
    )
    points = Decimal(8)
    out_of = Decimal(10)
    percent = Decimal(80)
    passed = True


class ModuleProgressFactory(DjangoModelFactory):
    class Meta:
        model = ModuleProgress

    enrolment = factory.SubFactory(EnrolmentFactory)
    module = factory.SubFactory(
        ModuleFactory, course=factory.SelfAttribute("..enrolment.cohort.course")
    )
    position = factory.SelfAttribute("module.position")
    lessons_total = 3
    has_quiz = True


class CourseProgressFactory(DjangoModelFactory):
    class Meta:
        model = CourseProgress

    enrolment = factory.SubFactory(EnrolmentFactory)
    steps_total = 4
    modules_total = 1
    state = State.NOT_STARTED
    began_at = factory.SelfAttribute("enrolment.enrolled_at")


class AuditEntryFactory(DjangoModelFactory):
    class Meta:
        model = AuditEntry

    at = NOON
    actor_key = factory.LazyFunction(uuid.uuid4)
    actor_name = "Ada Admin"
    verb = "looked at"
    object_kind = "cohort"
    object_key = factory.LazyFunction(lambda: str(uuid.uuid4()))


class AuditSealFactory(DjangoModelFactory):
    class Meta:
        model = AuditSeal

    first_id = factory.SelfAttribute("last_id")
    last_id = factory.Sequence(lambda number: number + 1)
    digest = factory.Sequence(lambda number: hashlib.sha256(str(number).encode()).hexdigest())
    at = NOON


class QuizSumsFactory(DjangoModelFactory):
    class Meta:
        model = QuizSums

    quiz = factory.SubFactory(RevisionFactory)
    n = 1
    scores = factory.LazyFunction(bands.empty)


class ItemSumsFactory(DjangoModelFactory):
    class Meta:
        model = ItemSums

    quiz = factory.SubFactory(RevisionFactory)
    question = factory.SubFactory(RevisionFactory)
    n = 1
    times = factory.LazyFunction(times.empty)


class QuizTermsFactory(DjangoModelFactory):
    class Meta:
        model = QuizTerms

    cohort = factory.SubFactory(CohortFactory)
    quiz = factory.SubFactory(QuizFactory, course=factory.SelfAttribute("..cohort.course"))
