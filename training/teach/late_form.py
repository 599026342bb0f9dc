"""The form by which an instructor decides which answers of an attempt count."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from training.flows.counting_late_answers import Chosen
from training.teach.readings.late_answers import LateQuestion, LateRoom

IN_TIME, CHOSEN, NEWEST = "in-time", "chosen", "newest"


class LateForm(forms.Form):
    """One choice a question that has late answers, and the reason for all of them.

    `seen` is what the page showed; without it nothing is decided.
    """

    sent = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    how = forms.ChoiceField(choices=[(one, one) for one in (CHOSEN, NEWEST, IN_TIME)])
    reason = forms.CharField(
        label=_("Reason for the decision"),
        max_length=500,
        help_text=_("The trainee reads it. Kept in the audit trail with your name."),
        error_messages={"required": _("Write the reason. Nothing was decided.")},
    )

    def __init__(self, room: LateRoom | None, data: Any = None) -> None:
        self.fresh = {"sent": uuid.uuid4(), "seen": room.seen if room else ""}
        super().__init__(data, initial=self.fresh)
        self.questions: Sequence[LateQuestion] = room.questions if room else ()
        for one in self.questions:
            keys = [IN_TIME, *(answer.key for answer in one.answers)]
            self.fields[one.name] = forms.ChoiceField(
                choices=[(key, key) for key in keys], required=False
            )

    @classmethod
    def again(cls, room: LateRoom | None, reason: str) -> LateForm:
        """Asked once more, with what counts by now and the reason that was written."""
        form = cls(room, cls(room).fresh | {"how": CHOSEN, "reason": reason})
        form.add_error(
            None,
            _(
                "Since you opened this page somebody decided, or another answer came. Nothing was "
                "changed: look at what counts now."
            ),
        )
        return form

    def choice(self, question: LateQuestion) -> str:
        """What is ticked: what was sent, else what counts now."""
        sent = self.data.get(question.name) if self.is_bound else None
        counts = next((one.key for one in question.answers if one.counts), IN_TIME)
        return str(sent or counts)

    @property
    def chosen(self) -> Chosen:
        """What a valid form asks for."""
        how = self.cleaned_data["how"]
        return {one.position: _key(self._wanted(one, how)) for one in self.questions}

    def _wanted(self, question: LateQuestion, how: str) -> str:
        if how == NEWEST:
            return question.answers[-1].key
        return IN_TIME if how == IN_TIME else self.choice(question)


def _key(choice: str) -> UUID | None:
    return None if choice == IN_TIME else UUID(choice)
