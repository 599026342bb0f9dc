"""What the pages of statistics show, for whichever desk. Each says its number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.documents.models import Document, Revision
from curriculum.documents.telling import told
from curriculum.prose.inline import render
from curriculum.prose.markup import plain
from curriculum.prose.safety import safe
from curriculum.questions import generated, registry
from curriculum.questions.kinds import judgement
from training.statistics import bands, formulas, judging, reliability, times, wording
from training.statistics.figures import ENOUGH, Figure, WhyNot, none
from training.statistics.models import ItemSums, QuizSums
from training.statistics.sums import ItemTotals, QuizTotals

ONE_KEY = ("single", "true_false")
CHOSEN = (*ONE_KEY, judgement.NAME, "multiple", "matching")
Variances = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """A quiz in figures, in per cent of its points. `same_paper` names the kind of reliability."""

    n: int
    judged: bool
    mean: Figure
    deviation: Figure
    passed: Figure
    reliability: Figure
    same_paper: bool
    error: Figure
    consistency: Figure
    pass_percent: int

    @property
    def facts(self) -> list[tuple[str, wording.Shown]]:
        """Each figure with its name, in the order in which it is read."""
        percent = " %"
        return [
            (_("Mean"), wording.shown(self.mean, 1, percent)),
            (_("Standard deviation"), wording.shown(self.deviation, 1, percent)),
            (
                _("Passed at %(mark)d %%") % {"mark": self.pass_percent},
                wording.shown(self.passed, 0, percent),
            ),
            (
                _("Reliability (alpha)") if self.same_paper else _("Reliability (phi)"),
                wording.shown(self.reliability),
            ),
            (_("Standard error of measurement"), wording.shown(self.error, 1, percent)),
            (
                _("Same decision a second time"),
                wording.shown(self.consistency.scaled(100), 0, percent),
            ),
        ]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One revision of a question in a list. `current` is False for one that was replaced."""

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

    @property
    def facts(self) -> tuple[wording.Shown, wording.Shown, wording.Shown, wording.Shown]:
        """Facility, discrimination, median time, share not answered: as they are read."""
        return (
            wording.shown(self.facility),
            wording.shown(self.discrimination),
            wording.shown_time(self.median),
            wording.shown(self.omitted.scaled(100), 0, " %"),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a third, and which share of it in per cent; None where the third is empty."""

    label: str
    count: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One line of the table of answers. `right` is None where an answer is neither."""

    text: SafeString | str
    right: bool | None
    everybody: Group
    thirds: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One revision of a question as a quiz asked it."""

    line: ItemLine
    prompt: SafeString
    sizes: tuple[Group, ...]
    chosen: tuple[Chosen, ...]
    outcomes: tuple[Chosen, ...]
    quick: str
    slow: str


def quiz_figures(quizzes: Mapping[int, int]) -> dict[int, QuizFigures]:
    """The figures of quizzes by the row of their revision, given with their pass marks.

    Two queries, however many quizzes.
    """
    rows = {row.quiz_id: row for row in QuizSums.objects.filter(quiz__in=list(quizzes))}
    variances: dict[int, Variances] = defaultdict(list)
    items = ItemSums.objects.filter(quiz__in=list(quizzes)).order_by()
    for quiz, n, x, xx in items.values_list("quiz", "n", "x", "xx"):
        variances[quiz].append((n, reliability.variance(n, x, xx) or 0.0))
    return {
        quiz: _quiz(_quiz_totals(rows.get(quiz)), mark, variances[quiz])
        for quiz, mark in quizzes.items()
    }


def _quiz_totals(row: QuizSums | None) -> QuizTotals:
    if row is None:
        return QuizTotals()
    return QuizTotals(row.n, row.passed, row.asked, row.possible, row.t, row.tt, row.xx, row.scores)


def _quiz(totals: QuizTotals, mark: int, variances: Variances) -> QuizFigures:
    n, papers = totals.n, totals.papers()
    same_paper = bool(papers) and {count for count, _spread in variances} == {n}
    if papers is None:
        known = none(n, WhyNot.UNEQUAL_PAPERS if n else WhyNot.NO_ANSWERS)
    elif same_paper:
        known = reliability.alpha(papers, [one for _count, one in variances])
    else:
        known = reliability.phi(papers)
    average = reliability.mean(n, totals.t, totals.tt)
    spread = reliability.deviation(n, totals.t, totals.tt)
    # All papers of one revision have one length: what is possible is the same for each.
    full = totals.possible / n if n else 1.0
    percent = 100 / full if full else 0.0
    # Points come whole: the mark is met by the next whole point, counted half a point lower.
    point = totals.possible / totals.asked if totals.asked else 1.0
    cut = point * (ceil(mark * full / 100 / point - 1e-9) - 0.5)
    return QuizFigures(
        n,
        n >= ENOUGH,
        average.scaled(percent).within(0, 100),
        spread.scaled(percent),
        formulas.proportion(totals.passed / n if n else 0.0, n).scaled(100),
        known.within(-1, 1),
        same_paper,
        reliability.measurement_error(spread, known).scaled(percent),
        reliability.consistency(average, spread, known, cut),
        mark,
    )


def _rows(quiz: int) -> QuerySet[ItemSums]:
    rows = ItemSums.objects.filter(quiz=quiz).select_related("question__document")
    return rows.defer("question__text").order_by("question__document__position", "question")


def quiz_page(quiz: int, mark: int) -> tuple[QuizFigures, list[ItemLine]]:
    """The figures of one quiz, given with its pass mark, and of its questions. Two queries."""
    lines = item_lines(quiz)
    variances = [
        (one.n, reliability.variance(one.n, one.totals.x, one.totals.xx) or 0.0) for one in lines
    ]
    row = QuizSums.objects.filter(quiz=quiz).first()
    return _quiz(_quiz_totals(row), mark, variances), lines


def item_lines(quiz: int) -> list[ItemLine]:
    """Every question that the quiz asked, what needs a look first. One query."""
    found = [_line(row) for row in _rows(quiz)]
    return sorted(found, key=lambda one: judging.urgency(one.flags, one.n, one.discrimination))


def table_rows(lines: Iterable[ItemLine]) -> SafeString:
    """The body of the list as HTML: everything that somebody wrote is escaped.

    Put together here and not in a template, which would take several times as long.
    """
    names = [_("n"), _("Facility"), _("Discrimination"), _("Median time"), _("What stands out")]
    n, facility, discrimination, median, stands_out = map(escape, names)
    revision, look = escape(_("revision")), escape(_("Look"))
    rows = []
    for line in lines:
        number = "number" if line.judged else '"number soft"'
        easy, against = wording.shown(line.facility), wording.shown(line.discrimination)
        tag = f'<span class="tag tag-attention">{look}</span> ' if line.flags else ""
        rows.append(
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
    return safe("\n".join(rows))


def item_page(quiz: int, question: UUID, number: int) -> ItemPage:
    """One question of it. One query. Raises ItemSums.DoesNotExist where it was not asked."""
    row = _rows(quiz).get(question__document__key=question, question__number=number)
    line, body = _line(row), row.question.body
    kind = str(row.question.facts["kind"])
    counts = line.totals.by_band()
    split = bands.thirds(counts)
    options = _options(kind, body) if kind in CHOSEN else []
    # Of a generated question one of its kind is shown: no two papers asked the same.
    shown, body = generated.asked(kind, body, 0, render)
    asked = registry.asked(shown, body, registry.shown_order(shown, body, seed="statistics"))
    return ItemPage(
        line,
        _html(body, str(asked["prompt"])),
        _groups(counts, counts, split),
        tuple(
            _chosen(text, right, line.totals.choices.get(one, ()), counts, split)
            for one, text, right in options
        ),
        tuple(
            _chosen(text, right, line.totals.outcomes.get(one, ()), counts, split)
            for one, text, right in wording.outcomes()
        ),
        _time(line.totals, 0.25),
        _time(line.totals, 0.75),
    )


def _time(totals: ItemTotals, share: float) -> str:
    seconds = times.percentile(totals.times, share)
    return "–" if seconds is None else wording.duration(seconds)


def revisions_of(question: Document, address: Callable[[ItemSums], str]) -> list[ItemLine]:
    """Each revision of a question in each revision of a quiz, the newest first. One query."""
    rows = ItemSums.objects.filter(question__document=question)
    rows = rows.select_related("question__document", "quiz__document")
    found = rows.defer("question__text", "quiz__text", "quiz__body").order_by("-question", "-quiz")
    return [_line(row, address(row)) for row in found]


def _line(row: ItemSums, url: str = "") -> ItemLine:
    totals = ItemTotals(
        row.n, row.omitted, row.possible, row.x, row.t, row.xx, row.tt, row.xt,
        row.outcomes, row.choices, row.times,
    )  # fmt: skip
    question = row.question
    kind, body = str(question.facts["kind"]), question.body
    facility = formulas.facility(totals.x, totals.possible, totals.n)
    against = formulas.discrimination(totals.pairs())
    split = bands.thirds(totals.by_band())
    key = _key(kind, body)
    found = judging.flags(totals, facility, against, key, split)
    tempting = judging.tempting(totals, key, split) if split and key else ""
    return ItemLine(
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
    )


def _key(kind: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """The id of the right option, for kinds with one."""
    return (str(registry.key(kind, dict(body))["option"]),) if kind in ONE_KEY else ()


def _words(kind: str, body: Mapping[str, Any]) -> str:
    """The beginning of the question, as plain words; of a generated one, what makes it."""
    if kind == generated.NAME:
        return told(generated.title(dict(body)))
    text = plain(str(registry.asked(kind, dict(body))["prompt"]))
    return text if len(text) <= 80 else f"{text[:78].rstrip()}…"  # noqa: PLR2004


def _option_words(kind: str, body: Mapping[str, Any], option: str) -> str:
    return next(
        (plain(text) for one, text, _right in _options(kind, body) if one == option), option
    )


def _options(kind: str, body: Mapping[str, Any]) -> list[tuple[str, SafeString, bool]]:
    """What can be chosen: its id as it is counted, its text, and whether it is right."""
    if kind == "matching":
        asked: Any = registry.asked(kind, dict(body))
        key: Any = registry.key(kind, dict(body))["pairs"]
        return [
            (
                f"{left['id']}={right['id']}",
                _html(body, f"{left['text']} → {right['text']}"),
                key.get(left["id"]) == right["id"],
            )
            for left in asked["left"]
            for right in asked["right"]
        ]
    right = (str(registry.key(kind, dict(body))["option"]),) if kind == judgement.NAME else ()
    return [
        (
            one["id"],
            _html(body, str(one.get("text_html", one["text"]))),
            one["id"] in right if right else bool(one.get("right")),
        )
        for one in body.get("options", ())
    ]


def _html(body: Mapping[str, Any], text: str) -> SafeString:
    """Text of a question. Only a compiled body holds HTML that went through the sanitiser."""
    return safe(text if "prompt_html" in body else escape(text))


def _chosen(
    text: SafeString | str,
    right: bool | None,
    counts: Iterable[int],
    sizes: list[int],
    split: bands.Thirds | None,
) -> Chosen:
    row = list(counts) or bands.empty()
    n = sum(sizes)
    everybody = Group(str(wording.EVERYBODY), sum(row), round(100 * sum(row) / n) if n else None)
    return Chosen(text, right, everybody, _groups(row, sizes, split))


def _groups(counts: list[int], sizes: list[int], split: bands.Thirds | None) -> tuple[Group, ...]:
    """A row of counts by thirds; nothing where no thirds can be formed."""
    if split is None:
        return ()
    return tuple(
        Group(label, count, round(100 * count / size) if size else None)
        for label, count, size in zip(
            wording.thirds(), split.of(counts), split.of(sizes), strict=True
        )
    )


def pass_mark(quiz: Revision | Mapping[str, Any]) -> int:
    """The pass mark of a quiz in per cent, from its revision or its facts."""
    facts = quiz.facts if isinstance(quiz, Revision) else quiz
    return int(facts["rules"]["pass"])
