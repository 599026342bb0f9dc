"""What people are told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.accounts.models import Person
from training.attempts.keys import new_key
from training.cohorts.models import Enrolment


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: Person) -> NoticeQuerySet:
        """What this person is told about courses whose pages are open to them."""
        return self.filter(person=person, enrolment__state=Enrolment.State.ACTIVE)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing that a person is told. States: unread, read.

    `facts` is what the sentence needs, without words, so that it is told in the reader's language.
    Holds personal data by reference, and in `facts` a result.
    """

    class Kind(models.TextChoices):
        QUIZ_CORRECTED = "quiz-corrected", _("a quiz result was corrected")
        TICKET_ANSWERED = "ticket-answered", _("a report of a question was answered")
        QUIZ_MARKED = "quiz-marked", _("a quiz result is complete")
        MARK_CHANGED = "mark-changed", _("the mark of a written answer was changed")
        RESULT_RELEASED = "result-released", _("a quiz result was released")
        LATE_DECIDED = "late-decided", _("it was decided which late answers count")
        CHECK_CORRECTED = "check-corrected", _("an answer to a check was corrected")

    key = models.UUIDField(unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=models.F("at")),
                name="notice_read_after_it_was_told",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="notices_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}, {self.at:%Y-%m-%d}"
