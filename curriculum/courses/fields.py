"""Reading the fields at the top of a file, every problem at once."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection

from curriculum.documents.front_matter import Sheet
from curriculum.prose.problems import Problem
from curriculum.prose.said import Said, ngettext
from curriculum.prose.said import said as _

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Any text may accept what the editor warns of: curriculum/editing/review.py.
EVERYWHERE = ("accepted",)
LEVELS = ("recall", "application", "judgement")


class Fields:
    """Takes fields from one sheet's front matter and collects what is wrong with them."""

    def __init__(self, sheet: Sheet, known: Collection[str]) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        for name in sheet.front:
            if name not in known and name not in EVERYWHERE:
                self.wrong(
                    name,
                    _(
                        "The field `{name}` is not known here. Known: {known}.",
                        name=name,
                        known=_list(known),
                    ),
                )

    def wrong(self, name: str, message: Said) -> None:
        self.problems.append(self.sheet.problem(name, message))

    def id(self) -> uuid.UUID | None:
        """The document's UUID."""
        value = self.sheet.front.get("id")
        if value is None:
            self.wrong("id", _("The field `id` is missing. Give the file a new UUID."))
            return None
        try:
            return uuid.UUID(str(value))
        except ValueError:
            self.wrong("id", _("`id` must be a UUID, not `{value}`.", value=value))
            return None

    def text(self, name: str, most: int, *, required: bool = True) -> str:
        value = self.sheet.front.get(name)
        if value is None or value == "":
            if required:
                self.wrong(name, _("The field `{name}` is missing.", name=name))
            return ""
        if not isinstance(value, str):
            self.wrong(name, _("`{name}` must be text. Put it in quotation marks.", name=name))
            return ""
        if len(value) > most:
            self.wrong(
                name,
                ngettext(
                    "`{name}` is {number} character long; at most {most}.",
                    "`{name}` is {number} characters long; at most {most}.",
                    len(value),
                    name=name,
                    most=most,
                ),
            )
        return value.strip()

    def number(self, name: str, least: int, most: int, *, required: bool = True) -> int | None:
        value = self.sheet.front.get(name)
        if value is None:
            if required:
                self.wrong(name, _("The field `{name}` is missing.", name=name))
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(
                name,
                _(
                    "`{name}` must be a whole number from {least} to {most}.",
                    name=name,
                    least=least,
                    most=most,
                ),
            )
            return None
        return value

    def day(self, name: str, *, required: bool = True) -> str:
        """A date as ISO text, or an empty string."""
        value = self.sheet.front.get(name)
        if value is None:
            if required:
                self.wrong(
                    name, _("The field `{name}` is missing. Write it as 2026-11-20.", name=name)
                )
            return ""
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            self.wrong(name, _("`{name}` must be a date such as 2026-11-20.", name=name))
            return ""
        return value.isoformat()

    def choice(self, name: str, among: Collection[str], default: str) -> str:
        value = self.sheet.front.get(name, default)
        if value not in among:
            self.wrong(name, _("`{name}` must be one of {among}.", name=name, among=_list(among)))
            return default
        return str(value)

    def yes_or_no(self, name: str, *, default: bool) -> bool:
        value = self.sheet.front.get(name, default)
        if not isinstance(value, bool):
            self.wrong(name, _("`{name}` must be true or false.", name=name))
            return default
        return value

    def slugs(self, name: str) -> list[str]:
        value = self.sheet.front.get(name, [])
        if not isinstance(value, list) or not all(
            isinstance(one, str) and SLUG.fullmatch(one) for one in value
        ):
            self.wrong(name, _("`{name}` must be a list of slugs in square brackets.", name=name))
            return []
        return value


def _list(names: Collection[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
