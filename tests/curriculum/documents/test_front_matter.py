"""Splitting a content file: never an exception, and problems on the lines an author sees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.documents.front_matter import LONGEST_FRONT, canonical, digest, split

FILE = "---\nid: x\ntitle: A title\n---\n\nFirst.\n\nSecond.\n"
ANYTHING = st.text() | st.text(alphabet="-:\n\r {}[]&*!|>'\"#?,ab\ufeff\u2028\x85\t\x0b%@`<=1~")


def test_a_file_is_split_into_fields_with_lines_and_a_body():
    sheet, problems = split("a.md", FILE)
    assert problems == []
    assert dict(sheet.front) == {"id": "x", "title": "A title"}
    assert (sheet.line("id"), sheet.line("title"), sheet.line("absent")) == (2, 3, 1)
    assert sheet.body == "\nFirst.\n\nSecond.\n"
    assert FILE.split("\n")[sheet.first_line - 1 :][:2] == ["", "First."]


@settings(deadline=None)
@given(ANYTHING)
def test_no_text_makes_it_raise(text):
    sheet, problems = split("a.md", text)
    assert sheet is not None or problems
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 2
    assert all(one.path == "a.md" and 1 <= one.line <= last for one in problems)


@settings(deadline=None)
@given(ANYTHING)
def test_no_front_matter_makes_it_raise(text):
    sheet, problems = split("a.md", f"---\n{text}\n---\nBody.\n")
    assert sheet is not None or problems


@settings(deadline=None)
@given(ANYTHING, ANYTHING)
def test_canonical_texts_stay_as_they_are(one, other):
    text = f"{one}\n{other}"
    assert canonical(canonical(text)) == canonical(text)
    assert digest(canonical(text)) == digest(text)


def test_line_ends_trailing_spaces_and_empty_lines_around_make_no_difference():
    variants = [FILE.replace("\n", "\r\n"), "\ufeff" + FILE, "\n\n" + FILE, FILE + "\n\n"]
    variants += [FILE.replace("First.", "First.   "), FILE.rstrip("\n")]
    assert {digest(text) for text in variants} == {digest(FILE)}
    assert digest(FILE.replace("First.", " First.")) != digest(FILE)
    assert digest(FILE.replace("First.\n\n", "First.\n\n\n")) != digest(FILE)


def test_lines_count_from_the_top_of_the_file_even_if_it_begins_with_empty_ones():
    sheet, problems = split("a.md", "\n \n" + FILE)
    assert problems == []
    assert (sheet.line("title"), sheet.first_line) == (5, 7)
    assert split("a.md", "\n\n---\nid: [\n---\n")[1][0].line >= 4


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "must begin with its fields"),
        ("Text.\n", 1, "must begin with its fields"),
        ("---\nid: x\n", 1, "must begin with its fields"),
        ("---\nid: [\n---\n", 3, "not YAML"),
        ("---\nid: x\ntitle: a: b\n---\n", 3, "not YAML"),
        ("---\n- id\n---\n", 2, "list of names"),
        ("---\njust words\n---\n", 2, "list of names"),
        ("---\nid: x\nb: 1\nid: y\n---\n", 4, "a second time"),
        ("---\nid: &a x\nb: *a\n---\n", 2, "Anchors and aliases"),
        ("---\nid: x\nb: " + "[" * 50 + "]" * 50 + "\n---\n", 3, "deep"),
        ("---\nid: !!python/object:os.system x\n---\n", 2, "not YAML"),
        ("---\nid: " + "x" * LONGEST_FRONT + "\n---\n", 1, "longer than 20,000"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, words):
    _sheet, problems = split("a.md", text)
    assert [one.line for one in problems][:1] == [line]
    assert words in problems[0].message


def test_a_day_that_does_not_exist_is_left_to_the_field_to_refuse():
    sheet, problems = split("a.md", "---\nchecked: 2026-13-45\n---\n")
    assert problems == []
    assert sheet.front["checked"] == "2026-13-45"


def test_fields_that_multiply_each_other_are_refused_at_once():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    sheet, problems = split("a.md", "---\n" + "\n".join([*rows, "id: *a11"]) + "\n---\n")
    assert sheet is None
    assert "aliases" in problems[0].message
