"""A folder read as texts: what cannot be content is refused, with its line where it has one."""

import pytest

from curriculum.exchange.folder import LARGEST_READ, read_folder, write_folder


def test_files_come_by_path_with_forward_slashes(tmp_path):
    written = write_folder(tmp_path, {"a/b.md": "é\n", "c.yaml": "x\n"})
    assert written == 2
    assert read_folder(tmp_path) == ({"a/b.md": "é\n", "c.yaml": "x\n"}, [])


def test_a_file_that_is_the_same_is_not_written_again(tmp_path):
    write_folder(tmp_path, {"a.md": "x\n", "b.md": "x\n"})
    assert write_folder(tmp_path, {"a.md": "x\n", "b.md": "y\n"}) == 1


def test_a_byte_order_mark_is_taken_off(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfx\n")
    assert read_folder(tmp_path)[0] == {"a.md": "x\n"}


def test_what_systems_leave_behind_is_passed_over(tmp_path):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "README.md"):
        (tmp_path / name).write_bytes(b"\x00\xff")
    assert read_folder(tmp_path) == ({}, [])


def test_a_link_is_refused_whatever_it_points_at(tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.md").write_text("secret")
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "file.md").symlink_to(secret / "key.md")
    (folder / "course").symlink_to(secret)
    files, problems = read_folder(folder)
    assert files == {}
    assert [(one.path, one.line) for one in problems] == [("course", 0), ("file.md", 0)]
    assert all("Symbolic links" in one.message for one in problems)


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"one\ntwo\n\xff\xfe\n", 3, "not UTF-8"),
        ("café".encode("latin-1"), 1, "not UTF-8"),
        (b"one\ntw\x00o\n", 2, "NUL"),
        (b"x" * (LARGEST_READ + 1), 0, "Split it"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(tmp_path, raw, line, words):
    (tmp_path / "a.md").write_bytes(raw)
    files, (problem,) = read_folder(tmp_path)
    assert files == {}
    assert (problem.path, problem.line) == ("a.md", line)
    assert words in problem.message


def test_a_folder_that_is_not_there_is_told(tmp_path):
    files, (problem,) = read_folder(tmp_path / "nowhere")
    assert files == {}
    assert "no such folder" in problem.message
