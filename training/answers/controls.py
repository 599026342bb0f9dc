"""The controls of a question as HTML, put together as text.

Django draws each input, and each option of a select, with a template of its own: a question to put
in order has some forty. Where a form was refused its own widgets say what is wrong; everywhere
else the controls are written here, with the same names and ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.forms import BoundField
from django.utils.safestring import SafeString

from curriculum.prose.safety import escape, escape_unless_safe, safe


class Control(NamedTuple):
    """One control, its id, and its words as they stand beside it."""

    id_for_label: str
    label: Any
    drawn: SafeString


def hidden(fields: Iterable[BoundField]) -> SafeString:
    """What a form carries along unseen."""
    return safe(
        "".join(
            f'<input type="hidden" name="{escape(one.html_name)}" value="{escape(one.value())}"'
            f' autocomplete="off" id="{escape(one.auto_id)}">'
            for one in fields
        )
    )


def choices(field: BoundField, offered: Iterable[tuple[str, str]], sort: str) -> SafeString:
    """A label for each of what is offered, with a `sort` of button: radio or checkbox."""
    value: Any = field.value()
    chosen = value if isinstance(value, list | tuple) else [value]
    wrong = ' aria-invalid="true"' if field.errors else ""
    return safe(
        "\n".join(
            f'<label class="choice" for="{field.auto_id}_{at}"><input type="{sort}"'
            f' name="{escape(field.html_name)}" value="{escape(one)}" id="{field.auto_id}_{at}"'
            f"{' checked' if one in chosen else ''}{wrong}>"
            f"<span>{escape_unless_safe(words)}</span></label>"
            for at, (one, words) in enumerate(offered)
        )
    )


def select(field: BoundField, offered: Sequence[tuple[str, Any]]) -> Control:
    """A box to choose one of what is offered."""
    if field.errors:
        return Control(field.id_for_label, field.label, field.as_widget())
    value = str(field.value() or "")
    inside = "".join(
        f'<option value="{escape(one)}"{" selected" if one == value else ""}>'
        f"{escape_unless_safe(words)}</option>"
        for one, words in offered
    )
    name, own_id = escape(field.html_name), escape(field.auto_id)
    box = safe(f'<select name="{name}" id="{own_id}">{inside}</select>')
    return Control(field.id_for_label, field.label, box)
