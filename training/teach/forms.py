"""What the instructor's lists can be narrowed and sorted by. Anything else is not listened to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from training.attempts.rules import Accommodation
from training.progress.attention import Why
from training.progress.models import State

WHYS = {
    Why.OVERDUE: _("Attempt left open"),
    Why.FAILED: _("Not passed"),
    Why.SILENT: _("Silent"),
    Why.NOT_STARTED: _("Not started"),
}


class AttentionFilter(forms.Form):
    """Which of the people who need attention are shown."""

    cohort = forms.UUIDField(required=False)
    why = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Any reason")), *WHYS.items()], required=False
    )
    page = forms.CharField(required=False, max_length=9)


class TraineeFilter(forms.Form):
    """Which trainees of a cohort are shown."""

    q = forms.CharField(
        label=_("Name, rank or service number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any state")), *State.choices], required=False
    )
    sort = forms.RegexField(regex=r"-?(name|total|seen|m\d{1,2})", required=False)
    page = forms.CharField(required=False, max_length=9)


REASON = _("Kept in the audit trail with your name.")


def whom_field(own_id: str, *, required: bool = False) -> forms.IntegerField:
    """One of those in a quiz, by the row of the attempt. The template writes who they are."""
    box = forms.Select(attrs={"id": own_id})
    return forms.IntegerField(label=_("Whom"), required=required, min_value=1, widget=box)


class AddTime(forms.Form):
    """Minutes for one open attempt, or for all."""

    attempt = whom_field("add-to")
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=10)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=REASON)


class CloseAttempt(forms.Form):
    """Handing in for somebody."""

    attempt = whom_field("close-for", required=True)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.TextInput(attrs={"id": "close-reason"})
    )


class NoteIncident(forms.Form):
    """Something that happened during a quiz."""

    attempt = whom_field("note-about")
    note = forms.CharField(label=_("What happened"), max_length=1000, help_text=REASON)


FACTORS = [
    ("1", _("as everybody")),
    ("1.25", "× 1.25"),
    ("1.5", "× 1.5"),
    ("2", "× 2"),
    ("3", "× 3"),
]


class ExtraTime(forms.Form):
    """What a person is given for everything timed."""

    factor = forms.ChoiceField(label=_("Time limit"), choices=FACTORS)
    minutes = forms.IntegerField(label=_("Minutes on top"), min_value=0, max_value=240, initial=0)
    unlimited = forms.BooleanField(label=_("No time limit"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept in the audit trail with your name. Name the decision, not a diagnosis."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Save the extra time")))

    @property
    def wanted(self) -> Accommodation:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Accommodation(Fraction(given["factor"]), given["minutes"], given["unlimited"])


class TicketAnswer(forms.Form):
    """What a trainee is answered."""

    answer = forms.CharField(
        label=_("Answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Send the answer")))


class AnswersUpload(forms.Form):
    """A file of answers that a trainee downloaded from a quiz page."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("The file answers.json as the trainee’s browser wrote it, at most 200 kB."),
        error_messages={"required": _("Choose a file. Nothing was changed.")},
    )


class LoadAnswers(forms.Form):
    """The same file once more, and why it is loaded."""

    content = forms.CharField(widget=forms.HiddenInput, strip=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=REASON)
