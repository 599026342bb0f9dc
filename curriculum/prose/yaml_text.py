"""YAML as authors write it: one mapping of names to mappings, read safely, with line numbers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

from curriculum.prose.problems import Problem, error
from curriculum.prose.said import said as _

LIMIT = 500_000
DEPTH = 8

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
# What has another tag asks for something to be made, which the loader refuses.
_LIST, _NAMED = "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping with the line of each of its keys; `inner` holds the mappings under it.

    `entries` are the lists under it, entry by entry with its line: a mapping as `Mapping`.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    inner: dict[str, Mapping] = field(default_factory=dict)
    entries: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)


def read_mapping(text: str, first_line: int = 1) -> tuple[Mapping, list[Problem]]:
    """Read one YAML mapping.

    Returns an empty mapping and problems if the text is too long, no YAML, no mapping, nested too
    deep, or uses aliases (which can make a small text large). A key that stands twice is a problem
    at its second line. Keys are made text.
    """
    if len(text) > LIMIT:
        return Mapping(), [
            error(first_line, _("The file is longer than {limit} kB.", limit=LIMIT // 1000))
        ]
    try:
        problems = _shape_problems(text, first_line)
        if problems:
            return Mapping(), problems
        return _composed(text, first_line)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = first_line + (mark.line if mark else 0)
        return Mapping(), [
            error(line, _("This is not YAML: {problem}.", problem=fault.problem or fault.context))
        ]
    except (yaml.YAMLError, ValueError) as fault:
        return Mapping(), [error(first_line, _("This is not YAML: {fault}.", fault=fault))]


def _shape_problems(text: str, first_line: int) -> list[Problem]:
    """Aliases and deep nesting, found in the event stream, which is read without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return [
                error(line, _("Anchors and aliases (& and *) are not read. Write the text out."))
            ]
        if isinstance(event, _OPENING):
            depth += 1
        elif isinstance(event, _CLOSING):
            depth -= 1
        if depth > DEPTH:
            return [error(line, _("This is nested more than {depth} deep.", depth=DEPTH))]
    return []


def _composed(text: str, first_line: int) -> tuple[Mapping, list[Problem]]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Mapping(), []
        if not isinstance(node, yaml.MappingNode):
            return Mapping(), [
                error(first_line, _("A list of names with values is expected here."))
            ]
        problems: list[Problem] = []
        return _mapping(loader, node, first_line, problems), problems
    finally:
        loader.dispose()


def _mapping(
    loader: Any, node: yaml.MappingNode, first_line: int, problems: list[Problem]
) -> Mapping:
    read = Mapping()
    for key_node, value_node in node.value:
        line = first_line + key_node.start_mark.line
        key = _key(loader, key_node)
        if key in read.values:
            problems.append(
                error(line, _("{key!r} stands here a second time. Keep one of the two.", key=key))
            )
            continue
        read.lines[key] = line
        if isinstance(value_node, yaml.MappingNode):
            read.inner[key] = _mapping(loader, value_node, first_line, problems)
            read.values[key] = read.inner[key].values
        elif value_node.tag == _LIST:
            read.entries[key] = _entries(loader, value_node, first_line, problems)
            read.values[key] = [_plain(value) for _line, value in read.entries[key]]
        else:
            read.values[key] = _value(loader, value_node)
    return read


def _entries(
    loader: Any, node: yaml.SequenceNode, first_line: int, problems: list[Problem]
) -> list[tuple[int, Any]]:
    return [
        (
            first_line + each.start_mark.line,
            _mapping(loader, each, first_line, problems)
            if each.tag == _NAMED
            else _value(loader, each),
        )
        for each in node.value
    ]


def _plain(value: Any) -> Any:
    return value.values if isinstance(value, Mapping) else value


def _value(loader: Any, node: Any) -> Any:
    try:
        return loader.construct_object(node, deep=True)
    except ValueError:
        # A day such as 2026-13-45: left as text for the field to refuse, with its line.
        return node.value if isinstance(node, yaml.ScalarNode) else None


def _key(loader: Any, node: Any) -> str:
    value = loader.construct_object(node, deep=True)
    if not isinstance(value, Hashable) or not isinstance(node, yaml.ScalarNode):
        return "?"
    # The text as written: YAML reads the keys yes, no and 12 as something else than text.
    return str(node.value)
