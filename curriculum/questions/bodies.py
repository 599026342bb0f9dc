"""How the body of a question file is laid out, read and written.

A prompt, then answer lines, each with its feedback in an indented blockquote, then perhaps a
general explanation in an unindented one. Each kind knows its own answer lines; all else is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from curriculum.documents.problems import Problem, Severity, any_error, error
from curriculum.prose.said import Said
from curriculum.prose.said import said as _

Body = dict[str, Any]

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH: Final = 60
_INDENTED_QUOTE = re.compile(r"[ \t]+>[ ]?(.*)")
_QUOTE = re.compile(r">[ ]?(.*)")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the answer lines of a kind look like.

    `row` matches every answer line, `opening` one that cannot be part of a prompt: where the first
    of those stands, the answer part begins (and before it, with the rows directly above).
    `example` shows an author what to write.
    """

    row: re.Pattern[str]
    opening: re.Pattern[str]
    example: str


@dataclass(slots=True)
class Row:
    """One answer line and the feedback under it; `line` is its line in the file."""

    line: int
    text: str
    _feedback: list[str] = field(default_factory=list)

    @property
    def feedback(self) -> str:
        return "\n".join(self._feedback).strip()

    def add(self, text: str) -> None:
        self._feedback.append(text)


@dataclass(slots=True)
class Parts:
    """A body taken apart, with what is wrong in its layout."""

    prompt: str
    prompt_line: int
    rows: list[Row]
    explanation: str
    problems: list[Problem]


def take_apart(text: str, first_line: int, layout: Layout) -> Parts:
    """Split a body into prompt, answer lines and explanation."""
    lines = text.replace("\r\n", "\n").split("\n")
    start = _answer_start(lines, layout)
    prompt = "\n".join(lines[:start])
    skipped = len(prompt) - len(prompt.lstrip("\n"))
    parts = Parts(prompt.strip(), first_line + skipped, [], "", [])
    if start == len(lines):
        message = _(
            "No answer lines were found. Write them like this: {example}", example=layout.example
        )
        parts.problems.append(error(first_line, message))
        return parts
    _take_rows(lines[start:], first_line + start, layout, parts)
    return parts


def _answer_start(lines: Sequence[str], layout: Layout) -> int:
    start = next((at for at, line in enumerate(lines) if layout.opening.match(line)), len(lines))
    if start == len(lines):
        return start
    above = start
    while above and _may_stand_in_answers(lines[above - 1], layout):
        above -= 1
        if layout.row.match(lines[above]):
            start = above
    return start


def _ends_in_answers(lines: Sequence[str], layout: Layout) -> bool:
    """Whether the last of these lines would be taken for answer lines if such lines followed."""
    for line in reversed(lines):
        if not _may_stand_in_answers(line, layout):
            return False
        if layout.row.match(line):
            return True
    return False


def _may_stand_in_answers(line: str, layout: Layout) -> bool:
    return bool(not line.strip() or layout.row.match(line) or _INDENTED_QUOTE.match(line))


def _take_rows(lines: Sequence[str], first_line: int, layout: Layout, parts: Parts) -> None:
    general = Row(0, "")
    target: Row | None = None
    gap = False
    for number, line in enumerate(lines, start=first_line):
        if not line.strip():
            gap = True
            continue
        if layout.row.match(line):
            if general.line:
                parts.problems.append(error(number, _LATE_ROW))
            target = Row(number, line)
            parts.rows.append(target)
        elif quoted := _INDENTED_QUOTE.match(line):
            _add(target, quoted[1], gap)
        elif quoted := _QUOTE.match(line):
            general.line = general.line or number
            target = general
            _add(target, quoted[1], gap)
        else:
            parts.problems.append(error(number, _stray_line(layout)))
        gap = False
    parts.explanation = general.feedback


_LATE_ROW = _(
    "An answer line stands after the general explanation. Indent feedback by two "
    "spaces; the general explanation comes last."
)


def _stray_line(layout: Layout) -> Said:
    return _(
        "This line is neither an answer line nor feedback. Write answers like {example}, each on "
        "one line, and feedback below it as an indented quotation (  > ...).",
        example=layout.example,
    )


def _add(target: Row | None, text: str, gap: bool) -> None:
    if target is None:
        return
    if gap and target.feedback:
        target.add("")
    target.add(text)


def mark_of(text: str) -> tuple[str, str]:
    """The words and the id of `words {#id}`; the id is empty if there is none."""
    text = text.strip()
    at = text.rfind("{#")
    if at < 0 or not text.endswith("}") or "}" in text[at:-1]:
        return text, ""
    return text[:at].strip(), text[at + 2 : -1].strip()


def quoted(text: str, indent: str = "  ") -> list[str]:
    """The text as the lines of a blockquote; no lines for an empty text."""
    if not text:
        return []
    return [f"{indent}> {line}" if line else f"{indent}>" for line in text.split("\n")]


def put_together(body: Mapping[str, Any], rows: Iterable[str]) -> str:
    """The canonical text of a body: prompt, answer lines, explanation, one newline at the end."""
    pieces = [str(body["prompt"]), "\n".join(rows)]
    if body.get("explanation"):
        pieces.append("\n".join(quoted(str(body["explanation"]), indent="")))
    return "\n\n".join(pieces) + "\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a body breaks. `where` is a place in the body, such as "options/2"."""

    where: str
    message: Said
    severity: Severity = "error"


def messages(faults: Iterable[Fault]) -> list[Said]:
    """The sentences of those faults that keep a question from being published."""
    return [fault.message for fault in faults if fault.severity == "error"]


def finished(
    body: Body, parts: Parts, faults: Iterable[Fault], lines: Mapping[str, int]
) -> tuple[Body | None, list[Problem]]:
    """What `read` returns: the body unless there is an error, and all problems in order.

    `lines` gives the line of each place in the body; what has no line of its own is reported at
    the prompt.
    """
    known = {"prompt": parts.prompt_line, **lines}
    problems = list(parts.problems)
    for fault in faults:
        line = known.get(fault.where, parts.prompt_line)
        problems.append(Problem("", line, fault.message, fault.severity))
    problems = sorted(set(problems))
    return (None if any_error(problems) else body), problems


def prompt_faults(body: Body, layout: Layout) -> Iterator[Fault]:
    prompt = str(body["prompt"])
    if not prompt:
        yield Fault("prompt", _("The question has no prompt. Write it above the answer lines."))
    if prompt != prompt.strip():
        yield Fault("prompt", _("The prompt begins or ends with empty space. Remove it."))
    lines = prompt.split("\n")
    if any(layout.opening.match(line) for line in lines) or _ends_in_answers(lines, layout):
        yield Fault(
            "prompt",
            _("The prompt holds an answer line such as {example}.", example=layout.example),
        )


def id_faults(entries: Sequence[tuple[str, str]], name: Said) -> Iterator[Fault]:
    """Faults of ids, given as (place, id)."""
    seen: set[str] = set()
    for where, each in entries:
        if not each:
            yield Fault(
                where,
                _("This {name} has no id. End the line with one, such as {{#recall}}.", name=name),
            )
        elif not SLUG.fullmatch(each) or len(each) > SLUG_LENGTH:
            yield Fault(
                where,
                _(
                    "The id {each!r} is not allowed. Use at most {most} lowercase letters, "
                    "digits and hyphens.",
                    each=each[:SLUG_LENGTH],
                    most=SLUG_LENGTH,
                ),
            )
        elif each in seen:
            yield Fault(
                where, _("The id {each!r} stands here a second time. Give each its own.", each=each)
            )
        seen.add(each)


def text_faults(entries: Sequence[tuple[str, str]], name: Said) -> Iterator[Fault]:
    """Faults of the words of options, entries or sides, given as (place, text)."""
    seen: set[str] = set()
    for where, text in entries:
        folded = " ".join(text.casefold().split())
        if not folded:
            yield Fault(where, _("This {name} has no words. Write them before the id.", name=name))
        elif folded in seen:
            yield Fault(
                where,
                _(
                    "Two of these say the same: {text!r}. Change one {name}.",
                    text=text[:80],
                    name=name,
                ),
            )
        elif text != text.strip() or "\n" in text:
            yield Fault(
                where,
                _("The words of this {name} stand on one line without outer spaces.", name=name),
            )
        seen.add(folded)


def feedback_faults(
    entries: Sequence[tuple[str, Mapping[str, Any]]], name: Said, severity: Severity = "error"
) -> Iterator[Fault]:
    for where, entry in entries:
        if not entry.get("feedback"):
            message = _("The {name} has no feedback.", name=name)
            if entry.get("id"):
                message = _("The {name} {id!r} has no feedback.", name=name, id=entry["id"])
            message = _("{what} Say why in a quotation below it (  > ...).", what=message)
            yield Fault(where, message, severity)


def count_faults(number: int, least: int, most: int, names: Said) -> Iterator[Fault]:
    if number < least:
        yield Fault(
            "",
            _(
                "The number of {names} is {number}; at least {least} are needed.",
                names=names,
                number=number,
                least=least,
            ),
        )
    if number > most:
        yield Fault(
            "",
            _(
                "The number of {names} is {number}; at most {most} are allowed.",
                names=names,
                number=number,
                most=most,
            ),
        )
