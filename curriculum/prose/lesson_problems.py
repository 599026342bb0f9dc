"""What is wrong with the Markdown of a lesson, found in its source, with lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from curriculum.prose import limits, markers
from curriculum.prose.glossary import folded
from curriculum.prose.inspection import Masked, inspect
from curriculum.prose.problems import Problem, error, warning
from curriculum.prose.said import said as _
from curriculum.prose.sources import reference

_TERM = re.compile(markers.TERM)
_CITATION = re.compile(markers.CITATION)
_DOUBLE_BRACKET = re.compile(r"(?<!\\)\[\[([^\]\n]*)\]\]")
_HEADING = re.compile(r"^([ \t>]*(?:[-+*][ \t]+|\d+\.[ \t]+)*)(#{1,6})([^\n]*)$", re.MULTILINE)
_RULE_LINE = re.compile(r"^ {0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$", re.MULTILINE)
_CALLOUT_LIKE = re.compile(r"^([ \t>]*)\[!([A-Za-z]+)\]([^\n]*)", re.MULTILINE)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:", re.MULTILINE)
_TOP_HEADING, _LAST_HEADING = 2, 3


def lesson_problems(
    markdown: str, terms: Mapping[str, str], sources: Collection[str], first_line: int = 1
) -> list[Problem]:
    """Every problem of a lesson's body, in order of lines.

    `terms` maps folded words to slugs (`glossary.by_words`); `sources` are the known keys.
    """
    beyond = limits.exceeded(markdown, first_line)
    if beyond:
        return beyond
    problems = inspect(markdown, first_line)
    seen = Masked(markdown, first_line)
    problems += _term_problems(seen, terms)
    problems += _citation_problems(seen, sources)
    problems += _check_problems(seen)
    problems += _heading_problems(seen)
    problems += _callout_problems(seen)
    return sorted(problems)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the text of a lesson names: slugs of questions, keys of sources, each once."""

    checks: list[str]
    sources: list[str]


def marks_of(markdown: str, sources: Collection[str]) -> Marks:
    """What can be said of a text that is refused, so that what it names is looked at as well.

    As everywhere, a text beyond the limits is not looked at: nothing is said of it.
    """
    if limits.exceeded(markdown):
        return Marks([], [])
    seen = Masked(markdown)
    cited = [reference(match[1], sources) for _line, match in seen.find(_CITATION)]
    return Marks(
        checks=list(dict.fromkeys(match[1] for _line, match in seen.find(markers.CHECK))),
        sources=list(dict.fromkeys(found[0] for found in cited if found)),
    )


def _term_problems(seen: Masked, terms: Mapping[str, str]) -> list[Problem]:
    problems = []
    linked: set[str] = set()
    for line, match in seen.find(_TERM):
        slug = terms.get(folded(match[1]))
        if slug is None:
            message = _(
                "The glossary has no term {words!r}. Add it, or correct the spelling.",
                words=match[1],
            )
            problems.append(error(line, message))
        elif slug in linked:
            message = _(
                "The term {words!r} is linked before. Link it at its first use only.",
                words=match[1],
            )
            problems.append(warning(line, message))
        else:
            linked.add(slug)
    return problems


def _citation_problems(seen: Masked, sources: Collection[str]) -> list[Problem]:
    problems = [
        error(
            line,
            _(
                "No source fits {words}. Add it to sources.yaml, or correct the mark.",
                words=match[0],
            ),
        )
        for line, match in seen.find(_CITATION)
        if reference(match[1], sources) is None
    ]
    problems += [
        error(line, _("Footnotes are not used: cite a source of sources.yaml instead."))
        for line, _match in seen.find(_FOOTNOTE)
    ]
    return problems


def _check_problems(seen: Masked) -> list[Problem]:
    """Checks that do not stand alone, and double brackets that are no mark of ours."""
    problems = []
    lines = seen.text.split("\n")
    for line, match in seen.find(_DOUBLE_BRACKET):
        if _TERM.fullmatch(match[0]):
            continue
        if not markers.CHECK.fullmatch(match[0]):
            message = _(
                "{words} is not read. Use [[term: words]] or [[check: question-slug]].",
                words=match[0],
            )
            problems.append(error(line, message))
        elif not _stands_alone(lines, line - seen.first_line):
            message = _("A check stands alone on its line, with an empty line before and after it.")
            problems.append(error(line, message))
    return problems


def _stands_alone(lines: list[str], at: int) -> bool:
    before = lines[at - 1] if at else ""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    alone = markers.CHECK.fullmatch(lines[at].rstrip())
    return alone is not None and not before.strip() and not after.strip()


def _heading_problems(seen: Masked) -> list[Problem]:
    problems = []
    for line, match in seen.find(_HEADING):
        if match[1]:
            message = _(
                "A heading stands at the beginning of a line, outside quotations and lists."
            )
        elif not _TOP_HEADING <= len(match[2]) <= _LAST_HEADING:
            message = _(
                "A lesson has headings with ## and ### only; its title is the first heading."
            )
        elif not match[3].strip(" \t#"):
            message = _("This heading is empty. Give it words, or remove it.")
        elif not match[3].startswith((" ", "\t")):
            message = _("Put a space between # and the words of the heading.")
        else:
            continue
        problems.append(error(line, message))
    problems += [
        warning(line, _("A ruled line is not shown in a lesson. Use a heading with ## instead."))
        for line, _match in seen.find(_RULE_LINE)
    ]
    return problems


def _callout_problems(seen: Masked) -> list[Problem]:
    problems = []
    lines = seen.text.split("\n")
    for line, match in seen.find(_CALLOUT_LIKE):
        at = line - seen.first_line
        opens = match[1].rstrip(" ") == ">" and not (at and lines[at - 1].strip())
        if not markers.CALLOUT.fullmatch(match[0][len(match[1]) :].rstrip()):
            message = _(
                "[!{words}] is not a call-out. Use NOTE, EXAMPLE, CAUTION or RULE.", words=match[2]
            )
        elif not opens:
            message = _("A call-out is the first line of a quotation (>) after an empty line.")
        elif at + 1 >= len(lines) or not lines[at + 1].strip(" \t>"):
            message = _("This call-out has no text. Write it on the next line, after >.")
        elif _CITATION.search(match[3]) or _TERM.search(match[3]):
            message = _("Put citations and terms in the text of a call-out, not in its title.")
        else:
            continue
        problems.append(error(line, message))
    return problems
