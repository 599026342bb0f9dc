"""People, the units they belong to, and what they are appointed to."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

STEP = 6


class UnitQuerySet(models.QuerySet["Unit"]):
    def branch(self, unit: Unit) -> UnitQuerySet:
        """The unit and every unit below it."""
        return self.filter(path__startswith=unit.path)

    def coordinated_by(self, person: Person) -> UnitQuerySet:
        """All units for an admin; for a coordinator the appointed units with their branches."""
        if person.is_admin:
            return self.all()
        own = Appointment.objects.filter(person=person, role=Role.COORDINATOR, unit__isnull=False)
        within = Q(pk__in=[])
        for path in own.values_list("unit__path", flat=True):
            within |= Q(path__startswith=path)
        return self.filter(within)


class Unit(models.Model):
    """A part of the organisation, in a tree. Holds no personal data.

    `path` is the unit's own number after its parent's path, six digits a level, so that a branch
    is one comparison of text on either database.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=120, unique=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(condition=~Q(path=""), name="unit_has_a_path"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // STEP - 1


class PersonQuerySet(models.QuerySet["Person"]):
    def overseen_by(self, person: Person) -> PersonQuerySet:
        """Everybody for an admin; for a coordinator the people of the appointed branches."""
        if person.is_admin:
            return self.all()
        return self.filter(unit__in=Unit.objects.coordinated_by(person))

    def in_branch(self, unit: Unit) -> PersonQuerySet:
        return self.filter(unit__path__startswith=unit.path)


class PersonManager(UserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Django's manager for users, with the queryset's verbs."""


class Person(AbstractUser):
    """Somebody who signs in.

    States: active or not (`is_active`); a person is never deleted while records name them.
    Holds personal data: name, service number, rank, e-mail address, unit, last sign-in, and the
    extra time that somebody needs, which may tell of their health: never why.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    rank = models.CharField(_("rank"), max_length=60, blank=True)
    # NULL, not empty: not everybody has one, and those who have one have it alone.
    service_number = models.CharField(  # noqa: DJ001
        _("service number"), max_length=40, null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_admin = models.BooleanField(_("admin"), default=False)
    # Extra time for everything that is timed. Why it was given stands in the audit trail.
    time_factor = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    unlimited_time = models.BooleanField(default=False)

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ["name", "username"]
        constraints = [
            models.UniqueConstraint(
                fields=["service_number"],
                condition=Q(service_number__isnull=False),
                name="service_number_unique",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(time_factor__gte=1, time_factor__lte=5), name="time_factor_from_1_to_5"
            ),
            # Signing in ignores case, so two names that differ only in case would lock both out.
            models.UniqueConstraint(Lower("username"), name="username_unique_in_any_case"),
        ]
        # A page of a list by name is read off the first; a branch is counted from the second alone.
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["unit", "is_active", "id"], name="person_by_unit"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Rank and name, as on a name plate."""
        return f"{self.rank} {self.name}".strip()

    def get_full_name(self) -> str:
        return self.shown_name

    def get_short_name(self) -> str:
        return self.name


class Role(models.TextChoices):
    AUTHOR = "author", _("author")
    COORDINATOR = "coordinator", _("coordinator")


class Appointment(models.Model):
    """A role given to a person: author, or coordinator of one unit and its branches.

    Being a trainee or an instructor is not an appointment: it follows from enrolment and staffing.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["person", "role", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=Q(unit__isnull=False),
                name="appointed_once_a_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(unit__isnull=True), name="appointed_once"
            ),
            models.CheckConstraint(
                condition=Q(role="author", unit__isnull=True)
                | Q(role="coordinator", unit__isnull=False),
                name="coordinator_has_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, at: datetime) -> InvitationQuerySet:
        return self.filter(
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=at,
            person__is_active=True,
        )


class Invitation(models.Model):
    """A single-use door for one person to choose a password and sign in for the first time.

    Only the SHA-256 of the token is kept: whoever reads the table cannot sign in with it.
    States: usable, used, expired, withdrawn.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, until {self.expires_at:%Y-%m-%d}"


class Tries(models.Model):
    """How often one name was tried at one address (`tries.py`). Holds no personal data.

    `digest` is of both together. `last_at` is the last try whose password was looked at.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    n = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["digest"]
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.digest[:8]}: {self.n}"
