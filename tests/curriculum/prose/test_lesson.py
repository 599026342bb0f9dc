"""A lesson's Markdown becomes numbered blocks with notes, terms and checks."""

import json

import pytest

from curriculum.prose.glossary import Term
from curriculum.prose.lesson import compile_lesson
from curriculum.prose.sources import Source
from tests.curriculum.prose.reading_html import dangers, elements, words

GLOSSARY = {
    "agrement": Term("agrement", "agrément", "Consent."),
    "attache": Term("attache", "attaché", "An officer."),
}
SOURCES = {
    "vcdr": Source("vcdr", "Vienna Convention", "1961", "binding", "art.", None),
    "drab18": Source("drab18", "Drab", "2018", "scholarship", "p.", None),
    "fr-decree": Source("fr-decree", "Decree", "1992", "binding", "art.", None),
    "fr-decree-1992": Source("fr-decree-1992", "Decree", "1992", "binding", "art.", None),
}
LESSON = """The receiving State gives its [[term: agrement]] first.[^vcdr-4]

## Where it came from

The post is old.[^drab18-43] It grew *slowly*,[^vcdr-7][^drab18] as `[^vcdr-9]` does not say.

- one[^vcdr-4]
    - two
- three

| act | source |
|---|---|
| consent | text[^vcdr-3.1.d] |
| officer | [[term: attaché\\|an attaché]] |

> [!RULE] Seniority by *arrival*
> Heads of mission rank by date.[^vcdr-16.1]
>
> And by hour.

> A plain quotation.

[[check: png-what-follows]]

### Where it came from

Agrément
: Consent given beforehand.

> [!NOTE]
> - a list at once
> - and more
"""


def compiled(text, first_line=1):
    body, problems = compile_lesson(text, GLOSSARY, SOURCES, first_line)
    assert body is not None, [str(problem) for problem in problems]
    return body


def problem_of(text, first_line=1):
    body, problems = compile_lesson(text, GLOSSARY, SOURCES, first_line)
    assert len(problems) == 1, [str(problem) for problem in problems]
    assert (body is None) == problems[0].is_error
    return problems[0]


def test_blocks_stand_in_reading_order_with_their_kinds():
    kinds = [block["kind"] for block in compiled(LESSON).blocks]
    assert kinds == (
        ["text", "heading", "text", "text", "text", "callout", "text"]
        + ["check", "heading", "text", "callout"]
    )


def test_every_block_but_headings_and_checks_is_numbered():
    numbered = [block for block in compiled(LESSON).blocks if "n" in block]
    assert [block["n"] for block in numbered] == list(range(1, 9))
    assert [block["id"] for block in numbered] == [f"p{n}" for n in range(1, 9)]
    assert {block["kind"] for block in numbered} == {"text", "callout"}


def test_citations_are_numbered_in_the_order_of_reading():
    """Also across lists and tables, which the parser visits later than paragraphs."""
    body = compiled(LESSON)
    assert [(note["n"], note["source"], note["locator"]) for note in body.notes] == [
        (1, "vcdr", "4"),
        (2, "drab18", "43"),
        (3, "vcdr", "7"),
        (4, "drab18", ""),
        (5, "vcdr", "3.1.d"),
        (6, "vcdr", "16.1"),
    ]
    shown = [
        int(words(f"<a>{part.split('</sup>')[0]}"))
        for block in body.blocks
        for part in block.get("html", "").split("<sup>")[1:]
    ]
    assert shown == [1, 2, 3, 4, 1, 5, 6]


def test_the_same_place_of_a_source_has_one_number():
    body = compiled("a[^vcdr-9] b[^vcdr-9.1] c[^vcdr-9]")
    assert [note["locator"] for note in body.notes] == ["9", "9.1"]
    assert body.blocks[0]["notes"] == [1, 2]


def test_a_note_shows_its_locator_in_the_unit_of_its_source():
    shown = [note["shown"] for note in compiled(LESSON).notes]
    assert shown == ["art. 4", "p. 43", "art. 7", "", "art. 3(1)(d)", "art. 16(1)"]


def test_a_citation_is_a_link_to_its_note():
    [block] = compiled("Text.[^vcdr-16.2]").blocks
    assert words(block["html"]) == "Text.1"
    link = dict(elements(block["html"]))["a"]
    assert (link["class"], link["href"]) == ("cite", "#note-1")


def test_the_longest_key_that_fits_is_cited():
    body = compiled("a[^fr-decree-1992-7] b[^fr-decree-7]")
    assert [note["source"] for note in body.notes] == ["fr-decree-1992", "fr-decree"]
    assert [note["locator"] for note in body.notes] == ["7", "7"]


@pytest.mark.parametrize("mark", ["agrément", "agrement", "AGRÉMENT", "  agrément  "])
def test_a_term_is_found_by_its_words_or_slug(mark):
    [block] = compiled(f"Ask for [[term: {mark}]].").blocks
    link = dict(elements(block["html"]))["a"]
    assert (link["class"], link["href"]) == ("term", "#term-agrement")
    assert block["terms"] == ["agrement"]


def test_a_term_may_show_other_words():
    [block] = compiled("Ask for [[term: agrément|the agréments]].").blocks
    assert words(block["html"]) == "Ask for the agréments."


def test_a_term_in_a_table_may_show_other_words():
    table = compiled(LESSON).blocks[4]
    assert "an attaché" in words(table["html"])
    assert table["terms"] == ["attache"]


def test_marks_in_code_stay_as_they_are_typed():
    body = compiled("a `[[term: nope]]` b `[^nope]` c `[[check: nope]]` d `<b>`")
    assert body.notes == body.terms == body.checks == []
    assert "[[term: nope]]" in words(body.blocks[0]["html"])


def test_a_call_out_has_its_style_and_title():
    call_outs = [block for block in compiled(LESSON).blocks if block["kind"] == "callout"]
    assert [(each["style"], each["title"]) for each in call_outs] == [
        ("rule", "Seniority by arrival"),
        ("note", ""),
    ]
    assert "[!" not in "".join(each["html"] for each in call_outs)


def test_a_call_out_may_begin_with_a_list():
    assert compiled(LESSON).blocks[-1]["html"].count("<li>") == 2


def test_call_outs_and_quotations_that_follow_each_other_stay_apart():
    body = compiled("> [!NOTE] A\n> a\n\n> [!CAUTION] B\n> b\n\n> c")
    assert [block["kind"] for block in body.blocks] == ["callout", "callout", "text"]


def test_headings_have_ids_of_their_own():
    headings = compiled(LESSON).headings
    assert [(each["level"], each["id"]) for each in headings] == [
        (2, "s-where-it-came-from"),
        (3, "s-where-it-came-from-2"),
    ]
    assert headings[0]["text"] == "Where it came from"


def test_a_heading_in_another_script_has_an_id_too():
    ids = [each["id"] for each in compiled("## 条約\n\n## 外交").headings]
    assert len(set(ids)) == 2
    assert all(each.isascii() for each in ids)


def test_the_body_can_be_stored_and_says_what_it_uses():
    stored = compiled(LESSON).as_json()
    assert json.loads(json.dumps(stored)) == stored
    assert stored["terms"] == ["agrement", "attache"]
    assert stored["sources"] == ["vcdr", "drab18"]
    assert stored["checks"] == ["png-what-follows"]


def test_words_are_counted_without_marks():
    assert (
        compiled("## Two words\n\nThree [[term: agrement]] here.\n\n> [!NOTE] One\n> two").words
        == 7
    )


def test_nothing_alive_is_left_in_a_lesson():
    assert [dangers(block.get("html", "")) for block in compiled(LESSON).blocks] == [[]] * 11


def test_compiling_twice_gives_the_same():
    assert compiled(LESSON) == compiled(LESSON)


def test_an_empty_lesson_is_empty():
    assert compiled("").blocks == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n\n[[term: nope]]", 12, "no term 'nope'"),
        ("a[^nope-4]", 10, "No source fits [^nope-4]"),
        ("a[^vcdr-4,5]", 10, "No source fits"),
        ("a\n\nb [[check: x]]", 12, "stands alone"),
        ("a\n\n[[check: x]]\nb", 12, "stands alone"),
        ("a\n[[check: x]]", 11, "stands alone"),
        ("> [[check: x]]", 10, "stands alone"),
        ("[[chek: x]]", 10, "is not read"),
        ("[[check: Not A Slug]]", 10, "is not read"),
        ("# a", 10, "## and ### only"),
        ("a\n\n#### a", 12, "## and ### only"),
        ("##a", 10, "a space between"),
        ("##", 10, "is empty"),
        ("> ## a", 10, "beginning of a line"),
        ("- ## a", 10, "beginning of a line"),
        ("a\n\n<b>c", 12, "HTML"),
        ("![a](https://a.example)", 10, "not supported yet"),
        ("[^vcdr]: a", 10, "Footnotes"),
        ("> [!FOO] a\n> b", 10, "is not a call-out"),
        ("> [!note] a\n> b", 10, "is not a call-out"),
        ("> a\n> [!NOTE] a\n> b", 11, "first line of a quotation"),
        ("[!NOTE] a", 10, "first line of a quotation"),
        ("> [!NOTE] a", 10, "has no text"),
        ("> [!NOTE] a[^vcdr-4]\n> b", 10, "not in its title"),
        ("a\n\nb\u200bc", 12, "unseen character"),
    ],
)
def test_a_problem_names_its_line_and_what_is_wrong(text, line, said):
    problem = problem_of(text, first_line=10)
    assert problem.is_error
    assert (problem.line, problem.path) == (line, "")
    assert said in problem.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n\n---\n\nb", 12, "ruled line"),
        ("[[term: agrement]] a\n\n[[term: agrément]]", 12, "linked before"),
        ("a:\n- b", 11, "empty line"),
    ],
)
def test_a_warning_does_not_stop_a_lesson(text, line, said):
    problem = problem_of(text, first_line=10)
    assert problem.severity == "warning"
    assert problem.line == line
    assert said in problem.message


def test_every_problem_is_told_at_once():
    body, problems = compile_lesson("# a\n\n[[term: x]]\n\nb[^y]\n\n<i>", GLOSSARY, SOURCES)
    assert body is None
    assert [problem.line for problem in problems] == [1, 3, 5, 7]
