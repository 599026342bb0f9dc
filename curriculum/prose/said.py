"""Sentences of rooms that know no web: English, and still to be said in another language.

A sentence is written where its rule is, in English, with names for what is filled in:

    from curriculum.prose.said import said as _

    _("The id {id!r} stands here a second time. Give each its own.", id=each)

What comes back is that English text, for a command, a log or a test. It remembers what it was made
of, so that a page can say it in the language of its reader: `curriculum.documents.telling`. The
names `_` and `ngettext` are those that `makemessages` looks for. Why so: curriculum/decisions/0010.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Singular = Callable[[str], str]
Plural = Callable[[str, str, int], str]


class Said(str):
    """An English sentence, with its template and what was filled in."""

    __slots__ = ("_number", "_templates", "_values")

    _templates: tuple[str, ...]
    _number: int
    _values: Mapping[str, Any]

    def __new__(cls, templates: tuple[str, ...], number: int, values: Mapping[str, Any]) -> Said:
        english = templates[0] if number == 1 else templates[-1]
        sentence = super().__new__(cls, english.format(**values))
        sentence._templates, sentence._number, sentence._values = templates, number, values
        return sentence

    def __reduce__(self) -> tuple[Any, ...]:
        return Said, (self._templates, self._number, self._values)

    def in_words(self, gettext: Singular, ngettext: Plural) -> str:
        """The sentence in the language of these functions, and what is filled in as well."""
        one, *more = self._templates
        template = ngettext(one, more[0], self._number) if more else gettext(one)
        values = {
            name: value.in_words(gettext, ngettext) if isinstance(value, Said) else value
            for name, value in self._values.items()
        }
        return template.format(**values)


def said(template: str, /, **values: object) -> Said:
    """The sentence of a template such as "At most {most} are allowed."; braces are doubled."""
    return Said((template,), 1, values)


def ngettext(one: str, more: str, number: int, /, **values: object) -> Said:
    """The first template for one, the second for any other number, filled in as `{number}`."""
    return Said((one, more), number, {"number": number, **values})
