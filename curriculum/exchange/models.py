"""A folder of content as it was handed in, kept until it is published or withdrawn."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def of(self, owner: uuid.UUID) -> DeliveryQuerySet:
        """Only what this person handed in."""
        return self.filter(owner=owner)

    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state=Delivery.State.WAITING)


class Delivery(models.Model):
    """Files handed in through the browser: path to text, checked, and published at most once.

    States: waiting (checked, differences shown), published, withdrawn. Holds the byline of who
    handed it in.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    files = models.JSONField(default=dict)
    byline = models.CharField(max_length=300)
    owner = models.UUIDField(db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "published", "withdrawn"]),
                name="delivery_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
