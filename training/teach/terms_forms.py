"""The form in which an instructor sets the terms of a quiz."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.quizzes.release import (
    PRESETS,
    Matrix,
    Preset,
    What,
    When,
    contradictions,
    preset_of,
)
from training.attempts.rules import Window
from training.terms import wording
from training.terms.actions import Wanted
from training.terms.models import QuizTerms
from training.terms.rules import network_of, normalised

AS_FILE, OWN = "", "own"
MOST_NETWORKS = 50
LOCAL = "%Y-%m-%dT%H:%M"


class LocalMoment(forms.DateTimeField):
    """A moment in the time zone of the site. The hour that comes twice, or never, is refused."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(widget=widget, required=False, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                _(
                    "The clocks change on that day: this time comes twice, or not at all. Take a "
                    "time outside that hour."
                )
            ) from error


class QuizTermsForm(forms.Form):
    """Window, code, network and release. Without `sure`, what it would do is told first."""

    opens_at = LocalMoment(label=gettext_lazy("Opens"))
    closes_at = LocalMoment(label=gettext_lazy("Closes"))
    start_code = forms.CharField(
        label=gettext_lazy("Start code"), max_length=40, required=False, strip=True
    )
    networks = forms.CharField(
        label=gettext_lazy("Networks"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    release = forms.ChoiceField(
        label=gettext_lazy("What trainees see of their result"), required=False
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args: Any, in_file: Matrix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = preset_of(in_file)
        said = wording.PRESETS[name] if name else _("moments of its own")
        self.fields["release"].choices = [  # type: ignore[attr-defined]
            (AS_FILE, _("As the quiz file says: %(said)s") % {"said": said}),
            *((one.value, wording.PRESETS[one]) for one in Preset),
            (OWN, _("Set each part below")),
        ]
        for what in What:
            self.fields[f"when_{what}"] = forms.ChoiceField(
                label=wording.HEADINGS[what],
                choices=[(when.value, wording.MOMENTS[when]) for when in _moments_for(what)],
                required=False,
            )

    @property
    def parts(self) -> list[forms.BoundField]:
        """The field of each part of a result."""
        return [self[f"when_{what}"] for what in What]

    def clean_start_code(self) -> str:
        code: str = self.cleaned_data["start_code"]
        if code and not normalised(code):
            raise ValidationError(_("A start code needs at least one letter or figure."))
        return code

    def clean_networks(self) -> tuple[str, ...]:
        given = self.cleaned_data["networks"].replace(",", " ").split()
        wrong = [one for one in given if network_of(one) is None]
        if wrong:
            raise ValidationError(
                _("“%(given)s” is no network. Write 192.0.2.0/24, 2001:db8::/32 or one address.")
                % {"given": wrong[0]}
            )
        if len(given) > MOST_NETWORKS:
            raise ValidationError(_("At most %(n)d networks.") % {"n": MOST_NETWORKS})
        return tuple(str(network_of(one)) for one in given)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The quiz must close after it opens."))
        if cleaned.get("release") == OWN:
            self._check_parts(cleaned)
        return cleaned

    def _check_parts(self, cleaned: dict[str, Any]) -> None:
        for what in What:
            if not cleaned.get(f"when_{what}"):
                self.add_error(f"when_{what}", _("Choose when this is shown."))
        if not self.errors:
            for telling, told in contradictions(_own(cleaned)):
                self.add_error(f"when_{telling}", wording.contradiction(telling, told))

    @property
    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        given = self.cleaned_data
        chosen = given["release"]
        if chosen == OWN:
            release: Matrix | None = _own(given)
        else:
            release = None if chosen == AS_FILE else PRESETS[Preset(chosen)]
        window = Window(given["opens_at"], given["closes_at"])
        return Wanted(window, given["start_code"], given["networks"], release)


def _moments_for(what: What) -> list[When]:
    """A score and the objectives exist from the hand-in on."""
    late = what in (What.SCORE, What.OBJECTIVES)
    return [when for when in When if not (late and when is When.EACH)]


def _own(given: dict[str, Any]) -> Matrix:
    return Matrix.from_dict({what.value: given[f"when_{what}"] for what in What})


def initial_of(terms: QuizTerms, in_file: Matrix) -> dict[str, object]:
    """The form's values for terms that stand."""
    matrix = terms.matrix
    name = preset_of(matrix) if matrix else None
    shown = matrix or in_file
    return {
        "opens_at": terms.opens_at,
        "closes_at": terms.closes_at,
        "start_code": terms.start_code,
        "networks": "\n".join(terms.networks),
        "release": AS_FILE if matrix is None else name.value if name else OWN,
        **{f"when_{what}": shown.when(what).value for what in What},
    }
