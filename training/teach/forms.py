"""What the instructor's lists can be narrowed and sorted by. Anything else is not listened to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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
