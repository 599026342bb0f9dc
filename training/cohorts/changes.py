"""Two people change the same cohort: what the later one typed, and what the earlier one did. Pure.

A value is text, as a form sends it and as the audit trail keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Values = Mapping[str, str]
# By field: what it was, and what it became.
Change = Mapping[str, tuple[str, str]]


def difference(old: Values, new: Values) -> dict[str, tuple[str, str]]:
    """The fields whose value differs, with both values."""
    return {name: (value, new[name]) for name, value in old.items() if value != new[name]}


def as_it_was(now: Values, later: Iterable[Change]) -> dict[str, str]:
    """The values before the changes of `later`, which are in the order in which they were made."""
    found = dict(now)
    for change in reversed(list(later)):
        found.update({name: old for name, (old, _new) in change.items() if name in found})
    return found


@dataclass(frozen=True, slots=True)
class Merged:
    """What to propose to the later of two: `values`, and the fields on which both disagree.

    `taken` are fields that only the other one changed: their value is the other's.
    """

    values: dict[str, str]
    taken: tuple[str, ...]
    disputed: tuple[str, ...]


def merged(seen: Values, sent: Values, now: Values) -> Merged:
    """`seen` stood on the page that was filled in, `sent` came from it, `now` is in the table."""
    values, taken, disputed = {}, [], []
    for name, current in now.items():
        untouched = sent[name] == seen[name]
        values[name] = current if untouched else sent[name]
        if current == seen[name]:
            continue
        if untouched:
            taken.append(name)
        elif sent[name] != current:
            disputed.append(name)
    return Merged(values, tuple(taken), tuple(disputed))
