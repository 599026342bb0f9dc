"""Looking for a term."""

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

    text = forms.CharField(max_length=2000)
