"""The marking desk: what waits by question, the answers to one question, and one answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.documents.models import Revision
from curriculum.prose.safety import safe
from curriculum.questions import registry
from curriculum.questions.explaining import shown
from training.accounts.models import Person
from training.answers.badge import Badge
from training.answers.by_hand import Written, written_of
from training.answers.case import Case, case_in
from training.attempts.models import Item
from training.flows.marking_an_answer import may_settle, own_mark
from training.marking.models import Draft, Mark, Sheet, SheetQuerySet, Unveiling
from training.marking.rules import table_of
from training.statistics.agreement import Weights, weighted_kappa
from training.statistics.figures import Figure
from training.teach.marking_forms import CRITERION, MarkForm

A_PAGE = 50
State = Sheet.State
TAGS = {
    State.FIRST: "tag-none",
    State.SECOND: "tag-progress",
    State.UNLIKE: "tag-attention",
    State.DONE: "tag-complete",
}


def _title() -> Subquery:
    newest = Revision.objects.filter(document=OuterRef("document")).order_by("-number")
    return Subquery(newest.values(called=KT("facts__title"))[:1])


def queue(found: SheetQuerySet, person: Person, number: str | None) -> Page[Any]:
    """Each question of each cohort: what waits, since when, what is open to this person.

    What has waited longest comes first, what is wholly marked last. Two queries.
    """
    # Counted apart: the staffing that `found` goes through would be counted with.
    rows = (
        Sheet.objects.filter(pk__in=found.values("pk"))
        .values("document", "cohort", "document__key", "cohort__key", "cohort__name")
        .annotate(
            n=Count("pk"),
            first=Count("pk", filter=Q(state=State.FIRST)),
            second=Count("pk", filter=Q(state=State.SECOND)),
            unlike=Count("pk", filter=Q(state=State.UNLIKE)),
            mine=Count(
                "pk", filter=Q(pk__in=Sheet.objects.open_to(person).order_by().values("pk"))
            ),
            since=Min("handed_in_at", filter=~Q(state=State.DONE)),
            title=_title(),
        )
        .order_by(F("since").asc(nulls_last=True), "cohort__name", "title", "document")
    )
    return Paginator(rows, A_PAGE).get_page(number)


@dataclass(frozen=True, slots=True)
class Paper:
    """One answer in the list of a question: known by its code, and by name once that is due."""

    sheet: Sheet
    badge: Badge
    name: str
    held: str
    mine: bool


@dataclass(frozen=True, slots=True)
class QuestionDesk:
    """All answers to one question in one cohort. `finished` once none waits: names are shown."""

    cohort: Any
    document: Any
    title: str
    counts: Counter[str]
    open: int
    finished: bool
    page: Page[Any]
    papers: tuple[Paper, ...]
    unlike: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two markers agree who did not see each other's marks: kappa, or why there is none."""

    n: int
    figure: Figure | None
    said: str


def question_desk(
    found: SheetQuerySet, person: Person, number: str | None, *, at: datetime
) -> QuestionDesk:
    """Six queries: states, what is open, two for the page, unveilings, and marks given twice."""
    counts: Counter[str] = Counter(
        dict(found.order_by().values_list("state").annotate(Count("pk")))
    )
    finished = not any(counts[one] for one in (State.FIRST, State.SECOND, State.UNLIKE))
    listed = found.select_related(
        "cohort", "document", "holder", "in_force", "item__attempt__enrolment__trainee"
    ).annotate(title=_title())
    listed = listed.defer("item__body").order_by(
        F("in_force").asc(nulls_first=True), "handed_in_at"
    )
    page = Paginator(listed, A_PAGE).get_page(number)
    first: Any = page.object_list[0]
    seen = set(
        Unveiling.objects.filter(person=person, sheet__in=[one.pk for one in page]).values_list(
            "sheet", flat=True
        )
    )
    return QuestionDesk(
        cohort=first.cohort,
        document=first.document,
        title=first.title,
        counts=counts,
        open=found.open_to(person).count(),
        finished=finished,
        page=page,
        papers=tuple(_paper(one, person, finished or one.pk in seen, at) for one in page),
        unlike=counts[State.UNLIKE],
        agreement=agreement_of(found),
    )


def _paper(sheet: Sheet, person: Person, named: bool, at: datetime) -> Paper:
    state = State(sheet.state)
    held = sheet.holder if sheet.held_until is not None and sheet.held_until >= at else None
    return Paper(
        sheet=sheet,
        badge=Badge(TAGS[state], str(state.label)),
        name=sheet.item.attempt.enrolment.trainee.shown_name if named else "",
        held=held.shown_name if held is not None else "",
        mine=held == person,
    )


def agreement_of(found: SheetQuerySet) -> Agreement:
    """From the first marks that two gave without seeing each other's. One query.

    Where the rubric had other points before, only the answers marked by its newest one count.
    """
    given: dict[int, dict[str, tuple[int, int]]] = {}
    looks = Mark.objects.filter(sheet__in=found.values("pk"), reason="").exclude(turn="agreed")
    for sheet, turn, points, out_of in looks.order_by("pk").values_list(
        "sheet", "turn", "points", "out_of"
    ):
        given.setdefault(sheet, {})[turn] = (points, out_of)
    pairs = [(one["first"], one["second"]) for one in given.values() if len(one) == 2]  # noqa: PLR2004
    if not pairs:
        return Agreement(0, None, _("No answer was marked by two people yet."))
    most = pairs[-1][0][1]
    same = [(a[0], b[0]) for a, b in pairs if a[1] == b[1] == most]
    figure = weighted_kappa(table_of(same, most), Weights.QUADRATIC)
    return Agreement(figure.n, figure, _agreement_said(figure))


def _agreement_said(figure: Figure) -> str:
    """Nothing is judged where too few were marked twice."""
    if not figure.enough or figure.value is None or figure.low is None or figure.high is None:
        if figure.n >= 30:  # noqa: PLR2004
            return _("All marks are the same, so agreement cannot be told (n = %(n)d).") % {
                "n": figure.n
            }
        return _("Too few to judge (n = %(n)d).") % {"n": figure.n}
    return _("%(value).2f (95 %% interval %(low).2f to %(high).2f, n = %(n)d)") % {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
    }


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as the form shows it: its field, and what to look for."""

    text: SafeString
    why: SafeString
    most: int
    field: BoundField


def rubric_of(form: MarkForm) -> list[Criterion]:
    """The rubric in the order in which it was written."""
    return [
        Criterion(
            safe(shown(one, "text")),
            safe(shown(one, "feedback")),
            one["levels"][-1]["points"],
            form[CRITERION + one["id"]],
        )
        for one in form.rubric
    ]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One answer with its question, as a marker sees it. `name` is empty while it is hidden.

    `begun` is what this person filled in before. `marks` are shown once the answer is marked, and
    where two disagree.
    """

    sheet: Sheet
    prompt: SafeString
    case: Case | None
    model: SafeString
    answer: Written
    words: int
    begun: Draft | None
    marks: tuple[Mark, ...]
    names: tuple[str, ...]
    name: str
    open: int
    is_open: bool
    held: bool
    held_by: str
    may_settle: bool
    may_change: bool


def sheet_page(sheet: Sheet, found: SheetQuerySet, person: Person, *, at: datetime) -> SheetPage:
    """Seven queries at most. `found` are the answers to the same question in the same cohort."""
    item: Any = Item.objects.with_answers().get(pk=sheet.item_id)
    # The sheet came with the attempt and the trainee.
    item.attempt = sheet.item.attempt
    sheet.item = item
    holds = sheet.held_until is not None and sheet.held_until >= at
    states = set(found.order_by().values_list("state", flat=True).distinct())
    named = states == {State.DONE} or _unveiled(sheet, person)
    told = sheet.state in (State.DONE, State.UNLIKE)
    settles = may_settle(sheet, person)
    answer = written_of(item, None)
    return SheetPage(
        sheet=sheet,
        prompt=safe(str(registry.asked(item.kind, item.body)["prompt"])),
        case=case_in(item.body),
        model=safe(shown(item.body, "explanation")),
        answer=answer,
        words=len(f"{answer.text}{answer.beyond}".split()),
        begun=Draft.objects.filter(sheet=sheet, person=person).first(),
        marks=tuple(sheet.marks.order_by("pk")) if told else (),
        names=tuple(str(Mark.Turn(one).label) for one in Mark.Turn),
        name=sheet.item.attempt.enrolment.trainee.shown_name if named else "",
        open=found.open_to(person).count(),
        is_open=Sheet.objects.filter(pk=sheet.pk).open_to(person).exists(),
        held=holds and sheet.holder_id == person.pk,
        held_by=sheet.holder.shown_name if holds and sheet.holder else "",
        may_settle=settles,
        may_change=own_mark(sheet, person) is not None,
    )


def _unveiled(sheet: Sheet, person: Person) -> bool:
    return Unveiling.objects.filter(sheet=sheet, person=person).exists()


def levels_of(sheet: Sheet, marks: Iterable[Mark]) -> list[tuple[SafeString, list[str]]]:
    """Each criterion with what every mark gave it, in words, in the marks' order."""
    told = list(marks)
    rows = []
    for one in sheet.item.body["criteria"]:
        levels = {level["points"]: level["words"] for level in one["levels"]}
        given = [
            _("%(points)d: %(words)s")
            % {"points": mark.given[one["id"]], "words": levels.get(mark.given[one["id"]], "")}
            for mark in told
        ]
        rows.append((safe(shown(one, "text")), given))
    return rows
