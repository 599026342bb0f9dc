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
        message = f"No answer lines were found. Write them like this: {layout.example}"
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
            parts.problems.append(error(number, _STRAY_LINE.format(layout.example)))
        gap = False
    parts.explanation = general.feedback


_LATE_ROW = (
    "An answer line stands after the general explanation. Indent feedback by two spaces; the "
    "general explanation comes last."
)
_STRAY_LINE = (
    "This line is neither an answer line nor feedback. Write answers like {}, each on one line, "
    "and feedback below it as an indented quotation (  > ...)."
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
    message: str
    severity: Severity = "error"


def messages(faults: Iterable[Fault]) -> list[str]:
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
        yield Fault("prompt", "The question has no prompt. Write it above the answer lines.")
    if prompt != prompt.strip():
        yield Fault("prompt", "The prompt begins or ends with empty space. Remove it.")
    if any(layout.opening.match(line) for line in prompt.split("\n")):
        yield Fault("prompt", f"The prompt holds an answer line such as {layout.example}.")


def id_faults(entries: Sequence[tuple[str, str]], name: str) -> Iterator[Fault]:
    """Faults of ids, given as (place, id)."""
    seen: set[str] = set()
    for where, each in entries:
        if not each:
            yield Fault(
                where, f"This {name} has no id. End the line with one, such as {{#recall}}."
            )
        elif not SLUG.fullmatch(each) or len(each) > SLUG_LENGTH:
            yield Fault(
                where,
                f"The id {each[:SLUG_LENGTH]!r} is not allowed. Use at most {SLUG_LENGTH} "
                "lowercase letters, digits and hyphens.",
            )
        elif each in seen:
            yield Fault(where, f"The id {each!r} stands here a second time. Give each its own.")
        seen.add(each)


def text_faults(entries: Sequence[tuple[str, str]], name: str) -> Iterator[Fault]:
    """Faults of the words of options, entries or sides, given as (place, text)."""
    seen: set[str] = set()
    for where, text in entries:
        folded = " ".join(text.casefold().split())
        if not folded:
            yield Fault(where, f"This {name} has no words. Write them before the id.")
        elif folded in seen:
            yield Fault(where, f"Two of these say the same: {text[:80]!r}. Change one {name}.")
        elif text != text.strip() or "\n" in text:
            yield Fault(where, f"The words of this {name} stand on one line without outer spaces.")
        seen.add(folded)


def feedback_faults(
    entries: Sequence[tuple[str, Mapping[str, Any]]], name: str, severity: Severity = "error"
) -> Iterator[Fault]:
    for where, entry in entries:
        if not entry.get("feedback"):
            label = f" {entry['id']!r}" if entry.get("id") else ""
            message = (
                f"The {name}{label} has no feedback. Say why in a quotation below it (  > ...)."
            )
            yield Fault(where, message, severity)


def count_faults(number: int, least: int, most: int, names: str) -> Iterator[Fault]:
    if number < least:
        yield Fault("", f"The number of {names} is {number}; at least {least} are needed.")
    if number > most:
        yield Fault("", f"The number of {names} is {number}; at most {most} are allowed.")
