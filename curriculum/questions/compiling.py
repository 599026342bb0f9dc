"""A body with its Markdown rendered, as it is stored with a revision and frozen in an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from curriculum.prose.characters import strip_private_use
from curriculum.questions.bodies import Body
from curriculum.questions.kinds.cloze import MARK

Render = Callable[[str, bool], str]

# The Markdown fields, and whether each stands in a line of text.
_FIELDS: Final = {"prompt": False, "text": True, "feedback": False, "explanation": False}
_HTML: Final = "_html"
# Private-use characters hold the places of blanks while the text is rendered. Authors cannot write
# them (they are taken out first), so that no text can be mistaken for a place.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')


def compiled(body: Body, render: Render) -> Body:
    """A copy of the body in which each Markdown field has its HTML beside it as `<name>_html`.

    `render(markdown, inline)` gives safe HTML (`curriculum.prose.inline.render`). A body with
    blanks gets `segments` too. Compiling again replaces what was compiled before.
    """
    made: Body = _with_html(body, render)
    if "blanks" in body:
        made["segments"] = _segments(body, render)
        made["prompt_html"] = "".join(each.get("html", "____") for each in made["segments"])
    return made


def _with_html(value: Any, render: Render) -> Any:
    if isinstance(value, list):
        return [_with_html(each, render) for each in value]
    if not isinstance(value, Mapping):
        return value
    made: dict[str, Any] = {}
    for name, inner in value.items():
        if name.endswith(_HTML) or name == "segments":
            continue
        made[name] = _with_html(inner, render)
        if name in _FIELDS and isinstance(inner, str):
            made[name + _HTML] = render(inner, _FIELDS[name]) if inner else ""
    return made


def _segments(body: Body, render: Render) -> list[dict[str, str]]:
    """The rendered prompt, parted at its blanks.

    A blank that the prose swallowed (it stood in an attribute) comes at the end, so that every
    question can be answered whatever its text.
    """
    ids = [blank["id"] for blank in body["blanks"]]
    numbers = {each: str(at) for at, each in enumerate(ids)}
    prompt = MARK.sub(
        lambda match: f"{_OPEN}{numbers[match[1]]}{_CLOSE}" if match[1] in numbers else match[0],
        strip_private_use(body["prompt"]),
    )
    html = _TAG.sub(lambda tag: strip_private_use(_PLACE.sub("", tag[0])), render(prompt, False))
    segments: list[dict[str, str]] = []
    placed: set[str] = set()
    for at, piece in enumerate(_PLACE.split(html)):
        if at % 2 == 0:
            segments.append({"html": strip_private_use(piece)})
        elif int(piece) < len(ids) and ids[int(piece)] not in placed:
            placed.add(ids[int(piece)])
            segments.append({"blank": ids[int(piece)]})
    segments += [{"blank": each} for each in ids if each not in placed]
    return [each for each in segments if each.get("html") != ""]
