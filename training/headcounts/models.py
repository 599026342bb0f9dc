"""Headcounts: derived rows, which `recompute_headcounts` rebuilds.

Cohorts, units and people are named by their numbers alone, so that what is removed can still be
counted out. Triggers note who is to be counted anew (migration 0031), whatever changes a row.
"""

from __future__ import annotations

from django.db import models


class Headcount(models.Model):
    """How many people count under one heading (`rules.Heading`)."""

    cohort = models.BigIntegerField()
    unit = models.BigIntegerField()
    standing = models.CharField(max_length=20)
    n = models.PositiveIntegerField()

    class Meta:
        ordering = ["cohort", "unit", "standing"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "unit", "standing"], name="one_headcount_a_heading"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standing} of unit {self.unit} in cohort {self.cohort}: {self.n}"


class Counted(models.Model):
    """The headings under which a person is counted now: what is taken back when that changes."""

    person = models.BigIntegerField(primary_key=True)
    headings = models.JSONField(default=list)

    class Meta:
        ordering = ["person"]
        verbose_name_plural = "counted"

    def __str__(self) -> str:
        return f"{self.person}: {len(self.headings)} headings"


class ToCount(models.Model):
    """Somebody about whom something changed that a headcount goes by."""

    person = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "to count"

    def __str__(self) -> str:
        return f"{self.person}"


class Turn(models.Model):
    """The one row that whoever counts holds meanwhile: two at once would overwrite each other."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"turn {self.pk}"
