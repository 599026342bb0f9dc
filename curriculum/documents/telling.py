"""What pure rooms said, in the language of whoever reads the page."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from curriculum.prose.said import Said


def told(sentence: str) -> str:
    """The sentence in the active language; text that is no sentence of ours as it is."""
    return sentence.in_words(gettext, ngettext) if isinstance(sentence, Said) else sentence
