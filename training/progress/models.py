"""Where everybody stands: derived rows, which `recompute_progress` rebuilds from the records."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curriculum.documents.models import Document
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment


class State(models.TextChoices):
    NOT_STARTED = "not-started", _("Not started")
    IN_PROGRESS = "in-progress", _("In progress")
    NOT_PASSED = "not-passed", _("Not passed")
    COMPLETE = "complete", _("Complete")


class Score(models.Model):
    """What a handed-in quiz attempt earned: the sum of its latest grades.

    An attempt that waits for a marker has none. `modules` says what was earned in each module,
    where passing asks for that (curriculum/quizzes/each_module.py); empty elsewhere.
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="score")
    points = models.DecimalField(max_digits=9, decimal_places=4)
    out_of = models.DecimalField(max_digits=8, decimal_places=2)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    passed = models.BooleanField()
    modules = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="score_within_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.percent} %"


class Waiver(models.Model):
    """A lesson that a pre-test waives for a trainee: assessed, not attended.

    `at` is when that attempt was handed in. Whether the lesson is read all the same is no matter
    of this row.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="waivers")
    lesson = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="waivers")
    at = models.DateTimeField()

    class Meta:
        ordering = ["enrolment", "lesson"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_waived_once"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.lesson} waived"


class ModuleProgress(models.Model):
    """One trainee in one module. `attempts` have a score, `waiting` ones are handed in without.

    `lessons_waived` counts those waived by a pre-test and not read.

    `failed_since` is when the second attempt at a quiz not passed yet was handed in; null without.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="modules")
    module = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    lessons_total = models.PositiveSmallIntegerField()
    lessons_read = models.PositiveSmallIntegerField(default=0)
    lessons_waived = models.PositiveSmallIntegerField(default=0)
    has_quiz = models.BooleanField()
    attempts = models.PositiveSmallIntegerField(default=0)
    waiting = models.PositiveSmallIntegerField(default=0)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    failed_since = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.NOT_STARTED)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["enrolment", "position"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "module"], name="one_row_a_module"),
            models.CheckConstraint(
                condition=Q(lessons_total__gte=F("lessons_read") + F("lessons_waived")),
                name="no_more_read_than_there_is",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.module} {self.state}"


class CourseProgress(models.Model):
    """One trainee in the whole course. `percent` is the share of lessons and quizzes done.

    Of its final test: the result in force, since when it is passed, and the modules in which that
    result has less than passing takes.

    `began_at` is when they could begin; `failed_since` is the earliest of the modules' own.
    """

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="progress")
    steps_total = models.PositiveSmallIntegerField()
    steps_done = models.PositiveSmallIntegerField(default=0)
    modules_total = models.PositiveSmallIntegerField()
    modules_complete = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State.choices, default=State.NOT_STARTED)
    last_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField()
    failed_since = models.DateTimeField(null=True, blank=True)
    final_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    final_passed_at = models.DateTimeField(null=True, blank=True)
    final_short = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(steps_done__lte=F("steps_total")), name="no_more_done_than_there_is"
            ),
            models.CheckConstraint(
                condition=Q(failed_since__isnull=True)
                | Q(last_at__isnull=False) & ~Q(state="complete"),
                name="failed_is_seen_and_not_complete",
            ),
        ]
        # The second is the order in which those who need attention are listed (`needing`).
        indexes = [
            models.Index(fields=["state", "last_at"], name="progress_by_state"),
            models.Index(
                fields=["failed_since", "last_at", "began_at"], name="progress_most_pressing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.percent} %"
