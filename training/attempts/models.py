"""One store for every act of answering: module quiz, final test and inline check alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from curriculum.documents.fixed import Fixed
from curriculum.documents.models import Document, Edition, Revision
from curriculum.questions.registry import BY_HAND
from training.accounts.models import Person
from training.attempts import rules, way
from training.attempts.keys import new_key
from training.attempts.terms_in_force import InForce
from training.cohorts.models import Enrolment


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, person: Person) -> AttemptQuerySet:
        """Only this trainee's own attempts: every learner page starts here.

        A withdrawn trainee keeps the records and loses the page.
        """
        return self.filter(enrolment__trainee=person, enrolment__state=Enrolment.State.ACTIVE)

    def taught_by(self, person: Person) -> AttemptQuerySet:
        return self.filter(enrolment__cohort__staffing__person=person)

    def overseen_by(self, person: Person) -> AttemptQuerySet:
        return self.filter(enrolment__in=Enrolment.objects.overseen_by(person))

    def quizzes(self) -> AttemptQuerySet:
        return self.filter(purpose=Attempt.Purpose.QUIZ)

    def open(self) -> AttemptQuerySet:
        return self.filter(handed_in_at__isnull=True)

    def chosen(self, keys: Sequence[UUID] | None) -> AttemptQuerySet:
        """Those with these keys; all where there are none to choose by."""
        return self.all() if keys is None else self.filter(key__in=keys)

    def overdue(self, at: datetime) -> AttemptQuerySet:
        """Open although their time is over: whoever sees one closes it."""
        return self.open().filter(due_at__lt=at)

    def marked(self) -> AttemptQuerySet:
        """Quizzes handed in of which no question waits for a marker."""
        unmarked = Item.objects.filter(attempt=OuterRef("pk"), grades__isnull=True)
        return self.quizzes().filter(~Exists(unmarked), handed_in_at__isnull=False)

    def uncounted(self) -> AttemptQuerySet:
        """Quizzes handed in and wholly marked that the statistics have not counted yet.

        Wholly marked is what has a score: each page of statistics asks, and of papers that wait for
        a marker there may be hundreds, each with its questions and their grades.
        """
        waiting = self.quizzes().filter(handed_in_at__isnull=False, counted_at__isnull=True)
        return waiting.filter(score__isnull=False)

    def with_firstness(self) -> AttemptQuerySet:
        """Each with whether its trainee tried the same quiz before, in any cohort (`again`)."""
        return self.annotate(again=Exists(self._earlier()))

    def firsts(self) -> AttemptQuerySet:
        """Only those before which their trainee never tried the same quiz."""
        return self.filter(~Exists(self._earlier()))

    @staticmethod
    def _earlier() -> models.QuerySet[Attempt]:
        return Attempt.objects.filter(
            purpose=Attempt.Purpose.QUIZ,
            document=OuterRef("document"),
            enrolment__trainee=OuterRef("enrolment__trainee"),
            pk__lt=OuterRef("pk"),
        )

    def locked(self) -> AttemptQuerySet:
        """The attempt and its enrolment, held until the transaction ends (PostgreSQL).

        SQLite has one writer at a time (BEGIN IMMEDIATE), so there the lock is the transaction.
        """
        held = self.select_for_update(of=("self", "enrolment"))
        return held.select_related("enrolment__cohort__edition")

    def held(self, key: UUID) -> Attempt:
        """The one of these with this key, locked. Raises Attempt.DoesNotExist."""
        return self.locked().get(key=key)


class Attempt(models.Model):
    """One sitting of one quiz, or one answer to an inline check.

    What was asked and the rules in force are frozen at the start. `module` is where the quiz
    stands, or the course. Personal data by reference: whose enrolment it is, and when they worked.
    """

    class Purpose(models.TextChoices):
        QUIZ = "quiz", _("quiz")
        CHECK = "check", _("check")

    class Closer(models.TextChoices):
        TRAINEE = "trainee", _("trainee")
        CLOCK = "clock", _("clock")
        STAFF = "staff", _("instructor")

    key = models.UUIDField(unique=True, default=new_key, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    module = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    # The secret by which its pages name the options. Attempts from before there was one have none.
    naming = models.UUIDField(null=True, editable=False)
    rules = models.JSONField(default=dict)
    accommodation = models.JSONField(default=dict)
    # Window, release and network: `terms_in_force.InForce.as_dict`. Empty where all is as usual.
    terms = models.JSONField(default=dict)
    # The window and release that its result goes by, where they were changed since the hand-in.
    result_terms = models.JSONField(null=True, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=10, choices=Closer.choices, blank=True)
    # The question that is open now, where the paper is taken one question after the other.
    reached = models.PositiveSmallIntegerField(null=True, blank=True)
    # When an instructor released the result by hand.
    released_at = models.DateTimeField(null=True, blank=True)
    # When the statistics counted it; empty until somebody looks at them.
    counted_at = models.DateTimeField(null=True, blank=True)

    # What `with_firstness` adds.
    again: bool

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "document"],
                condition=Q(handed_in_at__isnull=True),
                name="one_open_attempt_a_quiz",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "document", "number"], name="attempt_number_unique"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="attempt_number_from_one"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gte=F("started_at")),
                name="attempt_due_after_start",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(handed_in_at__gte=F("started_at")),
                name="attempt_handed_in_after_start",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True, closed_by="")
                | Q(handed_in_at__isnull=False) & ~Q(closed_by=""),
                name="attempt_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reached__isnull=True) | Q(reached__gte=1),
                name="attempt_reached_from_one",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(handed_in_at__isnull=False, released_at__gte=F("handed_in_at")),
                name="attempt_released_after_hand_in",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(handed_in_at__isnull=True),
                name="attempts_still_open",
            ),
            models.Index(
                fields=["revision"],
                condition=Q(purpose="quiz", handed_in_at__isnull=False, counted_at__isnull=True),
                name="attempts_not_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.document} no. {self.number}"

    def is_open(self, at: datetime) -> bool:
        return rules.is_open(self.handed_in_at, self.due_at, at)

    def closed(self, position: int) -> way.Closed | None:
        """Why the question at this position cannot be opened or answered now; None if it can."""
        return way.closed(self.reached, position)

    @property
    def in_force(self) -> InForce:
        """The terms on which it is sat."""
        return InForce.from_dict(self.terms)

    @property
    def of_result(self) -> InForce:
        """The terms by which its result is released."""
        return InForce.from_dict(self.terms if self.result_terms is None else self.result_terms)

    def seconds_left(self, at: datetime) -> int | None:
        """Whole seconds until the deadline, never below 0; None without a time limit."""
        return rules.seconds_left(self.due_at, at)


class ItemQuerySet(models.QuerySet["Item"]):
    def with_answers(self, by: datetime | None = None) -> ItemQuerySet:
        """Each with its answer in force, then (`by`) or now: decided on, or the last in time."""
        decided = DecidedAnswer.objects.filter(item=OuterRef("pk")).order_by("-pk")
        decided = decided if by is None else decided.filter(decision__at__lte=by)
        answers = Response.objects.filter(item=OuterRef("pk"), late=False).order_by("-sequence")
        newest = Response.objects.filter(item=OuterRef("pk")).order_by("-sequence")
        return self.annotate(
            answer_now=Coalesce(
                Subquery(decided.values("response__answer")[:1]),
                Subquery(answers.values("answer")[:1]),
            ),
            answered_at=Subquery(answers.values("received_at")[:1]),
            sequence_now=Subquery(newest.values("sequence")[:1]),
            flagged_at=F("flag__at"),
        )

    def with_confirmed(self) -> ItemQuerySet:
        """Each item with when its answer was confirmed (`confirmed_at`), None if it was not."""
        return self.annotate(confirmed_at=F("confirmed__at"))

    def with_decided(self) -> ItemQuerySet:
        """Each item with its latest decision, and the late response that counts by it, or None."""
        decided = DecidedAnswer.objects.filter(item=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            decided_now=Subquery(decided.values("response")[:1]),
            decision_now=Subquery(decided.values("decision")[:1]),
        )

    def waiting(self) -> ItemQuerySet:
        """Written answers that nobody marked yet."""
        return self.filter(kind__in=BY_HAND, grades__isnull=True)

    def without_waiting(self) -> ItemQuerySet:
        """Without those: nothing of a rubric is told before."""
        return self.exclude(pk__in=Item.objects.waiting().order_by().values("pk"))

    def with_repeated(self, save_key: UUID) -> ItemQuerySet:
        """Each item with whether a save of this key came before (`repeated`), and what it said."""
        saves = Response.objects.filter(item=OuterRef("pk"))
        same = saves.filter(key=save_key)
        return self.annotate(
            repeated=Exists(same),
            repeated_answer=Subquery(same.values("answer")[:1]),
            repeated_certainty=Subquery(same.values("certainty")[:1]),
        )


class Item(Fixed):
    """One question as this trainee was asked it: a frozen copy. Later edits change nothing.

    `body` is the compiled question with its key and feedback: it stays on the server until the
    release. `order` is the order in which options were shown, by their authored ids.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    objective = models.SlugField(max_length=120)
    objective_text = models.CharField(max_length=300)
    level = models.CharField(max_length=20)
    lesson_slug = models.CharField(max_length=120, blank=True)
    body = models.JSONField()
    order = models.JSONField(default=list)
    points = models.DecimalField(max_digits=6, decimal_places=2, default=1)

    objects = ItemQuerySet.as_manager()

    # What `with_answers` adds; `repeated` and its answer come from `with_repeated`.
    answer_now: dict[str, object] | None
    answered_at: datetime | None
    sequence_now: int | None
    flagged_at: datetime | None
    confirmed_at: datetime | None
    repeated: bool
    repeated_answer: dict[str, object] | None
    repeated_certainty: int | None
    # What `certainty.with_certainty` adds.
    asks_certainty: bool | None = None
    certainty_now: int | None = None

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="item_position_unique"),
            models.UniqueConstraint(fields=["attempt", "document"], name="question_asked_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="item_has_points"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} #{self.position}"


class Flag(models.Model):
    """The trainee wants to look at this item again. Present or not; nothing depends on it."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="flag")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item} flagged"


class Confirmed(Fixed):
    """The trainee confirmed the answer to this item and was shown what is right: it is locked."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="confirmed")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item} confirmed"


class Response(Fixed):
    """What was answered, when. Rows are added, never changed; the last by sequence is the answer.

    `key` is made by the client for each save, so that the same save sent twice counts once;
    `sequence` is one more than the newest the page had seen, so that of two pages only one can
    take the next place. A late response (received after the time was over, or while the question
    was closed to the trainee) is kept and not graded, unless a DecidedAnswer counts it.

    `certainty` says how sure the trainee was, 1 (a guess) to 3; it never touches the mark.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="responses")
    key = models.UUIDField()
    sequence = models.PositiveIntegerField()
    answer = models.JSONField()
    received_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    certainty = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["item", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="save_sent_twice_counts_once"),
            models.UniqueConstraint(fields=["item", "sequence"], name="one_save_a_sequence"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="sequence_from_one"),
            models.CheckConstraint(
                condition=Q(certainty__isnull=True) | Q(certainty__range=(1, 3)),
                name="certainty_from_one_to_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} save {self.sequence}"


class LateDecision(Fixed):
    """Which answers of a handed-in attempt count; another undoes it. Holds who decided by name."""

    key = models.UUIDField(unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="late_decisions")
    reason = models.CharField(max_length=500)
    decider_key = models.UUIDField()
    decider_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="decided_for_a_reason")]

    def __str__(self) -> str:
        return f"{self.attempt}, decided {self.at:%Y-%m-%d}"


class DecidedAnswer(Fixed):
    """The answer to an item that counts by a decision: a late one, or the last in time (None)."""

    decision = models.ForeignKey(LateDecision, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decided")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "item"], name="decided_once_a_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.decision}"
