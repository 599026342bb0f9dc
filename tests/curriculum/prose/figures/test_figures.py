"""A figure is read from its block, and every mistake in it has a line and a sentence."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from curriculum.prose.figures.figure import KINDS, MOST_FIGURES
from curriculum.prose.figures.kinds import timeline
from curriculum.prose.lesson import compile_lesson
from tests.curriculum.prose.figures.made import ALT, block, figures

TIMELINE = f"""kind: timeline
title: Two days
alt: {ALT}
events:
  - {{when: 1815, what: Vienna}}
  - {{when: "1961", what: "Vienna again"}}"""
CHANNELS = f"""kind: channels
title: Two nodes
alt: {ALT}
columns:
  - {{title: Here, nodes: [{{id: a, label: Ministry}}]}}
  - {{title: There, nodes: [{{id: b, label: Embassy}}]}}
links:
  - {{from: a, to: b, what: tasks}}"""
# Making a failing figure smaller takes minutes.
SOME = settings(max_examples=20, deadline=None, phases=[Phase.generate])
ELEMENTS = {"svg", "title", "desc", "rect", "circle", "polyline", "polygon", "text"}
ELEMENTS |= {"ol", "li", "div", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"class", "viewbox", "role", "aria-labelledby", "aria-label", "id", "tabindex"}
ATTRIBUTES |= {"x", "y", "width", "height", "rx", "cx", "cy", "r", "points", "text-anchor", "scope"}


def lesson(*yaml: str) -> str:
    return "Before.\n\n" + "\n\n".join(f"```figure\n{each}\n```" for each in yaml) + "\n\nAfter.\n"


def compiled(*yaml: str):
    body, problems = compile_lesson(lesson(*yaml), {}, {}, first_line=11)
    assert problems == []
    return body


def problems_of(markdown: str) -> list[tuple[int, str]]:
    body, problems = compile_lesson(markdown, {}, {}, first_line=11)
    assert body is None
    return [(each.line, str(each.message)) for each in problems if each.is_error]


def test_a_figure_is_a_block_between_the_paragraphs():
    body = compiled(TIMELINE, CHANNELS)
    assert [each["kind"] for each in body.blocks] == ["text", "figure", "figure", "text"]
    first = body.blocks[1]
    assert (first["number"], first["id"], first["figure"]) == (1, "figure-1", "timeline")
    assert (first["title"], first["alt"]) == ("Two days", ALT)
    assert body.blocks[3]["n"] == 2, "a figure is no paragraph"
    assert body.words == 2, "words are those of the running text"


def test_the_picture_has_a_name_and_a_description():
    html = compiled(TIMELINE).blocks[1]["html"]
    assert 'role="img" aria-labelledby="figure-1-title figure-1-alt"' in html
    assert '<title id="figure-1-title">Two days</title>' in html
    assert f'<desc id="figure-1-alt">{ALT}</desc>' in html


def test_links_are_numbered_in_the_picture_and_told_below_it():
    html = compiled(CHANNELS).blocks[1]["html"]
    assert "<li>Ministry → Embassy: tasks</li>" in html
    assert 'class="drawn-mark"' in html


def test_ranks_are_a_real_table():
    yaml = f"kind: ranks\ntitle: R\nalt: {ALT}\ncolumns: [Code, Army]\nrows: [[OF-5, Colonel]]"
    html = compiled(yaml).blocks[1]["html"]
    assert '<th scope="col">Army</th>' in html
    assert '<th scope="row">OF-5</th><td>Colonel</td>' in html
    assert "<svg" not in html


def change(old: str, new: str, whole: str = TIMELINE) -> str:
    assert whole.count(old) == 1
    return lesson(whole.replace(old, new))


SEATS = f"kind: seating\ntitle: T\nalt: {ALT}\nshape: round\nseats: [A, B, C]"
MISTAKES = [
    (change("kind: timeline", "kind: pie"), 14, "The kind 'pie' of the figure is unknown"),
    (change("kind: timeline\n", ""), 13, "has no kind here"),
    (change("title: Two days", "titel: Two days"), 15, "unknown field 'titel'"),
    (change(f"alt: {ALT}\n", ""), 13, "has no alt here"),
    (change(ALT, "Two days"), 16, "whoever cannot see it learns the same"),
    (change("title: Two days", f"title: {'x ' * 60}"), 15, "at most 100 fit"),
    (change("when: 1815", "when: yes"), 18, "Put it in quotation marks"),
    (change("when: 1815", "when: [1815]"), 18, "Put it in quotation marks"),
    (change("what: Vienna}", "wat: Vienna}"), 18, "unknown field 'wat'"),
    (change("Vienna again", "again " * 40), 19, "at most 160 fit"),
    (change("Vienna again", "A" * 60), 13, "is too wide for its place"),
    (change("Vienna again", "see [^vcdr-9]"), 19, "A figure holds plain words"),
    (change("Vienna again", "[[term: agrément]]"), 19, "A figure holds plain words"),
    (change("Vienna again", "a\u200bb"), 19, "unseen character"),
    (change("title: Two days", "title: &a Two days"), 15, "Anchors and aliases"),
    (change("title: Two days", "title: Two: days"), 15, "This is not YAML"),
    (change("title: Two days", "kind: timeline"), 15, "a second time"),
    (change('  - {when: "1961", what: "Vienna again"}', ""), 17, "a list of 2 to 14"),
    (change("{when: 1815, what: Vienna}", "1815"), 18, "is written in braces"),
    (lesson(TIMELINE + "\n  - {when: a, what: b}" * timeline.MOST_EVENTS), 17, "a list of 2 to"),
    (lesson(TIMELINE + "\n" + "#" * 8_000), 13, "is longer than 8000 characters"),
    (change("to: b", "to: c", CHANNELS), 21, "no node with the id 'c'"),
    (change("to: b", "to: a", CHANNELS), 21, "from one node to another"),
    (change("id: b", "id: a", CHANNELS), 19, "two nodes with the id 'a'"),
    (change("what: tasks", "what: tasks, style: red", CHANNELS), 21, "Use solid, dashed"),
    (change("shape: round", "shape: square", SEATS), 17, "Use long, round"),
    (change("seats:", "left: [A]\nseats:", SEATS), 18, "unknown field 'left'"),
    (change("[A, B, C]", "[A, B]", SEATS), 18, "a list of 3 to 12"),
    (change("[A, B, C]", "{who: A}", SEATS), 18, "a list of 3 to 12"),
]


@pytest.mark.parametrize(("markdown", "line", "said"), MISTAKES)
def test_a_mistake_is_told_with_its_line(markdown, line, said):
    found = problems_of(markdown)
    assert any(at == line and said in message for at, message in found), found


@pytest.mark.parametrize(
    "markdown",
    [
        f"Words.\n\n```figure\n{TIMELINE}\n",
        "> ```figure\n> kind: timeline\n> ```\n",
        "Words:\n   ```figure\n   kind: steps\n   ```\n",
    ],
)
def test_a_figure_that_is_not_closed_or_not_at_the_edge_is_refused(markdown):
    [(_line, message)] = problems_of(markdown)
    assert "A figure stands in a lesson, from ```figure" in message


def test_a_lesson_has_so_many_figures_and_no_more():
    assert len(compiled(*[TIMELINE] * MOST_FIGURES).blocks) == MOST_FIGURES + 2
    [(_line, message)] = problems_of(lesson(*[TIMELINE] * (MOST_FIGURES + 1)))
    assert "at most 12 figures" in message


def test_lines_of_problems_around_a_figure_are_those_of_the_file():
    markdown = lesson(TIMELINE) + "\nA [[term: nobody]].\n"
    at = markdown[: markdown.index("[[term")].count("\n") + 11
    assert [line for line, _message in problems_of(markdown)] == [at]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.wrong += [tag] if tag not in ELEMENTS else []
        self.wrong += [name for name, _value in attrs if name not in ATTRIBUTES]

    def handle_data(self, data):
        self.words += f" {data}"


@pytest.mark.parametrize("kind", KINDS)
@SOME
@given(data=st.data())
def test_words_are_shown_as_typed_and_none_comes_alive(kind, data):
    figure = data.draw(figures(kind))
    reader = Reader()
    reader.feed(compiled(block(figure)).blocks[1]["html"])
    reader.close()
    assert reader.wrong == []
    shown = re.sub(r"\s", "", reader.words)
    outside = {"kind", "shape", "of", *(("title", "alt") if kind == "ranks" else ())}
    for text in texts_of({name: each for name, each in figure.items() if name not in outside}):
        assert re.sub(r"\s", "", text) in shown


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in {"id", "from", "to", "style"}:
                yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '" onload="x', "</title><b>"])
def test_markup_in_a_figure_is_text(payload):
    yaml = TIMELINE.replace("Two days", repr(payload)).replace(
        "Vienna again", payload.replace('"', "'")
    )
    reader = Reader()
    reader.feed(compiled(yaml).blocks[1]["html"])
    assert reader.wrong == []
