"""The lines of a list of questions: what follows from the sums of each, put together once.

A line follows from its sums, its question and the language, and from nothing else; so it is kept
under all of these together, and a page whose sums did not change puts nothing together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curriculum.documents.models import Revision
from curriculum.prose.markup import plain
from curriculum.prose.safety import escape
from curriculum.questions import generated, registry
from curriculum.questions.kinds import judgement
from training.statements.compiled_once import Given, compiled_once
from training.statements.kept import Kept
from training.statistics import bands, formulas, judging, times, wording
from training.statistics.figures import ENOUGH, Figure
from training.statistics.models import ItemSums
from training.statistics.sums import ItemTotals

ONE_KEY = ("single", "true_false")
COLUMNS = ("n", "omitted", "possible", "x", "t", "xx", "tt", "xt")
LARGE = ("outcomes", "choices", "times", "certain")


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One revision of a question in a list. `row` is its row of a table as HTML."""

    key: UUID
    slug: str
    number: int
    words: str
    url: str
    n: int
    judged: bool
    facility: Figure
    discrimination: Figure
    median: Figure
    omitted: Figure
    flags: tuple[judging.Flag, ...]
    sentence: str
    totals: ItemTotals
    objective: str
    row: str

    @property
    def facts(self) -> tuple[wording.Shown, wording.Shown, wording.Shown, wording.Shown]:
        """Facility, discrimination, median time, share not answered: as they are read."""
        return (
            wording.shown(self.facility),
            wording.shown(self.discrimination),
            wording.shown_time(self.median),
            wording.shown(self.omitted.scaled(100), 0, " %"),
        )


def item_lines(quiz: int) -> list[ItemLine]:
    """Every question that the quiz asked, what needs a look first.

    One query, and one more where sums were changed since somebody last looked.
    """
    language = get_language()
    found = _sums(quiz)
    keys = [(language, *row) for row in found]
    missing = [row[0] for row, key in zip(found, keys, strict=True) if key not in KEPT]
    questions = _questions(missing) if missing else {}
    lines = []
    for row, key in zip(found, keys, strict=True):
        line = KEPT.get(key)
        if line is None:
            question = questions.get(row[0]) or _questions([row[0]])[row[0]]
            # From the very sums under which it is kept: those in the table may have grown.
            line = KEPT.put(key, line_of(question, _totals(row)))
        lines.append(line)
    return sorted(lines, key=lambda one: judging.urgency(one.flags, one.n, one.discrimination))


# Some hundred courses' worth; the ones that were not looked at for longest are dropped.
KEPT: Kept[tuple[Any, ...], ItemLine] = Kept(2_048)


@compiled_once(BigAutoField())
def _sums(quiz: Given) -> QuerySet[ItemSums, Any]:
    """Of each question the row of its revision, what tells it from any other, and its sums."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in LARGE}
    found = ItemSums.objects.filter(quiz=quiz).annotate(**texts)
    return found.order_by("question__document__position", "question").values_list(
        "question",
        "question__document__key",
        "question__number",
        "question__digest",
        *COLUMNS,
        *texts,
    )


def _totals(row: tuple[Any, ...]) -> ItemTotals:
    numbers, texts = row[4 : 4 + len(COLUMNS)], row[4 + len(COLUMNS) :]
    return ItemTotals(*numbers, *(json.loads(text) for text in texts))


def _questions(revisions: list[int]) -> dict[int, Revision]:
    found = Revision.objects.filter(pk__in=revisions).select_related("document")
    return found.defer("text").in_bulk()


def totals_of(row: ItemSums) -> ItemTotals:
    """The sums of a row that is at hand."""
    return ItemTotals(*(getattr(row, name) for name in (*COLUMNS, *LARGE)))


def line_of(question: Revision, totals: ItemTotals, url: str = "") -> ItemLine:
    """What the sums say of one revision of a question."""
    kind, body = str(question.facts["kind"]), question.body
    facility = formulas.facility(totals.x, totals.possible, totals.n)
    against = formulas.discrimination(totals.pairs())
    split = bands.thirds(totals.by_band())
    key = _key(kind, body)
    found = judging.flags(totals, facility, against, key, split)
    tempting = judging.tempting(totals, key, split) if split and key else ""
    shown = ItemLine(
        question.document.key,
        question.document.slug,
        question.number,
        _words(kind, body),
        # Below the page of the quiz, and short: there may be thirty of them.
        url or f"{question.document.key}/{question.number}/",
        totals.n,
        totals.n >= ENOUGH,
        facility,
        against,
        times.median(totals.times),
        formulas.proportion(totals.omitted / totals.n if totals.n else 0.0, totals.n),
        found,
        wording.sentence(found, totals.n, _option_words(kind, body, tempting)),
        totals,
        str(question.facts["objective"]),
        row="",
    )
    return replace(shown, row=_row(shown))


def _row(line: ItemLine) -> str:
    """The line as HTML: everything that somebody wrote is escaped.

    Put together here and not in a template, which would take several times as long.
    """
    names = [_("n"), _("Facility"), _("Discrimination"), _("Median time"), _("What stands out")]
    n, facility, discrimination, median, stands_out = map(escape, names)
    revision, look = escape(_("revision")), escape(_("Look"))
    number = "number" if line.judged else '"number soft"'
    easy, against = wording.shown(line.facility), wording.shown(line.discrimination)
    tag = f'<span class="tag tag-attention">{look}</span> ' if line.flags else ""
    return (
        f'<tr><th scope=row><a href="{escape(line.url)}">{escape(line.words)}</a> '
        f"<span class=soft>{escape(line.slug)}, {revision} {line.number}</span></th>"
        f'<td class=number data-label="{n}">{line.n}'
        f'<td class={number} data-label="{facility}">{escape(easy.value)}'
        f"<br><small>{escape(easy.interval)}</small>"
        f'<td class={number} data-label="{discrimination}">{escape(against.value)}'
        f"<br><small>{escape(against.interval)}</small>"
        f'<td class={number} data-label="{median}">'
        f"{escape(wording.shown_time(line.median).value)}"
        f'<td data-label="{stands_out}"><span>{tag}{escape(line.sentence)}</span>'
    )


def _key(kind: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """The id of the right option, for kinds with one."""
    return (str(registry.key(kind, dict(body))["option"]),) if kind in ONE_KEY else ()


def _words(kind: str, body: Mapping[str, Any]) -> str:
    """The beginning of the question, as plain words; of a generated one, what makes it."""
    if kind == generated.NAME:
        text = generated.in_words(kind, dict(body))
    else:
        text = plain(str(registry.asked(kind, dict(body))["prompt"]))
    return text if len(text) <= 80 else f"{text[:78].rstrip()}…"  # noqa: PLR2004


def _option_words(kind: str, body: Mapping[str, Any], option: str) -> str:
    if not option:
        # Most have none that tempts, and a generated question has other options in each variant.
        return ""
    return next((plain(text) for one, text, _right in options(kind, body) if one == option), option)


def options(kind: str, body: Mapping[str, Any]) -> list[tuple[str, str, bool | str]]:
    """What can be chosen: its id as it is counted, its text, and whether it is right.

    For a judgement, instead, how much of the panel chose it: what earns marks is no fault.
    """
    if kind == "matching":
        asked: Any = registry.asked(kind, dict(body))
        key: Any = registry.key(kind, dict(body))["pairs"]
        return [
            (
                f"{left['id']}={right['id']}",
                markup(body, f"{left['text']} → {right['text']}"),
                key.get(left["id"]) == right["id"],
            )
            for left in asked["left"]
            for right in asked["right"]
        ]
    by_panel = kind == judgement.NAME
    return [
        (
            one["id"],
            markup(body, str(one.get("text_html", one["text"]))),
            _("%(share)s of the panel") % one if by_panel else bool(one.get("right")),
        )
        for one in body.get("options", ())
    ]


def markup(body: Mapping[str, Any], text: str) -> str:
    """Text of a question as HTML. Only a compiled body holds HTML that was sanitised."""
    return text if "prompt_html" in body else escape(text)
