"""An author learns what is wrong, on which line, before anything is compiled."""

import pytest

from curriculum.prose.inspection import inspect, mask_code


def only(text):
    [problem] = inspect(text, first_line=3)
    return problem


@pytest.mark.parametrize("text", ["<b>x", "</div>", "<!-- x", "<br/>", "<?php", "<my-tag a=1>"])
def test_raw_html_is_a_problem(text):
    problem = only(f"fine\n\n{text}")
    assert problem.is_error
    assert problem.line == 5
    assert "HTML" in problem.message


@pytest.mark.parametrize("text", ["a < b", "5 <6", "`<b>`", "\\<b>", "<https://a.example>", "<3"])
def test_a_sign_that_is_no_tag_is_fine(text):
    assert inspect(text) == []


def test_an_image_is_a_problem():
    assert only("![x](https://a.example/x.png)").message == "Images are not supported yet."


@pytest.mark.parametrize(
    "address", ["http://a.example", "javascript:alert(1)", "/learn/", "//a.example", ""]
)
def test_a_link_that_is_not_https_is_a_problem(address):
    assert "https" in only(f"see [this]({address}) text").message


@pytest.mark.parametrize("address", ["https://a.example/x_(y)", "mailto:a@b.example", "#p4"])
def test_other_links_are_fine(address):
    assert inspect(f"see [this]({address})") == []


def test_a_list_straight_after_a_sentence_is_warned_of():
    problem = only("A sentence:\n- one\n- two")
    assert (problem.severity, problem.line) == ("warning", 4)


def test_a_list_indented_by_two_is_warned_of():
    problem = only("- one\n  - two")
    assert (problem.severity, problem.line) == ("warning", 4)


def test_a_table_straight_after_a_sentence_is_warned_of():
    problem = only("A sentence:\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert (problem.severity, problem.line) == ("warning", 5)


def test_lists_and_tables_that_stand_alone_are_fine():
    text = (
        "A:\n\n- one\n    - two\n- three\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n> a\n>\n> - b\n> - c"
    )
    assert inspect(text) == []


def test_code_is_masked_and_every_other_character_keeps_its_place():
    assert mask_code("a `b` c") == "a     c"
    assert mask_code("a ``b ` c`` d") == "a           d"
    assert mask_code("a `b\nc` d") == "a   \n   d"


def test_a_backtick_that_is_not_closed_in_its_block_masks_nothing():
    assert mask_code("a `b\n\nc` d") == "a `b\n\nc` d"


def test_problems_come_in_order_of_lines():
    lines = [problem.line for problem in inspect("<b>\n![x](y)\n\u200b\n<i>")]
    assert lines == sorted(lines)
