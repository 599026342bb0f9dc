"""How the rules of the house are looked up: pure functions from a text to what offends in it."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DESKS = ("front", "learn", "teach", "author", "oversee")
WRITTEN_BY_OTHERS = {"vendor", "__pycache__", "content"}


def files(folder: str, *endings: str) -> list[Path]:
    """Every file of ours below a folder of the top level with one of these endings."""
    return sorted(
        path
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings
        and path.is_file()
        and not WRITTEN_BY_OTHERS.intersection(path.relative_to(ROOT).parts)
    )


def shown(path: Path) -> str:
    """The path as it is written in this project."""
    return path.relative_to(ROOT).as_posix()


def offences(paths: Iterable[Path], check: Callable[[str], Iterable[str]]) -> list[str]:
    """What a check finds in these files: path, line, and what stands there."""
    return [f"{shown(path)}:{found}" for path in paths for found in check(path.read_text())]


def nothing_offends(paths: Iterable[Path], check: Callable[[str], Iterable[str]]) -> None:
    """Fail with every offence listed, not with the first few."""
    if found := offences(paths, check):
        pytest.fail("\n".join(found), pytrace=False)
