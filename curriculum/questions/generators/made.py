"""What a generator is, what it makes, and the options that it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions.bodies import Body
from curriculum.questions.generators.chance import Chance

TRIES: Final = 400
Options = Mapping[str, object]
T = TypeVar("T")


class NoQuestion(ValueError):
    """No question with exactly one right answer was found for these options and this seed."""

    def __init__(self, why: Said) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Made:
    """A question of an ordinary kind, made from a seed.

    `body` is as the kind reads it from a file. `worked` is the worked answer in Markdown, each step
    with its rule and article. `mistakes` gives for each named mistake the answer it leads to, in
    the shape of the kind; each scores less than 1.
    """

    kind: str
    body: Body
    worked: str
    mistakes: Mapping[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Whole:
    """An option that is a whole number from `least` to `most`."""

    least: int
    most: int
    default: int

    def refused(self, name: str, value: object) -> Said | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return _(
                "The option {name!r} must be a whole number from {least} to {most}.",
                name=name,
                least=self.least,
                most=self.most,
            )
        if not self.least <= value <= self.most:
            return _(
                "The option {name!r} must be from {least} to {most}.",
                name=name,
                least=self.least,
                most=self.most,
            )
        return None


@dataclass(frozen=True, slots=True)
class OneOf:
    """An option that is one of a few words or numbers."""

    values: tuple[str | int, ...]
    default: str | int

    def refused(self, name: str, value: object) -> Said | None:
        if isinstance(value, str | int) and not isinstance(value, bool) and value in self.values:
            return None
        known = ", ".join(str(each) for each in self.values)
        return _("The option {name!r} must be one of {known}.", name=name, known=known)


Spec = Mapping[str, Whole | OneOf]


class Generator(Protocol):
    """One generator: a module with these names.

    `VERSION` rises whenever the same seed and options would make another question. Options that
    were once accepted stay so: published editions hold them.
    """

    NAME: str
    TITLE: Said
    VERSION: int
    OPTIONS: Spec

    def generate(self, seed: int, options: Options) -> Made:
        """The question of this seed; the same for ever. Raises NoQuestion."""


def faults(spec: Spec, options: Options) -> Iterator[Said]:
    """What is wrong with the options, as sentences."""
    for name, value in options.items():
        if name not in spec:
            known = ", ".join(spec)
            yield _(
                "The option {name!r} is unknown. Known are {known}.",
                name=str(name)[:60],
                known=known,
            )
        elif refused := spec[name].refused(name, value):
            yield refused


def complete(spec: Spec, options: Options) -> dict[str, Any]:
    """The options with the defaults of those left out."""
    return {name: options.get(name, one.default) for name, one in spec.items()}


def first(name: str, seed: int, attempt: Callable[[Chance], T | None]) -> T:
    """What the first lucky try makes. The tries are numbered, so that each draws anew."""
    for number in range(TRIES):
        found = attempt(Chance(seed, f"{name}:{number}"))
        if found is not None:
            return found
    raise NoQuestion(
        _(
            "{name} found no question in {count} tries with the seed {seed}",
            name=name,
            count=TRIES,
            seed=seed,
        )
    )


def choice(ident: str, text: str, right: bool, feedback: str) -> dict[str, object]:
    """One option of a `single`, `multiple` or `true_false` body."""
    return {"id": ident, "text": text, "right": right, "feedback": feedback}


def steps(*lines: str) -> str:
    """A worked answer as a numbered list."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
