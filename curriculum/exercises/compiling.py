"""A story as it is stored with a revision: plain values, and HTML where people read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from curriculum.exercises.story import Story

Render = Callable[[str, bool], str]

# The Markdown fields, and whether each stands in a line of text.
_FIELDS: Final = {"inject": False, "text": False, "words": True, "then": True, "why": True}


def compiled(story: Story, render: Render) -> dict[str, Any]:
    """`story.as_json()` with `<name>_html` beside each Markdown field.

    `render(markdown, inline)` gives safe HTML (`curriculum.prose.inline.render`).
    """
    made = story.as_json()
    made["nodes"] = [
        _with_html(one, render)
        | {"choices": [_with_html(choice, render) for choice in one["choices"]]}
        for one in made["nodes"]
    ]
    made["endings"] = [_with_html(one, render) for one in made["endings"]]
    made["setting_html"] = render(story.setting, False)
    made["debrief_html"] = [render(one, True) for one in story.debrief]
    return made


def _with_html(found: Mapping[str, Any], render: Render) -> dict[str, Any]:
    html = {
        f"{name}_html": render(found[name], inline)
        for name, inline in _FIELDS.items()
        if name in found
    }
    return {**found, **html}
