"""A text that would hang the parser is refused before the parser sees it."""

import time

import pytest

from curriculum.prose import limits
from curriculum.prose.inline import render
from curriculum.prose.lesson import compile_lesson
from curriculum.questions.question_file import read_question

HANGING = {
    "8,000 opening brackets": "[" * 8000,
    "4,000 nested links": "[a](" * 4000,
    "3,000 links with open addresses": "[a](<b" * 3000,
    "80 kB of backticks": "`" * 80_000,
    "backticks of every length": "".join("`" * n + "a" for n in range(1, 400)),
    "30,000 open tags": "<x" * 30_000,
    "20,000 quotation signs": ">" * 20_000,
    "20,000 spaced quotation signs": "> " * 20_000,
    "30,000 paragraphs": "a\n\n" * 30_000,
    "60,000 lines": "a\n" * 60_000,
    "5,000 nested lists": "- " * 5_000,
    "500 levels of indentation": "\n".join(" " * n + "- a" for n in range(500)),
    "30,000 asterisks": "*a " * 30_000,
    "30,000 underscores": "_a " * 30_000,
    "a table of 9,000 columns": "|a" * 9000 + "\n" + "|-" * 9000,
    "a table of 6,000 rows": "|a|b|\n|-|-|\n" + "||\n" * 6000,
    "wide and long tables": ("|a" * 39 + "\n" + "|-" * 39 + "\n" + "|\n" * 390 + "\n") * 20,
    "2,000 terms": "[[term: " * 2000,
    "400 kB of words": "word " * 80_000,
}
FRONT = {
    "id": "0199b1c4-7a51-7c3e-9d0e-3f6f3b1c2a10",
    "kind": "single",
    "objective": "a",
    "level": "recall",
    "source": "vcdr",
}


@pytest.mark.parametrize("text", HANGING.values(), ids=HANGING)
def test_a_lesson_that_would_hang_is_refused_with_a_reason_at_once(text):
    started = time.perf_counter()
    body, problems = compile_lesson(text, {}, {}, first_line=12)
    assert time.perf_counter() - started < 1.0
    assert body is None
    assert problems
    assert all(problem.line >= 12 and problem.message for problem in problems)


@pytest.mark.parametrize("text", HANGING.values(), ids=HANGING)
def test_a_question_that_would_hang_is_refused_with_a_reason_at_once(text):
    started = time.perf_counter()
    question, problems = read_question(FRONT, text, 9)
    assert time.perf_counter() - started < 1.0
    assert question is None
    assert problems


@pytest.mark.parametrize("text", HANGING.values(), ids=HANGING)
def test_a_text_that_would_hang_is_shown_as_typed_at_once(text):
    started = time.perf_counter()
    html = render(text)
    assert time.perf_counter() - started < 1.0
    assert html.startswith("<p>")
    assert len(html) < 200_000


def test_the_line_of_the_offending_block_is_named():
    [problem] = limits.exceeded("fine\n\nfine\n" + "`" * 201, first_line=10)
    assert problem.line == 12
    assert "backticks" in problem.message


def test_a_deep_line_is_named_itself():
    [problem] = limits.exceeded("> a\n" + "> " * 9 + "b", first_line=1)
    assert problem.line == 2


def test_no_more_than_twenty_problems_are_returned():
    assert len(limits.exceeded(("> " * 9 + "a\n") * 100)) == 20


@pytest.mark.parametrize(
    "text",
    [
        "[" * limits._COUNTED[0][1],
        "> " * limits.DEPTH + "a",
        "a\n\n" * (limits.BLOCKS - 1) + "a",
        "|" * limits.LINE_PIPES,
    ],
)
def test_what_stands_exactly_at_a_limit_is_allowed(text):
    assert limits.exceeded(text) == []


def test_a_long_lesson_with_a_large_table_is_allowed():
    table = "| a | b | c |\n|---|---|---|\n" + "| **x** | y[^vcdr-9] | z |\n" * 100
    text = "\n\n".join(["A sentence of a few words. " * 20] * 60 + [table])
    assert limits.exceeded(text) == []


@pytest.mark.parametrize("text", ["[[term:{}x", "[[term: a|{}b[", "[[term: a{}|b["])
def test_a_mark_with_many_spaces_that_is_never_closed_is_read_at_once(text):
    started = time.perf_counter()
    compile_lesson(text.format(" " * 15_000), {}, {})
    assert time.perf_counter() - started < 1.0
