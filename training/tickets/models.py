"""What trainees say about questions, and what they are answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from training.accounts.models import Person
from training.attempts.keys import new_key
from training.attempts.models import Item


class TicketQuerySet(models.QuerySet["Ticket"]):
    def taught_by(self, person: Person) -> TicketQuerySet:
        """Those from the cohorts that this person teaches."""
        return self.filter(item__attempt__enrolment__cohort__staffing__person=person)

    def open(self) -> TicketQuerySet:
        return self.filter(answered_at__isnull=True)


class Ticket(models.Model):
    """A trainee says that a question is wrong or unclear; somebody answers. One for each item.

    States: open, answered. Its row number is what people call it by. Holds personal data: what
    was written, by reference whose.
    """

    key = models.UUIDField(unique=True, default=new_key, editable=False)
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="ticket")
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=300, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="ticket_answered_in_words",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="ticket_says_something"),
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=Q(answered_at__isnull=True), name="tickets_still_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.item}"
