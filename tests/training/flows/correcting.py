"""What the tests of corrections share: people who sat a quiz, and a correction of its question."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document
from curriculum.questions import registry
from tests.factories.training import PersonFactory
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt, Item
from training.audit.actions import SITE
from training.flows import correcting
from training.flows.enrolling import enrol
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start
from training.grading.models import Correction

ALL = Correction.objects.all()


def sit(enrolment, at, answers=None, *, module=0, handed_in=True):
    """Sit the quiz of a module: right everywhere but where `answers` says otherwise, by slug."""
    trainee = enrolment.trainee
    course = course_of(enrolment.cohort.edition)
    attempt = start(enrolment, course.modules[module], at=at, by=trainee, seed=3)
    for item in attempt.items.select_related("document"):
        own = (answers or {}).get(item.document.slug, registry.key(item.kind, item.body))
        if own is not None:
            key = uuid.uuid4()
            with locked_item(Attempt.objects.all(), attempt.key, item.position, key) as one:
                record_answer(one, Save(own, key, 1), at=at)
    if handed_in:
        hand_in(Attempt.objects.all(), attempt.key, at=at + timedelta(minutes=1), by=trainee)
    attempt.refresh_from_db()
    return attempt


def someone(cohort, name, at):
    """Another trainee of the cohort."""
    return enrol(cohort, PersonFactory(username=name, name=name.title()), at=at, by=SITE)


@dataclass
class Wrong:
    """A question that was asked with a wrong key."""

    slug: str
    document: Document = field(init=False)

    def __post_init__(self):
        self.document = Document.objects.get(slug=self.slug, kind="question")

    def draft(self, amendment, policy="never-lower"):
        everybody = amendment["form"] == "everybody"
        revisions = frozenset(self.document.revisions.values_list("pk", flat=True))
        return correcting.Draft(
            self.document,
            revisions,
            amendment["form"],
            amendment,
            "credit-all" if everybody else policy,
        )

    def proposed(self, amendment, by, at, policy="never-lower"):
        return correcting.propose(
            self.draft(amendment, policy), uuid.uuid4(), reason="The key is wrong.", at=at, by=by
        )

    def corrected(self, amendment, by, second, at, policy="never-lower"):
        """Proposed by one, approved by a second person."""
        return approved(self.proposed(amendment, by, at, policy), second, at)


def approved(correction, by, at):
    effects = correcting.preview_of(correction)
    correcting.approve(ALL, correction.key, digest=effects.digest, reason="", at=at, by=by)
    return Correction.objects.with_all().get(pk=correction.pk)


def undone(correction, by, second, at):
    undo = correcting.propose_undo(
        ALL, correction.key, uuid.uuid4(), reason="It was right.", at=at, by=by
    )
    return approved(undo, second, at)


def standing():
    """The grade in force of every item, by its number: share and points."""
    return {
        item.pk: (item.grades.latest("pk").fraction, item.grades.latest("pk").points)
        for item in Item.objects.filter(grades__isnull=False).distinct()
    }
