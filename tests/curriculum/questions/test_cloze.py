"""Blanks in a text."""

from fractions import Fraction

import pytest

from curriculum.prose.inline import render
from curriculum.questions import registry
from curriculum.questions.compiling import compiled
from tests.curriculum.prose.reading_html import dangers

TEXT = """The sending State asks for {{agrément | agrement #b1}} *before* it names
its {{head of mission #b2}}.

- {#b1}
  > It is French.
- {#b2}
  > Article 4.

> Article 4 again.
"""


def body(text=TEXT):
    made, problems = registry.read("cloze", text, {}, 1)
    assert problems == [], [str(problem) for problem in problems]
    return made


def cloze_of(prompt):
    """A body that was never read: one blank, whatever stands around it."""
    return {
        "prompt": prompt,
        "blanks": [{"id": "b1", "accepted": ["a"], "feedback": "f"}],
        "explanation": "",
    }


def test_the_answers_leave_the_prompt():
    made = body()
    assert made["prompt"] == ("The sending State asks for {{#b1}} *before* it names\nits {{#b2}}.")
    assert made["blanks"][0] == {
        "id": "b1",
        "accepted": ["agrément", "agrement"],
        "feedback": "It is French.",
    }


@pytest.mark.parametrize(
    ("blanks", "worth"),
    [
        ({"b1": "agrément", "b2": "head of mission"}, 1),
        ({"b1": "AGREMENT ", "b2": "Head of  mission."}, 1),
        ({"b1": "agrément"}, Fraction(1, 2)),
        ({"b1": "agrément", "b2": "heads of mission"}, Fraction(1, 2)),
        ({"b1": "", "b2": ""}, 0),
        ({"b1": "agrément", "b3": "x"}, 0),
        ({"b1": 1}, 0),
        (["agrément"], 0),
    ],
)
def test_right_blanks_over_all_blanks(blanks, worth):
    assert registry.mark("cloze", body(), {"blanks": blanks}).fraction == worth


def test_the_prompt_is_asked_in_segments_with_places_for_inputs():
    asked = registry.asked("cloze", compiled(body(), render))
    assert asked["segments"] == [
        {"html": "<p>The sending State asks for "},
        {"blank": "b1"},
        {"html": " <em>before</em> it names\nits "},
        {"blank": "b2"},
        {"html": ".</p>"},
    ]
    assert asked["blanks"] == ["b1", "b2"]
    assert asked["prompt"].count("____") == 2


def test_a_body_that_was_not_compiled_has_its_text_escaped_in_segments():
    made = cloze_of("<script>{{#b1}}</script>")
    assert registry.asked("cloze", made)["segments"] == [
        {"html": "&lt;script&gt;"},
        {"blank": "b1"},
        {"html": "&lt;/script&gt;"},
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        "*{{#b1}}*",
        "**a {{#b1}} b**",
        "_{{#b1}}_",
        "`{{#b1}}`",
        "[{{#b1}}](https://a.example)",
        "- one\n- {{#b1}}",
        "| a | b |\n|---|---|\n| {{#b1}} | c |",
        "> {{#b1}}",
        "{{#b1}}",
        "a{{#b1}}b",
        "<b>{{#b1}}</b>",
        "\\{{#b1}}",
        "[a](https://a.example/{{#b1}})",
        '[a](https://a.example "{{#b1}}")',
        "<https://a.example/{{#b1}}>",
        "[a]: {{#b1}}",
        "{{#b1}} and {{#b1}}",
        "a {{#b9}} b",
        "\ue0000\ue001 {{#b1}}",
        "\ue0007\ue001",
        "nothing at all",
    ],
)
def test_every_blank_has_exactly_one_place_whatever_its_surroundings(prompt):
    segments = compiled(cloze_of(prompt), render)["segments"]
    assert [each["blank"] for each in segments if "blank" in each] == ["b1"]
    html = "".join(each.get("html", '<em class="cite">x</em>') for each in segments)
    assert dangers(html.replace(' class="cite"', "")) == []
    assert html.count("<em class") == 1
    assert "\ue000" not in html
    assert "\ue001" not in html
    # The place is in the text: with it taken out, every tag still opens and closes.
    assert html.count("<") == html.count(">")


def test_ten_blanks_keep_their_order():
    text = " ".join(f"w {{{{answer {n} #b{n}}}}}" for n in range(10))
    rows = "".join(f"- {{#b{n}}}\n  > f\n" for n in range(10))
    made = compiled(body(f"{text}\n\n{rows}"), render)
    assert registry.asked("cloze", made)["blanks"] == [f"b{n}" for n in range(10)]
    assert [each["blank"] for each in made["segments"] if "blank" in each] == [
        f"b{n}" for n in range(10)
    ]


def test_the_explanation_has_a_line_for_each_blank():
    answer = {"blanks": {"b1": "<consent>"}}
    lines = registry.explain("cloze", compiled(body(), render), answer).lines
    assert [(line.text, line.chosen, line.key, line.right) for line in lines] == [
        ("1", "<consent>", "agrément", False),
        ("2", "", "head of mission", False),
    ]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        (" #b1}}", "}}", 10, "has no id"),
        ("#b1}}", "#B 1}}", 10, "has no id"),
        ("{{agrément | agrement #b1}}", "{{#b1}}", 10, "accepts no answer"),
        ("agrément | agrement", "agrément | ", 10, "empty answer"),
        ("#b2}}", "#b1}}", 11, "second time"),
        ("- {#b2}\n  > Article 4.\n", "", 11, "'b2' has no feedback"),
        ("- {#b2}", "- {#b3}", 15, "no blank 'b3'"),
        ("- {#b2}", "- {#b1}", 15, "has feedback already"),
        ("its {{", "[its](https://a.example/{{", 10, "address of a link"),
        ("The sending", "{{ settings.SECRET_KEY }}", 10, "has no id"),
    ],
)
def test_a_problem_names_its_line(before, after, line, said):
    made, problems = registry.read("cloze", TEXT.replace(before, after, 1), {}, 10)
    assert made is None
    found = [(problem.line, problem.message) for problem in problems]
    assert any(at == line and said in message for at, message in found), found


def test_a_text_without_blanks_is_refused():
    made, problems = registry.read("cloze", "Nothing.\n", {}, 10)
    assert made is None
    assert any("has no blank" in problem.message for problem in problems)


def test_more_than_ten_blanks_are_refused():
    text = " ".join(f"{{{{a #b{n}}}}}" for n in range(11))
    rows = "".join(f"- {{#b{n}}}\n  > f\n" for n in range(11))
    made, problems = registry.read("cloze", f"{text}\n\n{rows}", {}, 1)
    assert made is None
    assert [problem.message for problem in problems] == [
        "The number of blanks is 11; at most 10 are allowed."
    ]
