"""Files in a folder to texts by path, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from curriculum.editing import coverage
from curriculum.prose.problems import Problem
from curriculum.prose.said import said as _
from curriculum.publishing.checking import LARGEST_FILE

# coverage.yaml is for the editor: it is read by check_content --coverage and not published.
IGNORED = {".DS_Store", "Thumbs.db", "desktop.ini", "README.md", coverage.FILE}

LARGEST_READ = 4 * LARGEST_FILE


def read_folder(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Every file below a folder, by its path with forward slashes. Symbolic links are refused."""
    files: dict[str, str] = {}
    problems = []
    if not folder.is_dir():
        return {}, [Problem(str(folder), 0, _("There is no such folder."))]
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            problems.append(
                Problem(name, 0, _("Symbolic links are not read. Put the file itself."))
            )
        elif path.is_file() and path.name not in IGNORED:
            with path.open("rb") as file:
                # Enough to be refused, never the whole of a file that cannot be content.
                text, problem = decoded(name, file.read(LARGEST_READ + 1))
            problems += [problem] if problem else []
            if text is not None:
                files[name] = text
    return files, problems


def decoded(name: str, raw: bytes) -> tuple[str | None, Problem | None]:
    """A file's text, or why it cannot be read."""
    if len(raw) > LARGEST_READ:
        return None, Problem(
            name,
            0,
            _(
                "The file has more than {most:,} bytes. Split it.",
                most=LARGEST_READ,
            ),
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, Problem(name, line, _("The file is not UTF-8. Save it with that encoding."))
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return None, Problem(name, line, _("The file holds a NUL character. Take it out."))
    return text, None


def write_folder(folder: Path, files: Mapping[str, str]) -> int:
    """Write the files below a folder. Returns how many were new or different."""
    written = 0
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = text.encode()
        if not path.is_file() or path.read_bytes() != raw:
            path.write_bytes(raw)
            written += 1
    return written
