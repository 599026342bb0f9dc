"""What the pages on corrections show: the question, what would change, for whom, and the state."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.documents.models import Document, Revision
from curriculum.prose.markup import plain
from curriculum.questions import accepted, amending, generated
from curriculum.questions.explaining import shown
from training.accounts.models import Person
from training.attempts.models import Item
from training.cohorts.models import Cohort
from training.cohorts.permissions import roles_of
from training.flows.effects_of_a_correction import Change, Counts, Effects
from training.grading.models import Correction, Decision, Grade, may_decide
from training.teach.correcting_forms import WrongQuestion

A_PAGE = 50
LONGEST_PROMPT = 160
TAGS = {
    "proposed": "tag-attention",
    "applied": "tag-complete",
    "rejected": "tag-failed",
    "withdrawn": "tag-none",
    "undone": "tag-none",
}


@dataclass(frozen=True, slots=True)
class State:
    """In which state a correction is: a name for the tag and a word."""

    name: str
    word: str

    @property
    def tag(self) -> str:
        return TAGS[self.name]


@dataclass(frozen=True, slots=True)
class Named:
    """One answer that changes, of somebody whose name may be shown. Results are None for a check.

    `url` is empty where the attempt is not open to the reader.
    """

    name: str
    cohort: str
    url: str
    points_before: Decimal
    points_after: Decimal
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts in sentences, the names on this page, and how many names are not shown."""

    sentences: list[str]
    page: Page[Any]
    rows: list[Named]
    unnamed: int
    digest: str


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """One correction. `shown` is what it would change now, or what it changed."""

    correction: Correction
    state: State
    prompt: str
    revisions: list[int]
    changes: list[str]
    shown: Shown
    proposed: list[str]
    may_decide: bool
    may_withdraw: bool
    may_undo: bool
    edits_text: bool


def wrong_question(document: Document, number: int | None) -> WrongQuestion | None:
    """The question with every revision that was asked; None for a revision there is not. One query.

    Without a number, the newest is in view.
    """
    items = Item.objects.filter(revision=OuterRef("pk")).order_by().values("revision")
    times = items.annotate(n=Count("pk")).values("n")
    found = list(document.revisions.annotate(times=Subquery(times)).order_by("-number"))
    wanted = [one for one in found if number is None or one.number == number]
    if not wanted:
        return None
    in_view = wanted[0]
    kind = in_view.facts["kind"]
    asked = [
        one
        for one in found
        if one.facts["kind"] == kind and (getattr(one, "times", 0) or one is in_view)
    ]
    return WrongQuestion(document, in_view, asked)


def prompt_of(question: Revision) -> str:
    """The question in plain words, cut."""
    words = generated.in_words(str(question.facts["kind"]), question.body)
    return words if len(words) <= LONGEST_PROMPT else words[: LONGEST_PROMPT - 1] + "…"


def corrections_of(found: Any, wanted: str | None) -> tuple[Page[Any], list[tuple[Any, State]]]:
    """A page of corrections, those that wait for a decision first. Two queries."""
    newest = Revision.objects.filter(document=OuterRef("document")).order_by("-number")
    prompts = newest.annotate(prompt=KT("facts__title")).values("prompt")[:1]
    rows = (
        found.select_related("decision", "undone", "document__course")
        .annotate(prompt=Subquery(prompts), waits=Q(decision__isnull=True))
        .order_by("-waits", "-proposed_at", "-pk")
    )
    page = Paginator(rows, A_PAGE).get_page(wanted)
    return page, [(one, state_of(one)) for one in page.object_list]


def state_of(correction: Correction) -> State:
    """Its state; `decision` and `undone` are at hand, or cost a query each."""
    decision = getattr(correction, "decision", None)
    if decision is None:
        return State("proposed", _("Proposed"))
    if getattr(correction, "undone", None) is not None:
        return State("undone", _("Undone"))
    words = {
        Decision.Outcome.APPLIED: _("Applied"),
        Decision.Outcome.REJECTED: _("Rejected"),
        Decision.Outcome.WITHDRAWN: _("Withdrawn"),
    }
    return State(decision.outcome, words[Decision.Outcome(decision.outcome)])


def shown_effects(effects: Effects, person: Person, wanted: str | None) -> Shown:
    """What would change, with the names that this person may see. One query."""
    open_to = _open_to(person)
    rows = [one for one in effects.changes if _may_see(one.item, open_to)]
    rows.sort(key=lambda one: (one.item.attempt.enrolment.trainee.name, one.item.pk))
    page = Paginator(rows, A_PAGE).get_page(wanted)
    return Shown(
        sentences(effects.counts),
        page,
        [_named(one, open_to) for one in page.object_list],
        len(effects.changes) - len(rows),
        effects.digest,
    )


OpenTo = tuple[bool, frozenset[int]]


def _open_to(person: Person) -> OpenTo:
    """Whether every name is open to this person, and the cohorts they teach."""
    taught = Cohort.objects.taught_by(person).values_list("pk", flat=True)
    return roles_of(person).admin, frozenset(taught)


def _may_see(item: Item, open_to: OpenTo) -> bool:
    return open_to[0] or item.attempt.enrolment.cohort_id in open_to[1]


def _named(change: Change, open_to: OpenTo) -> Named:
    before, after = change.before.points, change.after.points
    return _row(change.item, open_to, before, after, (change.score_before, change.score_after))


def _row(
    item: Item, open_to: OpenTo, before: Decimal, after: Decimal, scores: tuple[Any, Any]
) -> Named:
    enrolment = item.attempt.enrolment
    teaches = enrolment.cohort_id in open_to[1]
    return Named(
        name=enrolment.trainee.shown_name,
        cohort=enrolment.cohort.name,
        url=reverse("teach:attempt", args=[item.attempt.key]) if teaches else "",
        points_before=before,
        points_after=after,
        before=scores[0],
        after=scores[1],
    )


def shown_outcome(correction: Correction, person: Person, wanted: str | None) -> Shown:
    """What an applied correction changed when it was applied, and the answers it bears on since.

    Four queries.
    """
    open_to = _open_to(person)
    earlier = Grade.objects.filter(item=OuterRef("item"), pk__lt=OuterRef("pk")).order_by("-pk")
    grades = Grade.objects.filter(correction=correction)
    seen = grades
    if not open_to[0]:
        seen = grades.filter(item__attempt__enrolment__cohort__in=open_to[1])
    rows: Any = (
        seen.annotate(points_before=Subquery(earlier.values("points")[:1]))
        .select_related(
            "item__attempt__score",
            "item__attempt__enrolment__cohort",
            "item__attempt__enrolment__trainee",
        )
        .defer("item__body")
        .order_by("item__attempt__enrolment__trainee__name", "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(wanted)
    return Shown(
        sentences(Counts(**correction.decision.counts)),
        page,
        [
            _row(
                one.item,
                open_to,
                one.points_before,
                one.points,
                (None, getattr(one.item.attempt, "score", None)),
            )
            for one in page.object_list
        ],
        grades.count() - page.paginator.count,
        "",
    )


def correction_page(
    correction: Correction, person: Person, effects: Effects | None, wanted: str | None
) -> CorrectionPage:
    """Everything about one correction; `effects` are given while it waits for a decision."""
    source = correction.undoes or correction
    rows = source.revisions.select_related("revision").order_by("revision__number")
    revisions = [row.revision for row in rows]
    body = revisions[-1].body
    state = state_of(correction)
    waits, mine = state.name == "proposed", correction.proposer_key == person.key
    roles = roles_of(person)
    if effects is not None:
        seen = shown_effects(effects, person, wanted)
    elif state.name in ("applied", "undone"):
        seen = shown_outcome(correction, person, wanted)
    else:
        seen = Shown([], Paginator([], A_PAGE).get_page(1), [], 0, "")
    return CorrectionPage(
        correction=correction,
        state=state,
        prompt=prompt_of(revisions[-1]),
        revisions=[one.number for one in revisions],
        changes=told(body, source.amendment),
        shown=seen,
        proposed=sentences(Counts(**correction.counts)),
        may_decide=waits and not mine and may_decide(person),
        may_withdraw=waits and mine,
        may_undo=state.name == "applied" and correction.undoes_id is None,
        edits_text=roles.author or roles.admin,
    )


def sentences(counts: Counts) -> list[str]:
    """The counts in words, each with what it is out of."""
    found = []
    if counts.attempts or not counts.checks:
        found.append(
            ngettext(
                "%(changed)d of %(n)d attempt changes.",
                "%(changed)d of %(n)d attempts change.",
                counts.attempts,
            )
            % {"changed": counts.attempts_changed, "n": counts.attempts}
        )
    if counts.checks:
        found.append(
            ngettext(
                "%(changed)d of %(n)d answer to a check in a lesson changes.",
                "%(changed)d of %(n)d answers to checks in lessons change.",
                counts.checks,
            )
            % {"changed": counts.checks_changed, "n": counts.checks}
        )
    found.append(
        _("%(up)d up, %(down)d down; %(gained)d from fail to pass, %(lost)d from pass to fail.")
        % {
            "up": counts.up,
            "down": counts.down,
            "gained": counts.fail_to_pass,
            "lost": counts.pass_to_fail,
        }
    )
    return found


def told(body: dict[str, Any], amendment: dict[str, Any]) -> list[str]:
    """What the corrected key says, a line each, in plain words to be escaped."""
    texts = {} if amendment["form"] == amending.EVERYBODY else _texts(body)
    if "options" in amendment:
        return [texts[one] for one in amendment["options"]]
    if "order" in amendment:
        return [f"{at}. {texts[one]}" for at, one in enumerate(amendment["order"], start=1)]
    if "pairs" in amendment:
        return [f"{texts[left]}: {texts[right]}" for left, right in amendment["pairs"].items()]
    if "low" in amendment:
        return [_("from %(low)s to %(high)s") % amendment]
    if "accepted" in amendment:
        return list(amendment["accepted"])
    numbered = [one["id"] for one in body.get("blanks", ())]
    return [
        _("Blank %(number)d: %(words)s")
        % {"number": numbered.index(one) + 1, "words": accepted.joined(words)}
        for one, words in amendment.get("blanks", {}).items()
    ]


def _texts(body: dict[str, Any]) -> dict[str, str]:
    """What there is to choose, to order and to match, by its id."""
    found = [*body.get("options", ()), *body.get("entries", ()), *_sides(body)]
    return {one["id"]: plain(shown(one, "text")) for one in found}


def _sides(body: dict[str, Any]) -> list[dict[str, Any]]:
    pairs = body.get("pairs", ())
    both = [pair[side] for pair in pairs for side in ("left", "right")]
    return [*both, *body.get("distractors", ())]
