"""Verdicts on items, and corrections of what was asked wrong.

All of it is added, never changed: the latest grade counts, the others remain.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from curriculum.documents.fixed import Fixed
from curriculum.documents.models import Document, Revision
from training.accounts.models import Person
from training.attempts.keys import new_key
from training.attempts.models import Item, LateDecision
from training.cohorts.models import Cohort
from training.cohorts.permissions import roles_of
from training.grading import correcting


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def seen_by(self, person: Person) -> CorrectionQuerySet:
        """All for authors and admins; for an instructor those of the courses they teach."""
        return self.filter(document__in=questions_of(person))

    def in_force(self) -> CorrectionQuerySet:
        """Applied and not undone, in the order in which they were applied."""
        undone = Decision.objects.filter(undoes=OuterRef("pk"))
        applied = self.filter(decision__outcome=Decision.Outcome.APPLIED, undoes__isnull=True)
        return applied.exclude(Exists(undone)).order_by("decision__pk")

    def waiting(self) -> CorrectionQuerySet:
        return self.filter(decision__isnull=True)

    def with_all(self) -> CorrectionQuerySet:
        """Each with its decision, its question, what it undoes, and what undid it."""
        return self.select_related("decision", "document__course", "undoes", "undone__correction")


def questions_of(person: Person) -> models.QuerySet[Document]:
    """The questions that this person may call wrong: those of the courses they write or teach."""
    questions = Document.objects.filter(kind="question")
    roles = roles_of(person)
    if roles.author or roles.admin:
        return questions
    return questions.filter(course__in=Cohort.objects.taught_by(person).values("course"))


def may_decide(person: Person) -> bool:
    """Whether this person may approve a correction that somebody else proposed."""
    roles = roles_of(person)
    return roles.author or roles.admin


class Correction(Fixed):
    """A question that was asked with a wrong key, and how its answers are to be marked instead.

    States: proposed; then, by the row in Decision, applied, rejected or withdrawn. An applied one
    may be undone by another, which names it in `undoes`. The frozen copies and the text of the
    course stay as they are. `counts` is what the preview said when it was proposed. Holds the name
    of who proposed it.
    """

    class Form(models.TextChoices):
        KEY = "key", _("another key")
        ALSO = "also", _("one more answer credited")
        EVERYBODY = "everybody", _("everybody credited")
        UNDO = "undo", _("an earlier correction undone")

    class Policy(models.TextChoices):
        NEVER_LOWER = correcting.Policy.NEVER_LOWER.value, _("no result is lowered")
        BOTH_WAYS = correcting.Policy.BOTH_WAYS.value, _("results rise and fall")
        CREDIT_ALL = correcting.Policy.CREDIT_ALL.value, _("full marks for everybody who was asked")

    key = models.UUIDField(unique=True, default=new_key, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, choices=Form.choices)
    amendment = models.JSONField(default=dict)
    policy = models.CharField(max_length=12, choices=Policy.choices)
    reason = models.CharField(max_length=500)
    undoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undoing"
    )
    counts = models.JSONField(default=dict)
    proposer_key = models.UUIDField()
    proposer_name = models.CharField(max_length=300)
    proposed_at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(form="undo", undoes__isnull=False)
                | ~Q(form="undo") & Q(undoes__isnull=True),
                name="an_undo_names_what_it_undoes",
            ),
            models.CheckConstraint(
                condition=Q(form="everybody", policy="credit-all")
                | Q(form="undo")
                | Q(form__in=["key", "also"], policy__in=["never-lower", "both-ways"]),
                name="policy_fits_the_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.form}, {self.proposed_at:%Y-%m-%d}"

    @property
    def step(self) -> correcting.Step:
        """The correction as it bears on marking. An undo bears on nothing by itself."""
        return correcting.Step(self.pk or 0, self.amendment, correcting.Policy(self.policy))


class CorrectedRevision(Fixed):
    """One revision of a question that a correction concerns: every copy of it is marked anew."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="revisions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="corrected")

    class Meta:
        ordering = ["correction", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "revision"], name="revision_once_a_correction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction} of {self.revision}"


class Decision(Fixed):
    """What became of a correction; there is one at most. `counts` is what applying it changed.

    `undoes` repeats what the correction undoes, so that the database lets it be undone only once.
    Holds the name of who decided.
    """

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("applied")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    correction = models.OneToOneField(Correction, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    undoes = models.OneToOneField(
        Correction, on_delete=models.PROTECT, null=True, blank=True, related_name="undone"
    )
    decider_key = models.UUIDField()
    decider_name = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, blank=True)
    counts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undoes__isnull=True) | Q(outcome="applied"),
                name="only_an_applied_correction_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction}: {self.outcome}"


class Grade(Fixed):
    """One verdict on one item. `parts` holds the share earned by each part of the answer.

    A decision on late answers gives a verdict on the answer that counts by it, and with it anew
    those of the corrections in force; all of them name it in `late_decision`.
    """

    class Source(models.TextChoices):
        AUTOMATIC = "automatic", _("automatic")
        HAND = "hand", _("by hand")
        CORRECTION = "correction", _("correction")
        DECISION = "decision", _("by a decision on late answers")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="grades")
    fraction = models.DecimalField(max_digits=6, decimal_places=5)
    points = models.DecimalField(max_digits=8, decimal_places=4)
    out_of = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=10, choices=Source.choices)
    parts = models.JSONField(default=dict)
    marker = models.CharField(max_length=300, blank=True)
    correction = models.ForeignKey(
        Correction, on_delete=models.PROTECT, null=True, blank=True, related_name="grades"
    )
    late_decision = models.ForeignKey(
        LateDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="grades"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["item", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(source="automatic"),
                name="one_automatic_grade_an_item",
            ),
            models.CheckConstraint(
                condition=Q(fraction__gte=0, fraction__lte=1), name="fraction_within_bounds"
            ),
            models.UniqueConstraint(
                fields=["item", "correction"],
                condition=Q(correction__isnull=False, late_decision__isnull=True),
                name="one_grade_a_correction",
            ),
            models.UniqueConstraint(
                fields=["item", "correction", "late_decision"],
                condition=Q(correction__isnull=False, late_decision__isnull=False),
                name="one_grade_a_correction_and_decision",
            ),
            models.UniqueConstraint(
                fields=["item", "late_decision"],
                condition=Q(source="decision"),
                name="one_grade_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(source="decision") | Q(late_decision__isnull=False),
                name="a_decided_grade_names_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(source="correction", correction__isnull=False)
                | ~Q(source="correction") & Q(correction__isnull=True),
                name="a_corrected_grade_names_its_correction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.points} of {self.out_of}"
