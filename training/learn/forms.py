"""Looking for a term."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from training.cohorts.models import Cohort, Enrolment


class GlossaryForm(forms.Form):
    """A GET form: nothing is required, and anything typed may be looked for."""

    q = forms.CharField(
        label=_("Find a term"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class ReportForm(forms.Form):
    """What is wrong with a question."""

    text = forms.CharField(
        label=_("What is wrong with it"),
        help_text=_(
            "Your instructors read it with your name. Say which source you rely on, if you can."
        ),
        max_length=2000,
        error_messages={"required": _("Nothing was reported: say in a few words what is wrong.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.add_input(Submit("", _("Report the question")))
        return helper


class LookForm(forms.Form):
    """At whose page of a quiz an instructor looks, and at what moment. A GET form."""

    trainee = forms.ChoiceField(label=_("Trainee"), required=False)
    what = forms.ChoiceField(
        label=_("Page"),
        choices=[("start", _("Before the quiz")), ("result", _("The latest result"))],
        required=False,
    )
    on = forms.DateTimeField(
        label=_("On"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = cohort.enrolments.active().select_related("trainee").order_by("trainee__name")
        self.places = {str(one.key): one for one in found}
        self.fields["trainee"].choices = [  # type: ignore[attr-defined]
            ("", _("Anybody, before a first attempt")),
            *((key, one.trainee.shown_name) for key, one in self.places.items()),
        ]

    @property
    def place(self) -> Enrolment | None:
        """The place of the trainee who was chosen; None for anybody."""
        return self.places.get(self.cleaned_data["trainee"])
