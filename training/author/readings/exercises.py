"""An exercise as its author sees it: every moment with its choices, weights and effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from curriculum.exercises.machine import begin
from curriculum.exercises.story import from_json
from curriculum.prose.safety import safe

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    words: SafeString
    weight: str
    leads_to: str
    effects: str
    sets: str
    then: SafeString
    why: SafeString


@dataclass(frozen=True, slots=True)
class Moment:
    """A node with the time on the exercise's own clock: "D0 05:40"."""

    id: str
    title: str
    at: str
    within: int | None
    late: str
    inject: SafeString
    choices: list[ChoiceLine]


@dataclass(frozen=True, slots=True)
class End:
    id: str
    title: str
    grade: str
    text: SafeString
    least: int | None
    without: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class ExerciseView:
    setting: SafeString
    scores: list[tuple[str, str, int]]
    flags: list[tuple[str, str]]
    start: str
    moments: list[Moment]
    ends: list[End]
    debrief: list[SafeString]


def exercise_view(body: Mapping[str, Any]) -> ExerciseView:
    """From the body of a revision. No query."""
    story = from_json(body)
    return ExerciseView(
        safe(str(body["setting_html"])),
        [(one.id, one.title, one.start) for one in story.scores],
        [(one.id, one.title) for one in story.flags],
        begin(story).at,
        [_moment(one) for one in body["nodes"]],
        [_end(one) for one in body["endings"]],
        [safe(str(one)) for one in body["debrief_html"]],
    )


def _moment(node: Mapping[str, Any]) -> Moment:
    days, minutes = divmod(int(node["at"]), MINUTES_A_DAY)
    return Moment(
        node["id"],
        node["title"],
        f"D{days} {minutes // 60:02}:{minutes % 60:02}",
        node["within"],
        node["late"],
        safe(node["inject_html"]),
        [_choice(one) for one in node["choices"]],
    )


def _choice(found: Mapping[str, Any]) -> ChoiceLine:
    return ChoiceLine(
        safe(found["words_html"]),
        found["weight"],
        found["leads_to"],
        ", ".join(f"{name} {step:+}" for name, step in found["effects"].items()),
        ", ".join(found["sets"]),
        safe(found["then_html"]),
        safe(found["why_html"]),
    )


def _end(found: Mapping[str, Any]) -> End:
    return End(
        found["id"],
        found["title"],
        found["grade"],
        safe(found["text_html"]),
        found["least"],
        ", ".join(found["without"]),
        found["otherwise"],
    )
