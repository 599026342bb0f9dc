"""A zip of content files to texts by path, guarded, and back."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from curriculum.exchange.folder import IGNORED, decoded
from curriculum.prose.problems import Problem
from curriculum.prose.said import ngettext
from curriculum.prose.said import said as _
from curriculum.publishing.checking import LIBRARY_FILES, MOST_FILES

LARGEST_ARCHIVE = 20_000_000
LARGEST_WHOLE = 50_000_000
LARGEST_RATIO = 200
LARGEST_ENTRY = 1_000_000
# What a record of the central directory begins with: counted before anything is parsed.
RECORD = b"PK\x01\x02"
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


# All that a damaged archive makes the library raise.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    IndexError,
)


def read_archive(raw: bytes) -> tuple[dict[str, str], list[Problem]]:
    """Every content file of a zip. Nothing is written to the disk, and sizes are counted as read.

    A single folder around everything is taken off, since most tools add one.
    """
    if len(raw) > LARGEST_ARCHIVE:
        return {}, [
            Problem(
                "",
                0,
                _(
                    "The archive is larger than {size} MB.",
                    size=LARGEST_ARCHIVE // 10**6,
                ),
            )
        ]
    if raw.count(RECORD) > 2 * MOST_FILES:
        return {}, [Problem("", 0, _("The archive holds more than {most} files.", most=MOST_FILES))]
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        entries = [one for one in archive.infolist() if not one.is_dir()]
    except UNREADABLE:
        return {}, [Problem("", 0, _("This is not a zip archive, or it is damaged."))]
    problems = _entry_problems(entries)
    if problems:
        return {}, problems
    return _read_all(archive, entries)


def _read_all(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[dict[str, str], list[Problem]]:
    files: dict[str, str] = {}
    problems = []
    whole = 0
    for entry in entries:
        if PurePosixPath(entry.filename).name in IGNORED or "__MACOSX" in entry.filename:
            continue
        read = _read(archive, entry)
        if isinstance(read, Problem):
            return {}, [read]
        whole += len(read)
        if whole > LARGEST_WHOLE:
            return {}, [Problem("", 0, _("Unpacked, the archive is larger than 50 MB."))]
        text, problem = decoded(entry.filename, read)
        problems += [problem] if problem else []
        if text is not None:
            files[entry.filename] = text
    return _without_wrapper(files), problems


def _entry_problems(entries: list[zipfile.ZipInfo]) -> list[Problem]:
    if len(entries) > MOST_FILES:
        return [
            Problem(
                "",
                0,
                ngettext(
                    "The archive holds {number} file; at most {most}.",
                    "The archive holds {number} files; at most {most}.",
                    len(entries),
                    most=MOST_FILES,
                ),
            )
        ]
    problems, seen = [], set()
    for entry in entries:
        name = entry.filename
        parts = PurePosixPath(name).parts
        unsafe = name.startswith("/") or ".." in parts or "\\" in name or ":" in name
        if unsafe or any(ord(character) < 32 for character in name):  # noqa: PLR2004
            problems.append(
                Problem(repr(name)[1:80], 0, _("A file name leads out of the archive."))
            )
        elif stat.S_ISLNK(entry.external_attr >> 16):
            problems.append(Problem(name, 0, _("Symbolic links are not read.")))
        elif name in seen:
            problems.append(Problem(name, 0, _("The archive holds two files of this name.")))
        elif entry.compress_type not in METHODS:
            problems.append(
                Problem(name, 0, _("The file is packed in a way that is not read here."))
            )
        elif entry.flag_bits & 0x1:
            problems.append(
                Problem(name, 0, _("The file is encrypted. Send it without a password."))
            )
        seen.add(name)
    return problems


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | Problem:
    """One entry, never more than its limit, whatever its header says."""
    try:
        with archive.open(entry) as stream:
            raw = stream.read(LARGEST_ENTRY + 1)
    except UNREADABLE:
        return Problem(entry.filename, 0, _("The file cannot be unpacked."))
    too_dense = len(raw) > LARGEST_RATIO * max(entry.compress_size, 100)
    if len(raw) > LARGEST_ENTRY or too_dense:
        return Problem(entry.filename, 0, _("Unpacked, the file is larger than content can be."))
    return raw


def _without_wrapper(files: dict[str, str]) -> dict[str, str]:
    tops = {name.split("/")[0] for name in files}
    if len(tops) != 1 or not all("/" in name for name in files):
        return files
    (top,) = tops
    inner = {name.removeprefix(f"{top}/"): text for name, text in files.items()}
    has_course = any(name.count("/") == 1 and name.endswith("/course.md") for name in inner)
    return inner if has_course or any(name in inner for name in LIBRARY_FILES) else files


def write_archive(files: Mapping[str, str]) -> bytes:
    """A zip with the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()
