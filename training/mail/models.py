"""The outbox: what is to be sent by mail, written with whatever caused it and sent afterwards."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.accounts.models import Person


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> MailQuerySet:
        return self.filter(due_at__isnull=False)

    def due(self, at: datetime) -> MailQuerySet:
        """What may be tried now, the longest due first."""
        return self.filter(due_at__lte=at).order_by("due_at", "pk")

    def given_up(self) -> MailQuerySet:
        return self.filter(given_up_at__isnull=False)


class Mail(models.Model):
    """One mail to one address.

    States: waiting (`due_at` says until when), sent, given up. Kinds: a request for a new password
    as it came in, for an address that may be nobody's; the link that sets a new password, made
    when it is sent, so that no table holds it; a text that is ready. Holds personal data: the
    address, and the text until it is sent.
    """

    class Kind(models.TextChoices):
        FORGOTTEN = "forgotten", _("a new password was asked for")
        RESET = "reset", _("the link that sets a new password")
        TEXT = "text", _("a text")

    # The Message-ID: the same at every try, so that a mail sent twice is recognised as one.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.CharField(max_length=254)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    # The site's own address, as whoever asked saw it.
    home = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__isnull=False, sent_at__isnull=True, given_up_at__isnull=True)
                | Q(due_at__isnull=True, sent_at__isnull=False, given_up_at__isnull=True)
                | Q(due_at__isnull=True, sent_at__isnull=True, given_up_at__isnull=False),
                name="mail_waits_or_is_done",
            ),
            models.CheckConstraint(condition=~Q(address=""), name="mail_has_an_address"),
            models.CheckConstraint(
                condition=~Q(kind="reset") | Q(person__isnull=False),
                name="reset_is_for_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="mail_still_waiting"
            ),
            models.Index(
                fields=["given_up_at"],
                condition=Q(given_up_at__isnull=False),
                name="mail_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}, {self.created_at:%Y-%m-%d %H:%M}"
