"""Cohorts, who teaches them, and who is enrolled."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curriculum.documents.models import Document, Edition
from training.accounts.models import Person, Unit


class CohortQuerySet(models.QuerySet["Cohort"]):
    def taught_by(self, person: Person) -> CohortQuerySet:
        """Only the cohorts this person is staffed on: every instructor page starts here."""
        return self.filter(staffing__person=person)

    def overseen_by(self, person: Person) -> CohortQuerySet:
        """All for an admin; for a coordinator those of the appointed branches."""
        if person.is_admin:
            return self.all()
        return self.filter(unit__in=Unit.objects.coordinated_by(person))


class Cohort(models.Model):
    """A group of people taking one edition of one course together. Holds no personal data."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    course = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="cohorts"
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    # Counts the changes: whoever changes a cohort says which version they looked at.
    version = models.PositiveIntegerField(default=0)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Staffing(models.Model):
    """Somebody teaches a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="staffing")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="staffing")
    since = models.DateTimeField()

    class Meta:
        ordering = ["cohort", "person__name"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="staffed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} teaches {self.cohort}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, person: Person) -> EnrolmentQuerySet:
        """Only this trainee's own, current enrolments: every learner page starts here."""
        return self.filter(trainee=person, state=Enrolment.State.ACTIVE)

    def taught_by(self, person: Person) -> EnrolmentQuerySet:
        return self.filter(cohort__staffing__person=person)

    def overseen_by(self, person: Person) -> EnrolmentQuerySet:
        if person.is_admin:
            return self.all()
        return self.filter(trainee__unit__in=Unit.objects.coordinated_by(person))

    def locked(self) -> EnrolmentQuerySet:
        """The enrolment, held until the transaction ends, with its cohort and edition.

        One act of one trainee at a time. Whoever needs an attempt's lock as well takes that first.
        """
        return self.select_for_update(of=("self",)).select_related("cohort__edition")

    def locked_with_trainee(self) -> EnrolmentQuerySet:
        """The same with the trainee, held too: extra time is given before or after, not between."""
        held = self.select_for_update(of=("self", "trainee"), no_key=True)
        return held.select_related("cohort__edition", "trainee")

    def held_with_trainee(self, key: UUID) -> Enrolment:
        """The one of these with this key, locked so. Raises Enrolment.DoesNotExist."""
        return self.locked_with_trainee().get(key=key)

    def active(self) -> EnrolmentQuerySet:
        return self.filter(state=Enrolment.State.ACTIVE)


class Enrolment(models.Model):
    """A person's place in a cohort, and the root of all their records there.

    States: active, withdrawn. Withdrawing hides the course from the trainee and keeps every
    record. Personal data by reference only.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        WITHDRAWN = "withdrawn", _("withdrawn")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    trainee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "trainee__name"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "trainee"], name="enrolled_once_a_cohort"),
            models.CheckConstraint(
                condition=Q(state__in=["active", "withdrawn"]), name="enrolment_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} in {self.cohort}"


class Roster(models.Model):
    """A list of people as it was handed in: checked first, applied at most once, kept as history.

    States: checked, applied, taken back. Holds personal data: the list itself. `counts` says how
    many rows did what when it was applied.
    """

    class State(models.TextChoices):
        CHECKED = "checked", _("checked")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("taken back")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="rosters")
    file_name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKED)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="checked", applied_at__isnull=True, undone_at__isnull=True)
                | Q(state="applied", applied_at__isnull=False, undone_at__isnull=True)
                | Q(state="undone", applied_at__isnull=False, undone_at__isnull=False),
                name="roster_was_what_its_state_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.created_at:%Y-%m-%d %H:%M}"


class RosterEffect(models.Model):
    """What one row of a roster did when it was applied, so that it can be taken back.

    States: in force; taken back or left, as `outcome` says in the words of `undoing.Outcome`.
    Holds personal data: the name as it was, which stays when the account is removed again.
    """

    class Place(models.TextChoices):
        NONE = "", _("was enrolled already")
        NEW = "new", _("enrolled")
        BACK = "back", _("came back")

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="effects")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_person = models.BooleanField(default=False)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=10, choices=Place.choices, blank=True)
    # By column what it was and what it became; a unit by its code.
    changes = models.JSONField(default=dict)
    outcome = models.JSONField(default=list)

    class Meta:
        ordering = ["roster", "line"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "line"], name="one_effect_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.roster}, line {self.line}: {self.name}"
