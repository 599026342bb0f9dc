"""Which form belongs to which kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict

from training.answers.arranging import MatchingForm, OrderingForm
from training.answers.choices import OneOfForm, PanelForm, SomeOfForm
from training.answers.form import AnswerForm, Asked, ClearForm
from training.answers.naming import Names
from training.answers.sure import Sure
from training.answers.typed import ClozeForm, NumberForm, TermForm
from training.answers.written import EssayForm
from training.attempts.models import Item

FORMS: Final[Mapping[str, type[AnswerForm]]] = {
    "single": OneOfForm,
    "true_false": OneOfForm,
    "multiple": SomeOfForm,
    "ordering": OrderingForm,
    "matching": MatchingForm,
    "numeric": NumberForm,
    "short": TermForm,
    "cloze": ClozeForm,
    "judgement": PanelForm,
    "written": EssayForm,
}


def form_for(asked: Asked, data: QueryDict | None = None, **options: Any) -> AnswerForm:
    """The form of a question's kind, empty or with what was sent. Raises KeyError."""
    return FORMS[asked.kind](asked, data, **options)


def form_of_item(
    item: Item, data: QueryDict | None = None, *, sequence: int = 0, prefix: str | None = None
) -> AnswerForm:
    """The form of one item of `with_answers()`, showing the answer in force.

    A POST with `clear` takes the answer back. `sequence` is given where it must not be the next
    one: never from a page. A page of several questions gives each a `prefix`.
    """
    names = Names(item.attempt.naming, str(item.position))
    asked = Asked(item.kind, item.body, item.order, names)
    following = sequence or (item.sequence_now or 0) + 1
    name = f"q{item.position}"
    stands: dict[str, Any] = {"sequence": following, "name": name, "prefix": prefix}
    if data is not None and data.get("clear") == (prefix or "1"):
        return ClearForm(asked, data, **stands)
    sure = Sure(item.certainty_now) if item.asks_certainty else None
    return form_for(asked, data, stands=item.answer_now, sure=sure, **stands)
