"""The rows of the overseers' lists as HTML: one format a row, what people typed escaped.

A loop in a template takes sixty times as long. What a page repeats is put into words once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, safe
from training.progress.cells import NOTHING
from training.progress.models import State
from training.progress.said_once import address, days

TAGS = {
    State.COMPLETE.value: "tag-complete",
    State.IN_PROGRESS.value: "tag-progress",
    State.NOT_PASSED.value: "tag-failed",
}


def state_tags() -> dict[str | None, str]:
    """The tag of every state; an empty one where there is no row."""
    tags: dict[str | None, str] = {None: '<span class="tag tag-none"></span>'}
    for state in State:
        name = TAGS.get(state.value, "tag-none")
        tags[state.value] = f'<span class="tag {name}">{escape(state.label)}</span>'
    return tags


def people_rows(
    people: Iterable[tuple[Any, ...]], places: dict[int, list[tuple[Any, ...]]]
) -> SafeString:
    """The rows of the list of people.

    Of each: pk, key, rank, name, service number, unit, whether the account is open, last sign-in.
    Of each place: key, cohort, state.
    """
    person, enrolment = address("oversee:person"), address("oversee:enrolment")
    day, tags = days(), state_tags()
    number, unit, cohorts, sign_in = (
        escape(label) for label in (_("Service number"), _("Unit"), _("Cohorts"), _("Last sign-in"))
    )
    closed = f'<span class="tag tag-locked">{escape(_("Account closed"))}</span>'
    never = f'<span class="tag tag-none">{escape(_("Not yet"))}</span>'
    lines = []
    for pk, key, rank, name, service_number, unit_name, is_active, last_login in people:
        inside = "".join(
            f'<div><a href="{enrolment.format(place)}">{escape(cohort)}</a> {tags[state]}</div>'
            for place, cohort, state in places.get(pk, ())
        )
        seen = (day(last_login) if last_login else never) if is_active else closed
        shown_number = NOTHING if service_number is None else escape(service_number)
        lines.append(
            f'<tr>\n<th scope="row"><a href="{person.format(key)}">'
            f"{escape(f'{rank} {name}'.strip())}</a></th>\n"
            f'<td data-label="{number}">{shown_number}</td>\n'
            f'<td data-label="{unit}">{escape(unit_name or NOTHING)}</td>\n'
            f'<td data-label="{cohorts}"><div>{inside or NOTHING}</div></td>\n'
            f'<td data-label="{sign_in}">{seen}</td>\n</tr>'
        )
    return safe("\n".join(lines))


# Tables of the first page: links go on from there, and what HTML does not ask for is left out.


def _here(name: str) -> str:
    """The address of a page below the first one, from there on."""
    return reverse(name).removeprefix(reverse("oversee:home"))


def _place(name: str) -> str:
    """The same with a place for a key."""
    return address(name).removeprefix(reverse("oversee:home"))


def _count(label: str, url: str, n: int) -> str:
    """A cell with a number that opens the names it counts; label and address are escaped.

    Nobody has no names to open.
    """
    told = f'<a href="{url}">{n}</a>' if n else "0"
    return f'<td class=number data-label="{label}">{told}'


def _counts(labels: dict[str, str], names: str, counts: Iterable[tuple[str, str, int]]) -> str:
    return "".join(
        _count(labels[state], f"{names}&amp;state={state}", n) for _label, state, n in counts
    )


def _state_labels() -> dict[str, str]:
    return {state.value: escape(state.label) for state in State}


def cohort_rows(lines: Iterable[Any]) -> SafeString:
    """The rows of the table of cohorts, from `CohortLine`."""
    here, names, labels = _place("oversee:cohort"), _here("oversee:people"), _state_labels()
    course, instructors, enrolled = (
        escape(label) for label in (_("Course"), _("Instructors"), _("Enrolled"))
    )
    edition = _("%(title)s, edition %(number)s")
    rows = []
    for line in lines:
        cohort = line.cohort
        name, people = escape(cohort.name), f"{names}?cohort={cohort.key}"
        title = escape(edition % {"title": line.course, "number": cohort.edition.number})
        linked = f"<a href={here.format(cohort.key)}>{name}</a>" if line.own else name
        rows.append(
            f'<tr><th scope=row>{linked}<td data-label="{course}">{title}'
            f'<td data-label="{instructors}">{escape(line.instructors or NOTHING)}'
            f"{_count(enrolled, people, line.enrolled)}{_counts(labels, people, line.counts)}"
        )
    return safe("\n".join(rows))


def unit_rows(lines: Iterable[Any]) -> SafeString:
    """The rows of the tree of units, from `UnitLine`."""
    here, names, labels = _place("oversee:unit"), _here("oversee:people"), _state_labels()
    code, all_people, enrolled = (
        escape(label) for label in (_("Code"), _("People"), _("Enrolled"))
    )
    step = "<span aria-hidden=true>–&nbsp;</span>"
    rows = []
    for line in lines:
        unit = line.unit
        people = f"{names}?unit={unit.key}"
        rows.append(
            f"<tr><th scope=row><span>{step * line.depth}<a href={here.format(unit.key)}>"
            f'{escape(unit.name)}</a></span><td data-label="{code}">{escape(unit.code)}'
            f"{_count(all_people, people, line.people)}"
            f"{_count(enrolled, f'{people}&amp;state=enrolled', line.enrolled)}"
            f"{_counts(labels, people, line.shown_counts)}"
        )
    return safe("\n".join(rows))
