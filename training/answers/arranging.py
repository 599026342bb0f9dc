"""Putting entries in order and matching sides: by select boxes, never by dragging alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from curriculum.prose.safety import safe
from training.answers.choices import NOT_LISTED
from training.answers.controls import Control, select
from training.answers.form import MATCH, PLACE, Answer, AnswerForm


class OrderingForm(AnswerForm):
    """A place, from 1, for each entry."""

    template = "questions/ordering.html"

    def add_fields(self) -> None:
        entries = self.shown["entries"]
        places = self.places = [("", "–"), *((str(n),) * 2 for n in range(1, len(entries) + 1))]
        for entry in entries:
            self.fields[PLACE + entry["id"]] = forms.ChoiceField(
                label=safe(entry["text"]),
                choices=places,
                required=False,
                error_messages={"invalid_choice": NOT_LISTED},
            )

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        order = answer.get("order", [])
        return {PLACE + each: str(at) for at, each in enumerate(order, start=1)}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        """All places or none: a half-given order is told and kept in the form."""
        places = {entry["id"]: cleaned[PLACE + entry["id"]] for entry in self.shown["entries"]}
        if not any(places.values()):
            return {}
        if sorted(places.values()) != sorted(str(n) for n in range(1, len(places) + 1)):
            self.add_error(None, self._what_is_wrong(list(places.values())))
            return {}
        return {"order": sorted(places, key=lambda each: int(places[each]))}

    def _what_is_wrong(self, given: list[str]) -> str:
        twice = sorted({place for place in given if place and given.count(place) > 1}, key=int)
        said = [gettext("Every entry needs a place of its own.")]
        if twice:
            said.append(gettext("Given more than once: %(places)s.") % {"places": ", ".join(twice)})
        if "" in given:
            count = given.count("")
            said.append(gettext("Entries without a place: %(count)d.") % {"count": count})
        said.append(gettext("Nothing was saved yet; your choices are below."))
        return " ".join(said)

    @property
    def entries(self) -> list[Control]:
        fields = (self[PLACE + entry["id"]] for entry in self.shown["entries"])
        return [select(field, self.places) for field in fields]


class MatchingForm(AnswerForm):
    """A right side for each left side; some may stay open."""

    template = "questions/matching.html"

    def add_fields(self) -> None:
        right = ((one["id"], one["words"]) for one in self.shown["right"])
        choices = self.choices = [("", gettext("Choose")), *right]
        for left in self.shown["left"]:
            self.fields[MATCH + left["id"]] = forms.ChoiceField(
                label=safe(left["text"]),
                choices=choices,
                required=False,
                error_messages={"invalid_choice": NOT_LISTED},
            )

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {MATCH + left: right for left, right in answer.get("pairs", {}).items()}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        pairs = {left["id"]: cleaned[MATCH + left["id"]] for left in self.shown["left"]}
        pairs = {left: right for left, right in pairs.items() if right}
        return {"pairs": pairs} if pairs else {}

    @property
    def rows(self) -> list[Control]:
        fields = (self[MATCH + left["id"]] for left in self.shown["left"])
        return [select(field, self.choices) for field in fields]
