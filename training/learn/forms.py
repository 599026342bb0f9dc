"""Looking for a term."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _


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
