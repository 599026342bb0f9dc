"""Typed answers: a number, a term, the blanks of a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.bootstrap import AppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from curriculum.prose.safety import safe
from training.answers.form import BLANK, Answer, AnswerForm

# Longer than any answer that a kind accepts, so that the kind says what is wrong with it.
LONGEST = 2_000
PLAIN = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
# At every answer that somebody words: a rule of those who teach with it.
UNCLASSIFIED = _("Unclassified training: do not enter operational information.")
UNREADABLE = _("The answer holds characters that cannot be read. Type it again.")


def text_field(label: str, width: str, **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs=PLAIN | {"class": width} | attributes)
    return _readable(
        forms.CharField(label=label, max_length=LONGEST, required=False, widget=widget)
    )


def large_text_field(label: str, longest: int, rows: int, hint: str) -> forms.CharField:
    """A box for many words, in any language and direction."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return _readable(
        forms.CharField(
            label=label, max_length=longest, required=False, widget=widget, help_text=hint
        )
    )


def _readable(one: forms.CharField) -> forms.CharField:
    """The field, with a sentence for what cannot be stored, and no cut of what is typed."""
    for validator in one.validators:
        if getattr(validator, "code", "") == "null_characters_not_allowed":
            validator.message = UNREADABLE  # type: ignore[attr-defined]
    one.widget.attrs.pop("maxlength", None)
    return one


def field_alone(field: LayoutObject | str) -> FormHelper:
    """The one field of a form, drawn inside a form that the page itself opens."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.hide_optional = True
    helper.layout = Layout(field)
    return helper


class NumberForm(AnswerForm):
    """A number; the unit stands beside the box and may be typed as well."""

    template = "questions/numeric.html"

    def add_fields(self) -> None:
        self.fields["answer"] = text_field(gettext("Your answer"), "width-12", inputmode="decimal")

    @property
    def helper(self) -> FormHelper:
        return field_alone(AppendedText("answer", self.shown.get("unit") or ""))

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": answer.get("value", "")}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        return {"value": cleaned["answer"]} if cleaned["answer"] else {}


class TermForm(AnswerForm):
    """A word or a few."""

    template = "questions/short.html"

    def add_fields(self) -> None:
        self.fields["answer"] = text_field(gettext("Your answer"), "width-20")
        self.fields["answer"].help_text = UNCLASSIFIED

    @property
    def helper(self) -> FormHelper:
        return field_alone("answer")

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": answer.get("text", "")}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        return {"text": cleaned["answer"]} if cleaned["answer"] else {}


class ClozeForm(AnswerForm):
    """A box in the text for each blank."""

    template = "questions/cloze.html"
    note = UNCLASSIFIED

    def add_fields(self) -> None:
        blanks = self.shown["blanks"]
        for number, each in enumerate(blanks, start=1):
            label = gettext("Blank %(number)d of %(count)d") % {
                "number": number,
                "count": len(blanks),
            }
            told = {"aria-label": label, "aria-describedby": f"{self.name}-note"}
            self.fields[BLANK + each] = text_field(label, "width-12", **told)

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {BLANK + each: text for each, text in answer.get("blanks", {}).items()}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        blanks = {each: cleaned[BLANK + each] for each in self.shown["blanks"]}
        blanks = {each: text for each, text in blanks.items() if text}
        return {"blanks": blanks} if blanks else {}

    @property
    def segments(self) -> list[BoundField | SafeString]:
        """The text in pieces, with a box in the place of each blank."""
        return [
            self[BLANK + piece["blank"]] if "blank" in piece else safe(piece["html"])
            for piece in self.shown["segments"]
        ]
