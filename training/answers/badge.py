"""A state as a page shows it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word, and the class that adds its sign and colour (see static/css/README.md)."""

    tag: str
    word: str | Promise
