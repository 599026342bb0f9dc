"""Practice: an answer that is confirmed is locked, and the question shows what is right."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from training.accounts.models import Person
from training.answers.form import NO_ANSWER, AnswerForm
from training.attempts.actions import Saved
from training.attempts.models import Item
from training.flows.answering_a_question import confirm_answer

LOCKED = gettext_lazy(
    "Question %(position)d was confirmed before, and the answer that you confirmed stands. What "
    "you sent now was kept and marked late. It does not count."
)


def confirmed(
    item: Item, form: AnswerForm, outcome: Saved, *, at: datetime, by: Person
) -> Saved | None:
    """Confirm the answer that was just saved; None, with the error in the form, if it is blank."""
    if confirm_answer(item, form.save_wanted.answer, at=at, by=by):
        return outcome
    form.add_error(form.main_field, NO_ANSWER)
    return None
