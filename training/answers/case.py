"""The text that several questions share, as it was frozen with each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from curriculum.prose.safety import safe


@dataclass(frozen=True, slots=True)
class Case:
    """`key` and `revision` are those of the authored case; `html` is its text as published."""

    key: str
    revision: int
    title: str
    html: SafeString


def case_in(body: Mapping[str, Any]) -> Case | None:
    """The case in the frozen body of a question, or None."""
    found = body.get("case")
    if not isinstance(found, Mapping):
        return None
    return Case(
        str(found["key"]),
        int(found["revision"]),
        str(found["title"]),
        safe(str(found["html"])),
    )
