"""Questions that are made anew for every attempt: `kind: generated`.

The file names a generator and its options; its text is an introduction and may be left out. Nobody
is asked such a question: what is asked, frozen, marked and explained is the question of an ordinary
kind that the generator makes from a seed, with a note of where it came from (`provenance`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from curriculum.documents.problems import Problem, error
from curriculum.documents.telling import told
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import registry
from curriculum.questions.bodies import Body
from curriculum.questions.compiling import Render, compiled
from curriculum.questions.explaining import words
from curriculum.questions.generators import made
from curriculum.questions.generators.catalogue import GENERATORS, generate

NAME: Final = "generated"
FIELDS: Final = ("generator", "options")
SEEDS_TRIED: Final = 50
_LENGTH: Final = 60


def read(
    text: str, front: Mapping[str, object], first_line: int, lines: Mapping[str, int]
) -> tuple[Body | None, list[Problem]]:
    """The body of a generated question, or None with every problem.

    `lines` gives the line of each front-matter field. Fifty questions are made and checked, so
    that what can be made from the options is known before anybody is asked.
    """
    name = front.get("generator")
    if not isinstance(name, str) or name not in GENERATORS:
        known = ", ".join(GENERATORS)
        message = _("The question names no generator. Use one of {known}.", known=known)
        if isinstance(name, str):
            message = _(
                "The generator {name!r} is unknown. Use one of {known}.",
                name=name[:_LENGTH],
                known=known,
            )
        return None, [error(lines.get("generator", lines.get("kind", 1)), message)]
    line = lines.get("options", lines.get("generator", 1))
    options = front.get("options")
    if options is None:
        options = {}
    if not isinstance(options, dict):
        return None, [error(line, _("The options are names with values, such as {{guests: 5}}."))]
    body: Body = {"prompt": text.strip(), "generator": name, "options": dict(options)}
    problems = [error(line, each) for each in made.faults(GENERATORS[name].OPTIONS, options)]
    if not problems:
        problems = [error(line, each) for each in _made_faults(body)]
    return (None if problems else body), problems


def check(body: Body) -> list[Said]:
    """The rules that the body breaks, as sentences."""
    if body["generator"] not in GENERATORS:
        return [_("The generator {generator!r} is unknown.", generator=body["generator"])]
    wrong = list(made.faults(GENERATORS[body["generator"]].OPTIONS, body["options"]))
    return wrong or list(_made_faults(body))


def _made_faults(body: Body) -> Iterator[Said]:
    """What is wrong with the questions of the first fifty seeds; each sentence once."""
    seen: set[str] = set()
    for seed in range(SEEDS_TRIED):
        try:
            kind, asked = _made(body, seed)
        except made.NoQuestion as nothing:
            yield _("The generator makes no question with these options. {why}", why=nothing.why)
            return
        for message in registry.check(kind, asked):
            if message not in seen:
                seen.add(message)
                yield _(
                    "The question made from the seed {seed} is wrong: {message}",
                    seed=seed,
                    message=message,
                )


def write(body: Body) -> str:
    """The introduction as it stands below the front matter."""
    return f"{body['prompt']}\n" if body["prompt"] else ""


def front_matter(body: Body) -> dict[str, object]:
    """The fields that only a generated question has, in canonical order."""
    front: dict[str, object] = {"generator": body["generator"]}
    if body["options"]:
        front["options"] = dict(body["options"])
    return front


def title(body: Body) -> Said:
    """What a list calls the question where it has no introduction."""
    if not can_be_made(body):
        return _("Made by {generator}, which is no more", generator=body["generator"])
    return GENERATORS[body["generator"]].TITLE


def can_be_made(body: Body) -> bool:
    """Whether its generator is still there. What was asked stays as it is if not."""
    return body["generator"] in GENERATORS


def in_words(kind: str, body: Body) -> str:
    """What a question asks, in plain words; of a generated one without introduction its title."""
    if kind == NAME and not body["prompt"]:
        return told(title(body))
    return words(body, "prompt")


def seed_of(seed: int, key: str) -> int:
    """The seed of one item, from that of its attempt and the key of its question: 62 bits."""
    digest = sha256(f"{NAME}:{seed}:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 2


def asked(kind: str, body: Body, seed: int, render: Render) -> tuple[str, Body]:
    """Kind and compiled body of the question as it is asked; any other kind as it is.

    `seed` is the item's own (`seed_of`). The body says where it came from, so that it can be made
    again; marking and explaining never do, and go by this copy alone.
    """
    if kind != NAME:
        return kind, body
    made_kind, plain = _made(body, seed)
    compiled_body = compiled(plain, render)
    if "sources" in body:
        compiled_body["sources"] = body["sources"]
    return made_kind, compiled_body | {"provenance": provenance(body, seed)}


def provenance(body: Body, seed: int) -> dict[str, object]:
    """Generator, its version, options and seed: the same question can be made from these."""
    name = body["generator"]
    return {
        "generator": name,
        "version": GENERATORS[name].VERSION,
        "options": dict(body["options"]),
        "seed": seed,
    }


def _made(body: Body, seed: int) -> tuple[str, Body]:
    """The question of a seed, with the author's introduction above its own words."""
    one = generate(body["generator"], seed, body["options"])
    prompt = "\n\n".join(filter(None, [body["prompt"], one.body["prompt"]]))
    return one.kind, {**one.body, "prompt": prompt, "explanation": one.worked}


def digest(name: str, seed: int, options: made.Options) -> str:
    """A short digest of a made question: as long as it stays, the version may stay."""
    one = generate(name, seed, options)
    text = json.dumps([one.kind, one.body, one.worked], sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:16]
