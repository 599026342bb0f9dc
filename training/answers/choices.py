"""Choosing among options: single, true or false, multiple, judgement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from curriculum.prose.safety import safe
from training.answers import controls
from training.answers.form import Answer, AnswerForm

NOT_LISTED = _(
    "What was sent is not one of the options. Nothing was saved; an earlier answer stands. "
    "Choose among what is listed."
)


def options_of(shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(one["id"], safe(one["text"])) for one in shown["options"]]


class OneOfForm(AnswerForm):
    """Radio buttons."""

    template = "questions/single.html"

    def add_fields(self) -> None:
        self.fields["answer"] = forms.ChoiceField(
            label=_("Your answer"),
            choices=options_of(self.shown),
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": NOT_LISTED},
        )

    @property
    def options(self) -> SafeString:
        return controls.choices(self["answer"], options_of(self.shown), "radio")

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": answer.get("option", "")}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        return {"option": cleaned["answer"]} if cleaned["answer"] else {}


class PanelForm(OneOfForm):
    """Radio buttons for what a panel of experts was asked."""

    template = "questions/judgement.html"


class SomeOfForm(AnswerForm):
    """Checkboxes."""

    template = "questions/multiple.html"

    def add_fields(self) -> None:
        self.fields["answer"] = forms.MultipleChoiceField(
            label=_("Your answer"),
            choices=options_of(self.shown),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED},
        )

    @property
    def options(self) -> SafeString:
        return controls.choices(self["answer"], options_of(self.shown), "checkbox")

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": answer.get("options", [])}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        return {"options": cleaned["answer"]} if cleaned["answer"] else {}
