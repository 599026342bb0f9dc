"""What the form of every kind of question has in common.

A form gives the answer in the shape that its kind marks (`curriculum.questions.registry`) and
refuses what the kind refuses. It knows the question only as it may be shown before release, and
asks the kind whether an answer will do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from curriculum.documents.telling import told
from curriculum.prose.safety import safe
from curriculum.questions import registry
from training.answers import controls
from training.answers.case import Case, case_in
from training.answers.naming import Names
from training.answers.sure import Sure, sure_field
from training.attempts.actions import Save
from training.attempts.certainty import FIELD, WORDS

Answer = dict[str, Any]

# How the fields of a question in parts begin; the name of the part follows.
PLACE, MATCH, BLANK = PARTED = ("place-", "match-", "blank-")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to be answered. `body` holds the key, so no template is given it.

    `names` says what its page calls the options: by default as their author does.
    """

    kind: str
    body: dict[str, Any] = field(repr=False)
    order: Sequence[str]
    names: Names = Names()

    @property
    def shown(self) -> dict[str, Any]:
        """Prompt and parts as they may be shown before release; see each kind's `asked`."""
        return registry.asked(self.kind, self.body, self.order)


INCOMPLETE = _(
    "The form arrived incomplete and nothing was saved; an earlier answer stands. "
    "Answer again below."
)
CHOSEN_TWICE = _(
    "More than one value came for a single choice. Nothing was saved; choose one again."
)
NOT_OF_THIS_QUESTION = _(
    "What was sent does not belong to this question. Nothing was saved; an earlier answer stands. "
    "Answer again below."
)
NO_ANSWER = _("There is no answer yet. Answer first, then see why.")


class AnswerForm(forms.Form):
    """The base. Subclasses add the fields of their kinds and turn them into an answer.

    `stands` is the answer in force, shown as the initial choice. `sequence` is one more than the
    newest save the page has seen. With `required`, a blank answer is an error. With `sure` the form
    asks how sure one is.
    """

    use_required_attribute = False
    template: ClassVar[str]
    # Set where a page asks whether the trainee means to leave the question without an answer.
    left_blank = False
    # Set where a newer answer shut this one out: that answer in words.
    newer: Sequence[Any] = ()

    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    sequence = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(
        self,
        asked: Asked,
        data: QueryDict | None = None,
        *,
        stands: Mapping[str, Any] | None = None,
        sequence: int = 1,
        name: str = "answer",
        prefix: str | None = None,
        required: bool = False,
        sure: Sure | None = None,
    ) -> None:
        self.asked = asked
        self.shown = asked.names.shown(asked.shown)
        self.must = required
        self.name = name
        # With a prefix the names of the fields are told apart already.
        super().__init__(data, auto_id="%s" if prefix else f"{name}-%s", prefix=prefix)
        self.add_fields()
        if sure is not None:
            self.fields[FIELD] = sure_field()
        self.initial = {
            FIELD: str(sure.stands) if sure and sure.stands else None,
            "key": uuid4(),
            "sequence": sequence,
            **self.initial_of(asked.names.answer(stands or {})),
        }

    def add_fields(self) -> None:
        """Add the fields of the kind, from `self.shown`."""
        raise NotImplementedError

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The fields' initial values for an answer that was given before."""
        raise NotImplementedError

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        """The answer in the kind's shape; {} for a blank one. May call `add_error`."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Never obligatory, and never in the way of the answer.
        self.errors.pop(FIELD, None)
        if {"key", "sequence"} & set(self.errors):
            for name in ("key", "sequence"):
                self.errors.pop(name, None)
            self.add_error(None, INCOMPLETE)
            return cleaned
        if self._single_field_came_twice():
            self.add_error(None, CHOSEN_TWICE)
        if self._part_is_unknown():
            self.add_error(None, NOT_OF_THIS_QUESTION)
        return cleaned if self.errors else self._with_answer(cleaned)

    def _with_answer(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """What was cleaned, with the answer in its kind's shape as `given` if it will do."""
        answer = self.asked.names.authored(self.answer_of(cleaned), self.asked.shown)
        if self.errors:
            return cleaned
        refused = registry.accepts(self.asked.kind, self.asked.body, answer)
        if refused:
            self.add_error(self.main_field, told(refused))
        elif self.must and registry.is_blank(self.asked.kind, answer):
            self.add_error(self.main_field, NO_ANSWER)
        return cleaned | {"given": {} if registry.is_blank(self.asked.kind, answer) else answer}

    def _single_field_came_twice(self) -> bool:
        if not isinstance(self.data, QueryDict):
            return False
        single = [
            name
            for name, one in self.fields.items()
            if not isinstance(one, forms.MultipleChoiceField)
        ]
        return any(len(self.data.getlist(self.add_prefix(name))) > 1 for name in single)

    def _part_is_unknown(self) -> bool:
        """Whether a place, a match or a blank came that this question has not."""
        parted = tuple(self.add_prefix(one) for one in PARTED)
        known = {self.add_prefix(name) for name in self.fields}
        return any(name.startswith(parted) and name not in known for name in self.data)

    @property
    def hidden(self) -> SafeString:
        """The key of the next save and its sequence."""
        return controls.hidden([self["key"], self["sequence"]])

    @property
    def how_sure(self) -> SafeString:
        """How sure one is, as buttons; empty where the quiz does not ask."""
        if FIELD not in self.fields:
            return safe("")
        return controls.choices(
            self[FIELD], [(str(one), str(word)) for one, word in WORDS], "radio"
        )

    @property
    def prompt(self) -> SafeString:
        """What is asked. A text with blanks is its own prompt."""
        return safe(str(self.shown["prompt"]))

    @property
    def case(self) -> Case | None:
        """The text that this question shares with others, shown above it."""
        return case_in(self.asked.body)

    @property
    def main_field(self) -> str | None:
        """Where a refusal of the whole answer is told: the only field, else above the form."""
        return "answer" if "answer" in self.fields else None

    @property
    def save_wanted(self) -> Save:
        """What a valid form asks to be saved."""
        cleaned = self.cleaned_data
        sure = cleaned.get(FIELD)
        return Save(cleaned["given"], cleaned["key"], cleaned["sequence"], sure)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """The answer as it was sent, name and value, for sending it once more."""
        if not isinstance(self.data, QueryDict):
            return []
        names = [name for name in self.fields if name not in {"key", "sequence"}]
        return [(name, value) for name in names for value in self.data.getlist(name)]


class ClearForm(AnswerForm):
    """Takes an answer back: a save of nothing, whatever else the page sent with it."""

    def add_fields(self) -> None:
        """None: only the key and the sequence count."""

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        return {}

    def _part_is_unknown(self) -> bool:
        return False


def save_key(sent: str) -> UUID | None:
    """The key of a save, before anything else is looked at; None if it is missing or no UUID."""
    try:
        return UUID(sent)
    except ValueError:
        return None
