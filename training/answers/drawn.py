"""The rows of an explanation as HTML, put together as text.

A result shows ten questions with four or more rows each. A loop of a template looks up, translates
and escapes each value of each row anew, which takes some thirty times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, escape_unless_safe, safe


@dataclass(frozen=True, slots=True)
class Row:
    """One option, entry, pair, blank or typed answer.

    For an option `css` and `verdict` tell what it was; for the others `chosen` and `key` are words.
    `votes` is how many of a panel chose this option, `share` the same in whole per cent.
    """

    text: SafeString
    verdict: str
    css: str
    chosen: str
    key: str
    right: bool
    why: SafeString
    votes: int = 0
    share: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    shown: str


def options(rows: Iterable[Row]) -> SafeString:
    """What was offered for choice, with what was chosen, what is right, and why."""
    return safe("\n".join(map(_option, rows)))


def _option(row: Row) -> str:
    css = f" {row.css}" if row.css else ""
    verdict = f'<span class="choice-verdict">{escape(row.verdict)}</span>' if row.verdict else ""
    why = f'<div class="choice-why">{escape_unless_safe(row.why)}</div>' if row.why else ""
    text = escape_unless_safe(row.text)
    return f'<div class="choice{css}"><div>{text}{verdict}{why}</div></div>'


def parts(rows: Iterable[Row], name: str) -> SafeString:
    """A table of answers, keys and reasons; `name` is what a part is called, empty for none."""
    words = [escape(one) for one in (_("Your answer"), _("Right answer"), _("Outcome"), _("Why"))]
    columns = [escape(name), *words] if name else words
    head = "".join(f'<th scope="col">{one}</th>' for one in columns)
    body = "\n".join(_part(row, words, has_names=bool(name)) for row in rows)
    return safe(
        f'<table class="table stack">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>{body}</tbody></table>\n"
    )


def _part(row: Row, words: Sequence[str], *, has_names: bool) -> str:
    name = f"<td>{escape_unless_safe(row.text)}</td>" if has_names else ""
    cells = [
        escape_unless_safe(row.chosen or "–"),
        escape_unless_safe(row.key),
        f'<span class="tag {row.css}">{escape(row.verdict)}</span>',
        escape_unless_safe(row.why),
    ]
    told = [f'<td data-label="{word}">{cell}</td>' for word, cell in zip(words, cells, strict=True)]
    return f"<tr>{name}{''.join(told)}</tr>"


def cited(sources: Sequence[Source]) -> SafeString:
    """The sources in one paragraph, each named once with all that is cited of it."""
    if not sources:
        return safe("")
    places: dict[str, list[str]] = {}
    for one in sources:
        places.setdefault(one.title, []).extend([one.shown] if one.shown else [])
    each = [
        ", ".join([f"<cite>{escape(title)}</cite>", *map(escape, shown)])
        for title, shown in places.items()
    ]
    return safe(f"<p>{escape(_('Source:'))} {'; '.join(each)}.</p>\n")


def alone(html: str) -> SafeString:
    """The inside of a single paragraph, which needs no box of its own; anything else as it is."""
    one = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return safe(html.removeprefix("<p>").removesuffix("</p>") if one else html)
