"""Sums from which statistics are computed: derived rows, which `recompute_statistics` rebuilds."""

from django.db import models
from django.db.models import F, Q

from curriculum.documents.models import Revision


class QuizSums(models.Model):
    """The papers counted of one revision of a quiz. Holds no personal data.

    The row is also the lock under which the quiz and its questions are counted.
    Points are ten-thousandths; `scores` counts papers by band.
    """

    quiz = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    asked = models.PositiveBigIntegerField(default=0)
    possible = models.PositiveBigIntegerField(default=0)
    t = models.BigIntegerField(default=0)
    tt = models.BigIntegerField(default=0)
    xx = models.BigIntegerField(default=0)
    scores = models.JSONField(default=list)

    class Meta:
        ordering = ["quiz"]
        verbose_name_plural = "quiz sums"
        constraints = [
            models.CheckConstraint(
                condition=Q(passed__lte=F("n")), name="no_more_passed_than_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}: n = {self.n}"


class ItemSums(models.Model):
    """The answers counted to one revision of a question within one revision of a quiz.

    Holds no personal data. Points are ten-thousandths: x the question's, t the whole paper's.
    `outcomes` and `choices` count by band of the rest of the paper, `times` by class, `certain`
    by certainty.
    """

    quiz = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField(default=0)
    omitted = models.PositiveIntegerField(default=0)
    possible = models.PositiveBigIntegerField(default=0)
    x = models.BigIntegerField(default=0)
    t = models.BigIntegerField(default=0)
    xx = models.BigIntegerField(default=0)
    tt = models.BigIntegerField(default=0)
    xt = models.BigIntegerField(default=0)
    outcomes = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    times = models.JSONField(default=list)
    certain = models.JSONField(default=dict)

    class Meta:
        ordering = ["quiz", "question"]
        verbose_name_plural = "item sums"
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="sums_once_a_question"),
            models.CheckConstraint(
                condition=Q(omitted__lte=F("n")), name="no_more_omitted_than_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} in {self.quiz}: n = {self.n}"
