"""The forms of the authors' desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.documents.models import Revision
from training.author.readings.samples import LAST_SEED


class HandInForm(forms.Form):
    """A folder as a zip archive, or one file of a document that is published."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "A folder of content as a zip archive of at most 20 MB, or a single file that is "
            "published already."
        ),
        error_messages={"required": _("Choose a file. Nothing was handed in.")},
    )


class SeedForm(forms.Form):
    """From which seed on sample papers are drawn. A GET form."""

    seed = forms.IntegerField(
        label=_("From seed"),
        required=False,
        initial=1,
        min_value=0,
        max_value=LAST_SEED,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("A seed is a whole number from 0 to 999999999. The papers from 1 on are shown."),
        ),
    )

    @property
    def first(self) -> int:
        """What was asked for; 1 where nothing was, or something that is no seed."""
        found = self.cleaned_data.get("seed") if self.is_valid() else None
        return 1 if found is None else int(found)


class PublishForm(forms.Form):
    """Why, and what kind of change. `mark` stands for the difference that was shown."""

    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Why, in a sentence. It stands with the edition for good."),
    )
    change = forms.ChoiceField(
        label=_("Kind of change"),
        initial=Revision.Change.MATERIAL,
        choices=[
            (Revision.Change.MATERIAL, _("Material: what is taught or asked changes")),
            (Revision.Change.EDITORIAL, _("Editorial: spelling or wording; the meaning stays")),
        ],
        widget=forms.RadioSelect,
    )
