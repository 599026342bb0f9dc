"""The question that may stand beside any answer: how sure are you."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from training.attempts.certainty import WORDS


@dataclass(frozen=True, slots=True)
class Sure:
    """That it is asked; `stands` is what was said with the answer in force."""

    stands: int | None = None


def sure_field() -> forms.TypedChoiceField:
    """Nothing chosen is None, and so is whatever is none of the three."""
    return forms.TypedChoiceField(
        choices=WORDS, coerce=int, empty_value=None, required=False, label=_("How sure are you?")
    )
