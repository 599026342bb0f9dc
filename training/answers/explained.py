"""An answered question after release: what was answered, what is right, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.prose.markup import plain
from curriculum.prose.safety import escape_unless_safe, safe
from curriculum.questions import registry
from curriculum.questions.explaining import Line
from curriculum.quizzes.release import What
from training.answers import by_hand, drawn
from training.answers.badge import Badge
from training.answers.by_hand import Written
from training.answers.case import Case, case_in
from training.answers.drawn import Row, Source
from training.attempts.models import Item

CHOICES = {"single", "true_false", "multiple"}
PANEL = "judgement"
NO_WORDS = safe("")
# The rows of a choice, and of most others, are joined text and have no template.
OPTIONS, PARTS = "", "parts"
# What a part of an answer is called; a typed answer has none.
PART = {
    "ordering": gettext_lazy("Entry"),
    "cloze": gettext_lazy("Blank"),
    "matching": gettext_lazy("To match"),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """`template` draws the rows, unless it is OPTIONS or PARTS.

    `tone` is ok, part, bad, or info where nothing was answered. `panel` is the number of experts
    who were asked, 0 where the question has a key; what is a `draft` no panel has rated yet.
    """

    kind: str
    template: str
    prompt: SafeString
    badge: Badge
    tone: str
    blank: bool
    rows: tuple[Row, ...]
    general: SafeString
    sources: tuple[Source, ...]
    panel: int = 0
    draft: bool = False
    case: Case | None = None
    written: Written | None = None

    @property
    def options(self) -> SafeString:
        """The rows as the options of a choice."""
        return drawn.options(self.rows)

    @property
    def parts(self) -> SafeString:
        """The rows as a table."""
        return drawn.parts(self.rows, str(PART.get(self.kind, "")))

    @property
    def cited(self) -> SafeString:
        """The sources in one paragraph; empty if there are none."""
        return drawn.cited(self.sources)


ALL = frozenset(What)


def explained(
    item: Item,
    fraction: Decimal | None,
    shown: frozenset[What] = ALL,
    *,
    parts: Mapping[str, str] | None = None,
    comment: str = "",
) -> Explained:
    """The explanation of an item of `with_answers()` whose grade is `fraction`, 0 to 1.

    As far as `shown` allows: without the key no part says whether it is right, without feedback
    none says why. That the whole is right or wrong is told in any case. A fraction of None stands
    for an answer that waits for its marker, of which nothing is released; of one that was marked by
    hand, `parts` is the share earned by criterion and `comment` what was said.
    """
    if item.kind in registry.BY_HAND:
        return _by_hand(item, fraction, shown, parts or {}, comment)
    fraction = fraction or Decimal(0)
    answer = item.answer_now or {}
    found = registry.explain(item.kind, item.body, answer)
    blank = registry.is_blank(item.kind, answer)
    has_key = What.KEY in shown
    tells_why = has_key and What.FEEDBACK in shown
    panel = found.panel if has_key and What.PANEL in shown else 0
    asked = registry.asked(item.kind, item.body, item.order)
    has_order = item.kind in CHOICES or item.kind == PANEL
    lines = _in_shown_order(found.lines, item.order) if has_order else found.lines
    if has_key:
        rows = [_row(one, item.kind, panel) for one in lines]
    else:
        rows = _without_key(item.kind, asked, lines, answer)
    if not tells_why:
        rows = [replace(row, why=NO_WORDS) for row in rows]
    return Explained(
        kind=item.kind,
        template=_drawn_by(item.kind, panel) if has_key else OPTIONS,
        prompt=safe(str(asked["prompt"])),
        badge=_panel_badge(fraction, found.draft)
        if found.panel and not blank
        else _badge(fraction, blank),
        tone=_tone(fraction, blank),
        blank=blank,
        rows=tuple(rows),
        general=safe(found.general if tells_why else ""),
        sources=sources_of(item.body) if tells_why else (),
        panel=panel,
        draft=found.draft and has_key,
        case=case_in(item.body),
    )


def _by_hand(
    item: Item,
    fraction: Decimal | None,
    shown: frozenset[What],
    parts: Mapping[str, str],
    comment: str,
) -> Explained:
    """A written answer; the criteria come with the key, the model answer with the feedback."""
    blank = registry.is_blank(item.kind, item.answer_now or {})
    has_key = fraction is not None and What.KEY in shown
    tells_why = has_key and What.FEEDBACK in shown
    return Explained(
        kind=item.kind,
        template="questions/why_written.html",
        prompt=safe(str(registry.asked(item.kind, item.body)["prompt"])),
        badge=by_hand.badge(fraction, blank),
        tone="info" if fraction is None else _tone(fraction, blank),
        blank=blank,
        rows=(),
        general=by_hand.model_answer(item.body) if tells_why else NO_WORDS,
        sources=sources_of(item.body) if tells_why else (),
        case=case_in(item.body),
        written=by_hand.written_of(
            item,
            parts if has_key else None,
            waits=fraction is None,
            comment=comment if tells_why else "",
            tells_why=tells_why,
        ),
    )


def _drawn_by(kind: str, panel: int) -> str:
    if panel:
        return "questions/why_panel.html"
    return OPTIONS if kind in CHOICES or kind == PANEL else PARTS


def _without_key(
    kind: str, asked: Mapping[str, Any], lines: Sequence[Line], answer: Mapping[str, Any]
) -> list[Row]:
    """What was answered, without a word about right or wrong, in no order but that of the answer.

    The parts of an order stand in the right one in an explanation, so they are not taken from it.
    """
    if kind in CHOICES or kind == PANEL:
        words = [(safe(line.text), bool(line.chosen)) for line in lines]
    else:
        words = [(each, True) for each in in_words(kind, asked, answer)]
    return [
        Row(text, _("Your answer") if chosen else "", "", "", "", False, NO_WORDS)
        for text, chosen in words
    ]


def _row(line: Line, kind: str, panel: int) -> Row:
    if panel:
        return _judged(line, panel)
    return _option(line) if kind in CHOICES or kind == PANEL else _part(line, kind)


def sources_of(body: Mapping[str, Any]) -> tuple[Source, ...]:
    return tuple(Source(one["title"], one["shown"]) for one in body.get("sources", ()))


def _in_shown_order(lines: Sequence[Line], order: Sequence[str]) -> list[Line]:
    places = {each: at for at, each in enumerate(order)}
    return sorted(lines, key=lambda line: places.get(line.id, len(places)))


def _tone(fraction: Decimal, blank: bool) -> str:
    if blank:
        return "info"
    return "ok" if fraction == 1 else "part" if fraction else "bad"


def _badge(fraction: Decimal, blank: bool) -> Badge:
    if blank:
        return Badge("tag-none", _("Not answered"))
    if fraction == 1:
        return Badge("tag-complete", _("Right"))
    if fraction:
        return Badge("tag-partial", _("Partly right"))
    return Badge("tag-failed", _("Wrong"))


def _panel_badge(fraction: Decimal, draft: bool) -> Badge:
    """There is no right and wrong where a panel was asked, only more and fewer who agree."""
    if draft:
        return _draft_badge(fraction)
    if fraction == 1:
        return Badge("tag-complete", _("The first choice of the panel"))
    if fraction:
        return Badge("tag-partial", _("Chosen by part of the panel"))
    return Badge("tag-failed", _("Chosen by nobody on the panel"))


def _draft_badge(fraction: Decimal) -> Badge:
    if fraction == 1:
        return Badge("tag-complete", _("First choice in draft weights"))
    if fraction:
        return Badge("tag-partial", _("Some weight in draft weights"))
    return Badge("tag-failed", _("No weight in draft weights"))


def _judged(line: Line, panel: int) -> Row:
    votes = line.votes or 0
    return Row(
        text=safe(line.text),
        verdict=_("Your answer") if line.chosen else "",
        css="",
        chosen="",
        key="",
        right=bool(line.key),
        why=drawn.alone(line.feedback),
        votes=votes,
        share=(200 * votes + panel) // (2 * panel),
    )


def _option(line: Line) -> Row:
    css, verdict = "", ""
    if line.chosen:
        css = "is-right" if line.key else "is-wrong"
        verdict = _("Your answer, right") if line.key else _("Your answer, wrong")
    elif line.key:
        css, verdict = "is-missed", _("Right, not chosen by you")
    return Row(safe(line.text), verdict, css, "", "", bool(line.right), drawn.alone(line.feedback))


def _part(line: Line, kind: str) -> Row:
    text = safe(line.text)
    if kind == "cloze":
        text = safe(_("Blank %(number)s") % {"number": plain(line.text)})
    return Row(
        text=text,
        verdict=_("Right") if line.right else _("Wrong"),
        css="tag-complete" if line.right else "tag-failed",
        chosen=str(line.chosen),
        key=str(line.key),
        right=bool(line.right),
        why=drawn.alone(line.feedback),
    )


def in_words(kind: str, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> list[SafeString]:
    """An answer as its parts read, in order, without a word about right or wrong.

    `shown` is what the question's kind shows before release. Empty for a blank answer.
    """
    if registry.is_blank(kind, dict(answer)):
        return []
    if "option" in answer or "options" in answer:
        wanted = answer.get("options") or [answer.get("option")]
        return [safe(one["text"]) for one in shown["options"] if one["id"] in wanted]
    if "order" in answer:
        texts = {one["id"]: one["text"] for one in shown["entries"]}
        return [safe(f"{at}. {texts[each]}") for at, each in enumerate(answer["order"], start=1)]
    if "pairs" in answer:
        rights = {one["id"]: one["text"] for one in shown["right"]}
        return [
            safe(f"{left['text']}: {rights[answer['pairs'][left['id']]]}")
            for left in shown["left"]
            if left["id"] in answer["pairs"]
        ]
    if "blanks" in answer:
        return _blanks(shown["blanks"], answer["blanks"])
    return [escape_unless_safe(answer.get("value") or answer.get("text") or "")]


def _blanks(ids: Sequence[str], filled: Mapping[str, str]) -> list[SafeString]:
    return [
        escape_unless_safe(f"{number}: {filled.get(each) or '–'}")
        for number, each in enumerate(ids, start=1)
    ]
