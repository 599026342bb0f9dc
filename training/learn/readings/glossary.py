"""The terms that the lessons of a course use, from A to Z."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from curriculum.courses.shelf import Course
from curriculum.prose.glossary import folded
from curriculum.prose.markup import plain
from curriculum.prose.safety import safe
from training.cohorts.models import Enrolment
from training.learn.readings.addresses import address
from training.learn.readings.sources import reference


@dataclass(frozen=True, slots=True)
class SeeAlso:
    slug: str
    term: str


@dataclass(frozen=True, slots=True)
class UsedIn:
    number: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    slug: str
    term: str
    french: str
    html: SafeString
    source: str
    see: tuple[SeeAlso, ...]
    used: tuple[UsedIn, ...]


def glossary_of(enrolment: Enrolment, course: Course, wanted: str = "") -> list[Entry]:
    """The terms that lessons use, and those that these refer to, by their words. No query.

    `wanted` keeps the terms that hold it in any of their words; case and accents do not matter.
    """
    used = _used(enrolment, course)
    terms = course.glossary
    listed = set(used)
    for slug in used:
        listed.update(terms[slug]["see"])
    entries = [_entry(slug, terms, course, used.get(slug, ())) for slug in listed if slug in terms]
    looked_for = folded(wanted)
    kept = [one for one in entries if not looked_for or looked_for in _words(one)]
    return sorted(kept, key=lambda one: folded(one.term))


def _used(enrolment: Enrolment, course: Course) -> dict[str, list[UsedIn]]:
    used: dict[str, list[UsedIn]] = {}
    for lesson in course.lessons.values():
        url = address("learn:lesson", enrolment.key, lesson.slug)
        for slug in lesson.facts.get("terms", ()):
            if slug in course.glossary:
                used.setdefault(slug, []).append(UsedIn(lesson.number, lesson.title, url))
    return used


def _entry(slug: str, terms: Mapping[str, Any], course: Course, used: Any) -> Entry:
    term = terms[slug]
    return Entry(
        slug=slug,
        term=term["term"],
        french=term["french"],
        html=safe(term["html"]),
        source=reference(term["source"], course.sources),
        see=tuple(SeeAlso(each, terms[each]["term"]) for each in term["see"] if each in terms),
        used=tuple(used),
    )


def _words(entry: Entry) -> str:
    return folded(f"{entry.term} {entry.french} {plain(entry.html)}")
