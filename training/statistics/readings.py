"""What the pages of statistics show, for whichever desk. Each says its number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, sqrt
from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curriculum.documents.models import Document, Revision
from curriculum.documents.telling import told
from curriculum.prose.inline import render
from curriculum.prose.safety import escape, safe
from curriculum.questions import generated, registry
from curriculum.questions.bodies import Body
from curriculum.questions.kinds import judgement
from training.statements.compiled_once import compiled_once
from training.statistics import bands, formulas, lines, reliability, times, wording
from training.statistics.figures import ENOUGH, Figure, WhyNot, none
from training.statistics.lines import ItemLine, item_lines, line_of, totals_of
from training.statistics.models import ItemSums, QuizSums
from training.statistics.sums import ItemTotals, QuizTotals

CHOSEN = (*lines.ONE_KEY, judgement.NAME, "multiple", "matching")
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
    facts: tuple[tuple[str, wording.Shown], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a third, and which share of it in per cent; None where the third is empty.

    `interval` is that of the share, in words; empty with it.
    """

    label: str
    count: int
    percent: int | None
    interval: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """One line of the table of answers. `right` is None where an answer is neither.

    For a judgement it is the panel's share in words.
    """

    text: SafeString | str
    right: bool | str | None
    everybody: Group
    thirds: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One revision of a question as a quiz asked it. `is_made`: others were asked others."""

    line: ItemLine
    prompt: SafeString
    is_made: bool
    sizes: tuple[Group, ...]
    chosen: tuple[Chosen, ...]
    outcomes: tuple[Chosen, ...]
    quick: str
    slow: str


def quiz_figures(quizzes: Mapping[int, int]) -> dict[int, QuizFigures]:
    """The figures of quizzes by the row of their revision, given with their pass marks.

    Two queries, however many quizzes.
    """
    wanted = list(quizzes)
    sums = {row[0]: row[1:] for row in _quiz_sums(wanted)}
    spreads: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for quiz, *spread in _spreads(wanted):
        spreads[quiz].append(tuple(spread))
    language = get_language()
    return {
        quiz: _figures(sums.get(quiz, NOTHING), mark, tuple(spreads[quiz]), language)
        for quiz, mark in quizzes.items()
    }


# What `_quiz_sums` would read of a quiz that nobody has handed in.
NOTHING = (0, 0, 0, 0, 0, 0, 0, "[]")


@compiled_once(BigAutoField())
def _quiz_sums(quizzes: Any) -> QuerySet[QuizSums, Any]:
    """Of each quiz its row and its sums as they stand."""
    found = QuizSums.objects.filter(quiz__pk__in=quizzes)
    found = found.annotate(scores_text=Cast("scores", TextField())).order_by()
    names = ("n", "passed", "asked", "possible", "t", "tt", "xx")
    return found.values_list("quiz", *names, "scores_text")


@compiled_once(BigAutoField())
def _spreads(quizzes: Any) -> QuerySet[ItemSums, Any]:
    """What the spread of each question's points follows from, by quiz."""
    found = ItemSums.objects.filter(quiz__pk__in=quizzes).order_by("quiz", "question")
    return found.values_list("quiz", "n", "x", "xx")


def _facts(found: QuizFigures) -> tuple[tuple[str, wording.Shown], ...]:
    """Each figure with its name, in the order in which it is read.

    Where nobody passes or fails, as in a pre-test, nothing is said of it.
    """
    percent = " %"
    passing = []
    if found.pass_percent:
        passing = [
            (
                _("Passed at %(mark)d %%") % {"mark": found.pass_percent},
                wording.shown(found.passed, 0, percent),
            ),
            (
                _("Same decision a second time"),
                wording.shown(found.consistency.scaled(100), 0, percent),
            ),
        ]
    return (
        (_("Mean"), wording.shown(found.mean, 1, percent)),
        (_("Standard deviation"), wording.shown(found.deviation, 1, percent)),
        *passing[:1],
        (
            _("Reliability (alpha)") if found.same_paper else _("Reliability (phi)"),
            wording.shown(found.reliability),
        ),
        (_("Standard error of measurement"), wording.shown(found.error, 1, percent)),
        *passing[1:],
    )


@lru_cache(maxsize=512)
def _figures(
    sums: tuple[Any, ...],
    mark: int,
    spreads: tuple[tuple[int, int, int], ...],
    language: str | None,
) -> QuizFigures:
    """All that is said of a quiz follows from these; so it is worked out once for the same."""
    *numbers, scores = sums
    values: list[Any] = [*numbers, json.loads(scores)]
    totals = QuizTotals(*values)
    variances = [(n, reliability.variance(n, x, xx) or 0.0) for n, x, xx in spreads]
    found = _quiz(totals, mark, variances)
    return replace(found, facts=_facts(found))


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
    share = totals.t / totals.possible if totals.possible else 0.0
    tails = bands.kurtosis(totals.scores, share)
    spread = reliability.deviation(n, totals.t, totals.tt, tails)
    # All papers of one revision have one length: what is possible is the same for each.
    full = totals.possible / n if n else 1.0
    percent = 100 / full if full else 0.0
    # Nobody deviates more than where half have nothing and half have all.
    widest = 50 * sqrt(n / (n - 1)) if n > 1 else 0.0
    # Points come whole: the mark is met by the next whole point, counted half a point lower.
    point = totals.possible / totals.asked if totals.asked else 1.0
    cut = point * (ceil(mark * full / 100 / point - 1e-9) - 0.5)
    return QuizFigures(
        n,
        n >= ENOUGH,
        average.scaled(percent).within(0, 100),
        spread.scaled(percent).within(0, widest),
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
    found = item_lines(quiz)
    spreads = ((one.n, one.totals.x, one.totals.xx) for one in found)
    totals = next(iter(_quiz_sums([quiz])), (quiz, *NOTHING))
    return _figures(totals[1:], mark, tuple(spreads), get_language()), found


def table_rows(found: Iterable[ItemLine]) -> SafeString:
    """The body of the list as HTML."""
    return safe("\n".join(line.row for line in found))


def item_page(quiz: int, question: UUID, number: int) -> ItemPage:
    """One question of it. One query. Raises ItemSums.DoesNotExist where it was not asked."""
    row = _rows(quiz).get(question__document__key=question, question__number=number)
    line, body = line_of(row.question, totals_of(row)), row.question.body
    kind = str(row.question.facts["kind"])
    counts = line.totals.by_band()
    split = bands.thirds(counts)
    options = lines.options(kind, body) if kind in CHOSEN else []
    is_made = kind == generated.NAME
    return ItemPage(
        line,
        _made_anew(body) if is_made else _prompt(kind, body),
        is_made,
        _groups(counts, counts, split),
        tuple(
            _chosen(safe(text), right, line.totals.choices.get(one, ()), counts, split)
            for one, text, right in options
        ),
        tuple(
            _chosen(text, right, line.totals.outcomes.get(one, ()), counts, split)
            for one, text, right in wording.outcomes()
        ),
        _time(line.totals, 0.25),
        _time(line.totals, 0.75),
    )


def _prompt(kind: str, body: Body) -> SafeString:
    asked = registry.asked(kind, body, registry.shown_order(kind, body, seed="statistics"))
    return safe(lines.markup(body, str(asked["prompt"])))


def _made_anew(body: Body) -> SafeString:
    """One of its kind, as no two papers asked the same; its title where none can be made now."""
    if not generated.can_be_made(body):
        return escape(told(generated.title(body)))
    return _prompt(*generated.asked(generated.NAME, body, 0, render))


def _time(totals: ItemTotals, share: float) -> str:
    seconds = times.percentile(totals.times, share)
    return "–" if seconds is None else wording.duration(seconds)


def revisions_of(question: Document, address: Callable[[ItemSums], str]) -> list[ItemLine]:
    """Each revision of a question in each revision of a quiz, the newest first. One query."""
    rows = ItemSums.objects.filter(question__document=question)
    rows = rows.select_related("question__document", "quiz__document")
    found = rows.defer("question__text", "quiz__text", "quiz__body").order_by("-question", "-quiz")
    return [line_of(row.question, totals_of(row), address(row)) for row in found]


def _chosen(
    text: SafeString | str,
    right: bool | str | None,
    counts: Iterable[int],
    sizes: list[int],
    split: bands.Thirds | None,
) -> Chosen:
    row = list(counts) or bands.empty()
    n = sum(sizes)
    everybody = _group(str(wording.EVERYBODY), sum(row), n)
    return Chosen(text, right, everybody, _groups(row, sizes, split))


def _group(label: str, count: int, size: int) -> Group:
    if not size:
        return Group(label, count, None, "")
    share = formulas.proportion(count / size, size).scaled(100)
    return Group(label, count, round(100 * count / size), wording.shown(share, 0).interval)


def _groups(counts: list[int], sizes: list[int], split: bands.Thirds | None) -> tuple[Group, ...]:
    """A row of counts by thirds; nothing where no thirds can be formed."""
    if split is None:
        return ()
    return tuple(
        _group(label, count, size)
        for label, count, size in zip(
            wording.thirds(), split.of(counts), split.of(sizes), strict=True
        )
    )


def pass_mark(quiz: Revision | Mapping[str, Any]) -> int:
    """The pass mark of a quiz in per cent, from its revision or its facts."""
    facts = quiz.facts if isinstance(quiz, Revision) else quiz
    return int(facts["rules"]["pass"])
