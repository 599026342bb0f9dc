"""Written answers on their way to a mark, and the marks that people gave.

A sheet is one answer to be marked. It is known by a code, so that the marker does not know whose
it is. Marks are added, never changed; the one in force is named by the sheet.
"""

from __future__ import annotations

import base64

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from curriculum.documents.fixed import Fixed
from curriculum.documents.models import Document
from training.accounts.models import Person
from training.attempts.keys import new_key
from training.attempts.models import Item, Response
from training.cohorts.models import Cohort


class SheetQuerySet(models.QuerySet["Sheet"]):
    def taught_by(self, person: Person) -> SheetQuerySet:
        """The answers of this person's cohorts, but for their own: every page starts here.

        Without those that do not count, because another answer does.
        """
        taught = self.filter(cohort__staffing__person=person, aside=False)
        return taught.exclude(item__attempt__enrolment__trainee=person)

    def waiting(self) -> SheetQuerySet:
        """Those that wait for a first or a second mark."""
        return self.filter(state__in=[Sheet.State.FIRST, Sheet.State.SECOND], aside=False)

    def unlike(self) -> SheetQuerySet:
        """Those whose two markers disagree."""
        return self.filter(state=Sheet.State.UNLIKE)

    def open_to(self, person: Person) -> SheetQuerySet:
        """Those that wait for a mark which this person may give: nobody is their own second."""
        first = Mark.objects.filter(
            sheet=OuterRef("pk"), turn=Mark.Turn.FIRST, marker_key=person.key
        )
        return self.waiting().exclude(Exists(first), state=Sheet.State.SECOND)


class Sheet(models.Model):
    """One written answer that was handed in.

    States: first (waits for its first mark), second (waits for a second marker, who does not see
    the first mark), unlike (the two disagree, somebody has to settle it), done. Whoever reads it
    holds it until a time; then another may. `response` is a late answer that counts by a decision,
    None the last one in time; a sheet is set `aside` while another answer to the item counts.
    Personal data by reference: whose answer, who reads it.
    """

    class State(models.TextChoices):
        FIRST = "first", _("waits for a mark")
        SECOND = "second", _("waits for a second mark")
        UNLIKE = "unlike", _("two marks disagree")
        DONE = "done", _("marked")

    key = models.UUIDField(unique=True, default=new_key, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sheets")
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aside = models.BooleanField(default=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sheets")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.FIRST)
    # Whether the rule chose it for a second marker: from the seed of the attempt.
    second = models.BooleanField(default=False)
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_until = models.DateTimeField(null=True, blank=True)
    in_force = models.ForeignKey(
        "Mark", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["handed_in_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder__isnull=True, held_until__isnull=True)
                | Q(holder__isnull=False, held_until__isnull=False),
                name="who_holds_a_sheet_holds_it_until",
            ),
            models.CheckConstraint(
                condition=Q(state="done", in_force__isnull=False, holder__isnull=True)
                | ~Q(state="done") & Q(in_force__isnull=True),
                name="a_marked_sheet_has_a_mark",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["first", "second", "unlike", "done"]),
                name="sheet_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(response__isnull=True),
                name="one_sheet_in_time_an_item",
            ),
            models.UniqueConstraint(
                fields=["item", "response"],
                condition=Q(response__isnull=False),
                name="one_sheet_a_late_answer",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(aside=False), name="one_sheet_that_counts"
            ),
            models.CheckConstraint(
                condition=Q(aside=False) | Q(holder__isnull=True),
                name="nobody_holds_a_sheet_set_aside",
            ),
        ]
        indexes = [
            models.Index(
                fields=["cohort", "document", "handed_in_at"],
                condition=~Q(state="done"),
                name="sheets_not_marked",
            ),
            models.Index(fields=["document", "cohort"], name="sheets_by_question"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"

    @property
    def code(self) -> str:
        """What a marker calls the paper: the end of its key, which is random."""
        letters = base64.b32encode(self.key.bytes[-5:]).decode()
        return f"{letters[:4]}-{letters[4:]}"


class Mark(Fixed):
    """What one person gave one answer: points by criterion, and words.

    `reason` is empty for a first look and says why the mark was changed, or how it was agreed.
    The comment is for the trainee, the note for markers. Holds the marker's name.
    """

    class Turn(models.TextChoices):
        FIRST = "first", _("first marker")
        SECOND = "second", _("second marker")
        AGREED = "agreed", _("agreed mark")

    key = models.UUIDField(unique=True, default=new_key, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="marks")
    turn = models.CharField(max_length=10, choices=Turn.choices)
    given = models.JSONField()
    points = models.PositiveSmallIntegerField()
    out_of = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=4000, blank=True)
    note = models.CharField(max_length=4000, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    marker_key = models.UUIDField()
    marker_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "turn"], condition=Q(reason=""), name="one_first_look_a_turn"
            ),
            models.CheckConstraint(
                condition=~Q(turn="agreed") | ~Q(reason=""), name="an_agreed_mark_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(points__lte=F("out_of")), name="no_more_points_than_there_are"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, {self.turn}: {self.points} of {self.out_of}"


class Draft(models.Model):
    """A mark that somebody began and did not give yet. One for each marker and answer."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    given = models.JSONField(default=dict)
    comment = models.CharField(max_length=4000, blank=True)
    note = models.CharField(max_length=4000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="one_draft_a_marker"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.sheet}"


class Unveiling(Fixed):
    """Somebody asked whose answer it is before the marking was finished, and said why.

    Holds personal data by reference: who asked.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="unveilings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="unveiled_once_a_person"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_unveiling_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} unveiled"
