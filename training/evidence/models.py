"""The ledger: who showed what, on which objective, when, against which revision."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from curriculum.documents.fixed import Fixed
from curriculum.documents.models import Document, Revision
from training.accounts.models import Person
from training.attempts.models import Attempt


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of(self, person: Person) -> "EvidenceQuerySet":
        return self.filter(person=person)

    def in_force(self) -> "EvidenceQuerySet":
        """Without what a later piece replaces: one piece for each thing that was shown."""
        later = Evidence.objects.filter(replaces=OuterRef("key"))
        return self.exclude(Exists(later))


class Evidence(Fixed):
    """One thing shown by one person on one objective. Added, never changed.

    `key` follows from what it is evidence of, so that two ledgers merge as a set union. Where a
    question is corrected, a piece is added that `replaces` the one before, at the same time `at`:
    what was shown, was shown then.
    """

    class Kind(models.TextChoices):
        CHECK = "check", _("check")
        QUIZ = "quiz", _("quiz")
        # In a pre-test: shown without having attended anything.
        ASSESSED = "assessed", _("assessed")
        EXERCISE = "exercise", _("exercise")
        REVIEW = "review", _("review")
        OBSERVED = "observed", _("observed")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence")
    course = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    objective = models.SlugField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    outcome = models.DecimalField(max_digits=6, decimal_places=5)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    replaces = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["person", "at", "id"]
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__gte=0, outcome__lte=1), name="outcome_within_bounds"
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(replaces__isnull=False),
                name="replaced_at_most_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "course", "objective"], name="evidence_lookup")]

    def __str__(self) -> str:
        return f"{self.person}: {self.objective} {self.outcome}"
