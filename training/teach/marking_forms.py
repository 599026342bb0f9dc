"""What a marker fills in: a level for each criterion of the rubric, and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from curriculum.questions.explaining import words
from training.marking.actions import Given
from training.marking.models import Draft, Mark

CRITERION = "c-"
LONGEST = 4_000


class MarkForm(forms.Form):
    """The rubric as groups of radio buttons. What was begun before stands in it."""

    use_required_attribute = False

    comment = forms.CharField(
        label=_("Comment to the trainee"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Shown with the result. Leave it empty if the rubric says enough."),
    )
    note = forms.CharField(
        label=_("Private note"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Only markers of this cohort read it, once the answer is marked."),
    )

    def __init__(
        self,
        body: Mapping[str, Any],
        data: QueryDict | None = None,
        *,
        begun: Draft | Mark | None = None,
    ) -> None:
        self.rubric: list[dict[str, Any]] = body["criteria"]
        super().__init__(data)
        for one in self.rubric:
            self.fields[CRITERION + one["id"]] = _levels(one)
        if begun is not None:
            given = {CRITERION + each: str(points) for each, points in begun.given.items()}
            self.initial = {**given, "comment": begun.comment, "note": begun.note}

    @property
    def most(self) -> int:
        return sum(one["levels"][-1]["points"] for one in self.rubric)

    @property
    def given(self) -> Given:
        """What a valid form gives."""
        return self._given(self.cleaned_data)

    @property
    def begun(self) -> Given:
        """As much as can be kept of a form that is not finished, or not valid."""
        self.is_valid()
        return self._given(self.cleaned_data)

    def _given(self, cleaned: Mapping[str, Any]) -> Given:
        points = {
            one["id"]: int(cleaned[CRITERION + one["id"]])
            for one in self.rubric
            if cleaned.get(CRITERION + one["id"])
        }
        return Given(
            points,
            str(cleaned.get("comment") or ""),
            str(cleaned.get("note") or ""),
            reason=str(cleaned.get("reason") or ""),
        )


class ReasonedMarkForm(MarkForm):
    """The same with a reason: for a mark that is changed, or agreed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Write the reason: it is kept beside the mark.")},
        help_text=_("Kept with your name beside the mark. The trainee does not see it."),
    )


def _levels(criterion: Mapping[str, Any]) -> forms.ChoiceField:
    name = words(criterion, "text")
    return forms.ChoiceField(
        label=name,
        choices=[(str(one["points"]), _level(one)) for one in criterion["levels"]],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext("Choose a level for: %(name)s") % {"name": name},
            "invalid_choice": gettext("Choose one of the levels for: %(name)s") % {"name": name},
        },
    )


def _level(level: Mapping[str, Any]) -> str:
    points = int(level["points"])
    return ngettext("%(n)d point: %(words)s", "%(n)d points: %(words)s", points) % {
        "n": points,
        "words": level["words"],
    }


class UnveilForm(forms.Form):
    """Why the name has to be known before the marking is finished."""

    reason = forms.CharField(
        label=_("Why the name has to be known now"),
        max_length=500,
        error_messages={"required": _("Write why. Nothing was shown.")},
    )
