"""Verdicts on items. Added, never changed: the latest counts, the others remain."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curriculum.documents.fixed import Fixed
from training.attempts.models import Item


class Grade(Fixed):
    """One verdict on one item. `parts` holds the share earned by each part of the answer."""

    class Source(models.TextChoices):
        AUTOMATIC = "automatic", _("automatic")
        HAND = "hand", _("by hand")
        CORRECTION = "correction", _("correction")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="grades")
    fraction = models.DecimalField(max_digits=6, decimal_places=5)
    points = models.DecimalField(max_digits=8, decimal_places=4)
    out_of = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=10, choices=Source.choices)
    parts = models.JSONField(default=dict)
    marker = models.CharField(max_length=300, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.points} of {self.out_of}"
