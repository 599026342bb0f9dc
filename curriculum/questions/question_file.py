"""A question as it stands in a file: its front matter and its body, read and written."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import yaml

from curriculum.documents.problems import Problem, any_error, error
from curriculum.prose import limits
from curriculum.prose.inspection import Masked, inspect
from curriculum.prose.markers import CITATION
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import generated, registry
from curriculum.questions.bodies import SLUG, Body
from curriculum.questions.kinds import judgement, multiple, written

LEVELS: Final = ("recall", "application", "judgement")
_FIELDS: Final = (
    "id",
    "kind",
    "objective",
    "level",
    "difficulty",
    "seconds",
    "source",
    "credit",
    *judgement.FIELDS,
    "enemies",
    *written.FIELDS,
    "shuffle",
    "accepted",
    *generated.FIELDS,
)
_KINDS: Final = (*registry.KINDS, generated.NAME)
LONGEST_SECONDS: Final = 3_600
_SOURCE = re.compile(r"([a-z][a-z0-9-]*)(?:[ \t]+([A-Za-z0-9.]+))?")
_CITATION = re.compile(CITATION)


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question as authored. `sources` are keys with locators (empty for the whole source).

    For drawing: `difficulty` is the share, 0 to 1, who are expected to answer it right, `seconds`
    its working time (None where not stated), `enemies` the slugs of questions that never stand in
    the same paper. Without `shuffle` its options stand in the order in which they are written.
    `accepted` is what the editor warned of, with the reason why it stands.
    """

    id: str
    kind: str
    objective: str
    level: str
    sources: tuple[tuple[str, str], ...]
    body: Body
    difficulty: float | None = None
    seconds: int | None = None
    enemies: tuple[str, ...] = ()
    shuffle: bool = True
    accepted: Mapping[str, object] = field(default_factory=dict)


def read_question(
    front: Mapping[str, object],
    body_text: str,
    first_line: int,
    lines: Mapping[str, int] | None = None,
) -> tuple[QuestionText | None, list[Problem]]:
    """Read a question: `front` as parsed, the Markdown after it, and the line of its first line.

    `lines` gives the line of each front-matter field. Returns None if there is an error, and every
    problem at once. Whether the objective and the sources exist is for the caller.
    """
    fields = _Front(front, lines or {})
    fields.refuse_unknown()
    kind = fields.one_of("kind", _KINDS)
    question_id = fields.uuid()
    objective = fields.slug("objective")
    level = fields.one_of("level", LEVELS)
    sources = fields.sources()
    difficulty, seconds, enemies = fields.difficulty(), fields.seconds(), fields.enemies()
    shuffle = fields.shuffle(kind)
    settings = fields.credit(kind) | fields.panel(kind) | fields.written(kind)
    fields.refuse_generator(kind)
    body, problems = _body(kind, body_text, settings, first_line, fields)
    problems = sorted(fields.problems + problems)
    if body is None or any_error(problems):
        return None, problems
    question = QuestionText(
        question_id, kind, objective, level, sources, body, difficulty, seconds, enemies, shuffle
    )
    accepted = front.get("accepted")
    return replace(question, accepted=accepted if isinstance(accepted, Mapping) else {}), problems


@dataclass(frozen=True, slots=True)
class Stated:
    """What the front matter says for itself; empty where a field says nothing that is read."""

    kind: str
    objective: str
    level: str
    sources: tuple[tuple[str, str], ...]
    difficulty: float | None
    seconds: int | None
    enemies: tuple[str, ...]


def stated(front: Mapping[str, object]) -> Stated:
    """What others ask of a question that may be refused; `read_question` tells what is wrong.

    Nobody then blames a quiz for a bank in which only this question's text is amiss.
    """
    fields = _Front(front, {})
    objective, level = fields.slug("objective"), fields.one_of("level", LEVELS)
    return Stated(
        kind=fields.one_of("kind", _KINDS),
        objective=objective if SLUG.fullmatch(objective) else "",
        level=level,
        sources=fields.sources(),
        difficulty=fields.difficulty(),
        seconds=fields.seconds(),
        enemies=fields.enemies(),
    )


def _body(
    kind: str, text: str, settings: Mapping[str, object], first_line: int, fields: _Front
) -> tuple[Body | None, list[Problem]]:
    beyond = limits.exceeded(text, first_line)
    if beyond:
        return None, beyond
    problems = [
        each
        for each in inspect(text, first_line)
        # Answer lines of matching and cloze stand where a list would, and are none.
        if each.is_error
    ]
    problems += [
        error(line, _("A question cites its sources in the field source, not in its text."))
        for line, _match in Masked(text, first_line).find(_CITATION)
    ]
    if not kind:
        return None, problems
    if kind == generated.NAME:
        body, found = generated.read(text, fields.front, first_line, fields.lines)
    else:
        body, found = registry.read(kind, text, settings, first_line)
    return body, problems + found


class _Front:
    """Reads front matter and collects what is wrong with it."""

    def __init__(self, front: Mapping[str, object], lines: Mapping[str, int]) -> None:
        self.front = front
        self.lines = lines
        self.problems: list[Problem] = []

    def refuse_unknown(self) -> None:
        for name in self.front:
            if name not in _FIELDS:
                known = ", ".join(_FIELDS)
                self._report(
                    str(name),
                    _("The field {name!r} is unknown. Known are {known}.", name=name, known=known),
                )

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self._text(name)
        if value and value not in allowed:
            self._report(
                name,
                _(
                    "The {name} {value!r} is unknown. Use {allowed}.",
                    name=name,
                    value=value[:80],
                    allowed=", ".join(allowed),
                ),
            )
            return ""
        return value

    def uuid(self) -> str:
        value = self._text("id")
        try:
            return str(uuid.UUID(value)) if value else ""
        except ValueError:
            self._report("id", _("The id is not a UUID. Keep the one it had, or make a new one."))
            return ""

    def slug(self, name: str) -> str:
        value = self._text(name)
        if value and not SLUG.fullmatch(value):
            message = _(
                "The {name} {value!r} is no id: lowercase letters, digits, hyphens.",
                name=name,
                value=value[:80],
            )
            self._report(name, message)
        return value

    def sources(self) -> tuple[tuple[str, str], ...]:
        value = self.front.get("source")
        listed = value if isinstance(value, list) else [value]
        if value is None or not listed:
            self._report("source", _("The question has no source. Add one, such as source: vcdr 9"))
            return ()
        read = []
        for each in listed:
            match = _SOURCE.fullmatch(each.strip()) if isinstance(each, str) else None
            if match:
                read.append((match[1], match[2] or ""))
            else:
                message = _(
                    "The source {each!r} is not read. Write a key and a locator.",
                    each=str(each)[:80],
                )
                self._report("source", message)
        return tuple(read)

    def credit(self, kind: str) -> dict[str, object]:
        """The field credit if it can be used, for the reader of the kind."""
        value = self.front.get("credit")
        if value is None:
            return {}
        if kind and kind != multiple.NAME:
            self._report(
                "credit", _("Only a question of kind {name} has a credit.", name=multiple.NAME)
            )
        elif value not in multiple.CREDITS:
            names = ", ".join(multiple.CREDITS)
            self._report(
                "credit",
                _(
                    "The credit {value!r} is unknown. Use {names}.",
                    value=str(value)[:80],
                    names=names,
                ),
            )
        else:
            return {"credit": value}
        return {}

    def refuse_generator(self, kind: str) -> None:
        """A generator and its options belong to a generated question and to no other."""
        for name in generated.FIELDS:
            if kind and kind != generated.NAME and name in self.front:
                message = _(
                    "Only a question of kind {kind} has the field {name}.",
                    kind=generated.NAME,
                    name=name,
                )
                self._report(name, message)

    def panel(self, kind: str) -> dict[str, object]:
        """The fields of a judgement for its reader, which says what is wrong with them."""
        return self._only(judgement.NAME, judgement.FIELDS, kind)

    def written(self, kind: str) -> dict[str, object]:
        """The fields of a written question for its reader, which says what is wrong with them."""
        return self._only(written.NAME, written.FIELDS, kind)

    def _only(self, owner: str, names: tuple[str, ...], kind: str) -> dict[str, object]:
        """The fields that only the kind `owner` has, as stated."""
        found = {name: self.front[name] for name in names if name in self.front}
        if kind and kind != owner:
            for name in found:
                message = _(
                    "Only a question of kind {kind} has the field {name}.", kind=owner, name=name
                )
                self._report(name, message)
        return found

    def difficulty(self) -> float | None:
        value = self.front.get("difficulty")
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            message = _("The difficulty is the share who answer right, from 0 to 1, such as 0.6.")
            self._report("difficulty", message)
            return None
        return float(value)

    def seconds(self) -> int | None:
        value = self.front.get("seconds")
        if value is None:
            return None
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not 1 <= int(str(value)) <= LONGEST_SECONDS:
            message = _(
                "The seconds are a whole number from 1 to {most}.",
                most=LONGEST_SECONDS,
            )
            self._report("seconds", message)
            return None
        return int(str(value))

    def enemies(self) -> tuple[str, ...]:
        value = self.front.get("enemies")
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) and SLUG.fullmatch(each) for each in listed):
            message = _(
                "The enemies are names of questions in square brackets, such as [first-call]."
            )
            self._report("enemies", message)
            return ()
        return tuple(dict.fromkeys(listed))

    def shuffle(self, kind: str) -> bool:
        value = self.front.get("shuffle", True)
        if not isinstance(value, bool):
            self._report(
                "shuffle", _("Write shuffle: false for options that have a natural order.")
            )
        elif not value and kind and kind not in registry.NATURAL:
            kinds = ", ".join(sorted(registry.NATURAL))
            self._report(
                "shuffle", _("Only the options of {kinds} may keep their order.", kinds=kinds)
            )
        return value is not False

    def _text(self, name: str) -> str:
        value = self.front.get(name)
        if value is None or value == "":
            self._report(
                name, _("The question has no {name}. Add it to the front matter.", name=name)
            )
            return ""
        if not isinstance(value, str):
            self._report(name, _("The {name} is not text. Put it in quotation marks.", name=name))
            return ""
        return value.strip()

    def _report(self, name: str, message: Said) -> None:
        self.problems.append(error(self.lines.get(name, 1), message))


def front_matter(question: QuestionText) -> dict[str, object]:
    """The front matter as a dict, in canonical order."""
    cited = [" ".join(filter(None, source)) for source in question.sources]
    front: dict[str, object] = {
        "id": question.id,
        "kind": question.kind,
        "objective": question.objective,
        "level": question.level,
        "difficulty": question.difficulty,
        "seconds": question.seconds,
        "source": cited[0] if len(cited) == 1 else cited,
    }
    if question.kind == multiple.NAME:
        front["credit"] = question.body["credit"]
    if question.kind == generated.NAME:
        front |= generated.front_matter(question.body)
    if question.kind == judgement.NAME:
        front |= judgement.front_matter(question.body)
    if question.kind == written.NAME:
        front |= written.front_matter(question.body)
    front["enemies"] = list(question.enemies) or None
    front["shuffle"] = None if question.shuffle else False
    front["accepted"] = dict(question.accepted) or None
    return {name: value for name, value in front.items() if value is not None}


def write_question(question: QuestionText) -> str:
    """The canonical text of the whole file."""
    front = yaml.safe_dump(
        front_matter(question), sort_keys=False, allow_unicode=True, width=10_000
    )
    its = generated if question.kind == generated.NAME else registry.kind(question.kind)
    return f"---\n{front}---\n{its.write(question.body)}"
