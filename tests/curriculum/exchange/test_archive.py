"""A zip from anybody: nothing leaves its folder, nothing unpacks without end, nothing raises."""

import io
import stat
import struct
import time
import tracemalloc
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exchange.archive import LARGEST_ARCHIVE, read_archive, write_archive
from curriculum.publishing.checking import MOST_FILES
from tests.tiny_course import tiny_files


def zipped(*entries, method=zipfile.ZIP_DEFLATED):
    """A zip of (name, content) pairs, exactly as named."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return buffer.getvalue()


def refused(raw, words):
    files, problems = read_archive(raw)
    assert files == {}
    assert any(words in one.message for one in problems), problems


def test_what_was_written_is_read():
    assert read_archive(write_archive(tiny_files())) == (tiny_files(), [])


def test_the_same_files_give_the_same_bytes():
    backwards = dict(reversed(tiny_files().items()))
    assert write_archive(tiny_files()) == write_archive(backwards)


@pytest.mark.parametrize("wrapper", ["content/", "my export/"])
def test_a_folder_around_everything_is_taken_off(wrapper):
    raw = zipped(*((wrapper + name, text) for name, text in tiny_files().items()))
    assert read_archive(raw) == (tiny_files(), [])


def test_the_folder_of_a_single_course_is_its_name_and_stays():
    own = {name: text for name, text in tiny_files().items() if name.startswith("tiny/")}
    assert read_archive(zipped(*own.items())) == (own, [])


def test_what_systems_leave_behind_is_passed_over():
    raw = zipped(("a/.DS_Store", b"\xff"), ("__MACOSX/a/._b.md", b"\xff"), ("a/course.md", "x"))
    assert read_archive(raw) == ({"a/course.md": "x"}, [])


@pytest.mark.parametrize(
    "name",
    [
        "../../x.md",
        "a/../../x.md",
        "/etc/passwd",
        "..\\..\\x.md",
        "a\\b.md",
        "C:/x.md",
        "C:x.md",
        "a/\nb.md",
        "a/\x1b[2Jb.md",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(zipped((name, "x"), ("a/course.md", "x")), "leads out of the archive")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_cut_at_a_nul_cannot_hide_another():
    raw = zipped(("a/course.mdX.exe", "x")).replace(b"mdX.exe", b"md\x00.exe")
    files, problems = read_archive(raw)
    assert problems or set(files) <= {"a/course.md"}


def test_a_link_is_refused():
    link = zipfile.ZipInfo("a/course.md")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(zipped((link, "/etc/passwd")), "Symbolic links")


def test_two_files_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = zipped(("a/course.md", "one"), ("a/course.md", "two"))
    refused(raw, "two files of this name")


def test_an_encrypted_file_is_refused():
    raw = bytearray(zipped(("a/course.md", "x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    refused(bytes(raw), "encrypted")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_is_not_read_is_refused(method):
    refused(zipped(("a/course.md", "x"), method=method), "packed in a way")


def test_a_small_zip_that_holds_50_mb_is_refused_without_unpacking_it():
    raw = zipped(("a/course.md", bytes(50_000_000)))
    assert len(raw) < 60_000
    tracemalloc.start()
    refused(raw, "larger than content can be")
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_many_files_that_are_large_together_are_refused():
    # Packs to an eightieth: each file by itself is neither large nor suspiciously dense.
    text = "".join(sha256(bytes([at])).hexdigest() for at in range(80)) * 115
    raw = zipped(*((f"a/{at}.md", text) for at in range(90)))
    assert len(raw) < LARGEST_ARCHIVE
    refused(raw, "larger than 50 MB")


def test_a_zip_in_a_zip_is_not_opened():
    inner = zipped(("b/course.md", "x" * 1000))
    files, problems = read_archive(zipped(("a/inner.zip", inner)))
    assert files == {}
    assert problems[0].path == "a/inner.zip"


def test_a_hundred_thousand_files_are_refused_before_they_are_listed():
    raw = zipped(*((f"a/{at}", "") for at in range(100_000)), method=zipfile.ZIP_STORED)
    started = time.process_time()
    refused(raw, f"more than {MOST_FILES} files")
    assert time.process_time() - started < 1


def test_one_file_too_many_is_refused():
    refused(zipped(*((f"a/{at}", "") for at in range(MOST_FILES + 1))), "5001 files")


def test_an_archive_above_20_mb_is_refused_before_it_is_read():
    refused(b"PK\x03\x04" + bytes(LARGEST_ARCHIVE), "larger than 20 MB")


def test_a_header_that_lies_about_a_size_is_not_believed():
    """The size said is 1 byte; the bytes are five million."""
    raw = bytearray(zipped(("a/course.md", "ab" * 2_500_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(mark) + offset
        raw[at : at + 4] = struct.pack("<I", 1)
    files, problems = read_archive(bytes(raw))
    assert problems or len(files["a/course.md"]) <= 1


def test_overlapping_entries_are_refused_or_counted_one_by_one():
    """Every record of the directory points at the same bytes."""
    raw = zipped(("a/0.md", bytes(900_000)), ("a/1.md", bytes(900_000)))
    first = raw.index(b"PK\x01\x02")
    second = raw.index(b"PK\x01\x02", first + 4)
    lying = bytearray(raw)
    lying[second + 42 : second + 46] = struct.pack("<I", 0)
    files, problems = read_archive(bytes(lying))
    assert files == {}
    assert problems


@pytest.mark.parametrize("raw", [b"", b"PK", b"PK\x03\x04", b"not a zip", bytes(1000)])
def test_what_is_no_zip_is_told(raw):
    refused(raw, "not a zip archive")


def test_a_file_that_is_not_utf_8_is_told_with_its_line():
    files, (problem,) = read_archive(zipped(("a/course.md", b"x\n\xff"), ("b/course.md", b"x")))
    assert (problem.path, problem.line) == ("a/course.md", 2)
    assert files == {"b/course.md": "x"}


def test_a_nul_is_told_with_its_line():
    _files, (problem,) = read_archive(zipped(("a/course.md", b"x\ny\x00")))
    assert (problem.path, problem.line) == ("a/course.md", 2)


SOUND = zipped(("a/course.md", "some words, some words\n" * 40), ("b/course.md", "x"))


def archived(raw):
    """Whether any file is left in it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return bool(archive.namelist())


SPOILT = st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=6)


@settings(max_examples=400, deadline=None)
@given(SPOILT, st.integers(0, len(SOUND)))
def test_no_damage_makes_it_raise(spoilt, end):
    raw = bytearray(SOUND)
    for at, value in spoilt:
        raw[at] = value
    for damaged in (bytes(raw), bytes(raw[:end]), bytes(raw[end:])):
        files, problems = read_archive(damaged)
        assert all(isinstance(text, str) for text in files.values())
        assert files or problems or not archived(damaged)
