"""On which terms a cohort sits a quiz of its course."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from curriculum.documents.models import Document
from curriculum.quizzes.release import Matrix
from training.attempts.rules import Window
from training.cohorts.models import Cohort


class QuizTerms(models.Model):
    """What the instructors of a cohort set for one quiz beside the rules in its file.

    A row is there once somebody set something; who, when and why stands in the audit trail.
    `release` is null where the quiz file rules. Holds no personal data.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="quiz_terms")
    quiz = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    start_code = models.CharField(max_length=40, blank=True)
    networks = models.JSONField(default=list, blank=True)
    release = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["cohort", "quiz"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "quiz"], name="one_row_of_terms_a_quiz"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="window_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.quiz}"

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)

    @property
    def matrix(self) -> Matrix | None:
        """The release that was set here; None where the quiz file rules."""
        return None if self.release is None else Matrix.from_dict(self.release)
