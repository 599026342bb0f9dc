"""What a trainee has read, and where they stopped."""

from __future__ import annotations

from django.db import models

from curriculum.documents.fixed import Fixed
from curriculum.documents.models import Document, Revision
from training.cohorts.models import Enrolment


class LessonRead(Fixed):
    """A trainee said that a lesson is read. Added once a lesson, never changed."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="reads")
    lesson = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["enrolment", "at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} read {self.lesson}"


class Place(models.Model):
    """Where a trainee stopped in a lesson: a bookmark, the one thing here that moves."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="places")
    lesson = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    paragraph = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["enrolment", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="one_place_a_lesson"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} at paragraph {self.paragraph}"
