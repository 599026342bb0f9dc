"""Matching left sides with right sides."""

from fractions import Fraction

import pytest

from curriculum.prose.inline import render
from curriculum.questions import registry
from curriculum.questions.compiling import compiled

TEXT = """Match each article to its subject.

- Article 9 {#nine} :: *Persona non grata* {#png}
  > At any time.
- Article 29 {#twentynine} :: Inviolability & dignity {#person}
  > No arrest.
- Article 41 {#fortyone} :: Duty to respect local law {#duty}
  > And not to interfere.
- :: The diplomatic bag {#bag}
  > That is article 27.
- :: Freedom of movement {#movement}
"""
KEY = {"nine": "png", "twentynine": "person", "fortyone": "duty"}


def body():
    made, problems = registry.read("matching", TEXT, {}, 1)
    assert problems == []
    return made


@pytest.mark.parametrize(
    ("pairs", "worth"),
    [
        (KEY, 1),
        ({**KEY, "nine": "bag"}, Fraction(2, 3)),
        ({"nine": "png"}, Fraction(1, 3)),
        ({"nine": "png", "twentynine": ""}, Fraction(1, 3)),
        (dict.fromkeys(KEY, "png"), Fraction(1, 3)),
        ({"nine": "nobody"}, 0),
        ({**KEY, "nobody": "png"}, 0),
        ({"nine": None}, 0),
        ({"png": "nine"}, 0),
        ([["nine", "png"]], 0),
    ],
)
def test_right_pairs_over_all_pairs(pairs, worth):
    assert registry.mark("matching", body(), {"pairs": pairs}).fraction == worth


def test_a_side_left_open_is_accepted_and_an_unknown_one_is_not():
    assert registry.accepts("matching", body(), {"pairs": {"nine": ""}}) is None
    assert registry.accepts("matching", body(), {"pairs": {"nine": "nobody"}}) is not None
    assert registry.is_blank("matching", {"pairs": {"nine": "", "fortyone": ""}})


def test_additional_right_sides_are_asked_with_the_others():
    asked = registry.asked("matching", body(), ["bag", "duty", "png", "movement", "person"])
    assert [side["id"] for side in asked["left"]] == list(KEY)
    assert [side["id"] for side in asked["right"]] == ["bag", "duty", "png", "movement", "person"]


def test_a_right_side_has_plain_words_for_a_select_box():
    asked = registry.asked("matching", compiled(body(), render))
    right = {side["id"]: side for side in asked["right"]}
    assert right["png"]["text"] == "<em>Persona non grata</em>"
    assert right["png"]["words"] == "Persona non grata"
    assert right["person"]["words"] == "Inviolability & dignity"


def test_the_explanation_says_in_words_what_was_matched():
    answer = {"pairs": {"nine": "person", "fortyone": "duty"}}
    lines = registry.explain("matching", compiled(body(), render), answer).lines
    assert [(line.chosen, line.key, line.right) for line in lines] == [
        ("Inviolability & dignity", "Persona non grata", False),
        ("", "Inviolability & dignity", False),
        ("Duty to respect local law", "Duty to respect local law", True),
    ]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        (" {#nine}", "", 12, "has no id"),
        (" {#png}", "", 12, "has no id"),
        (" {#bag}", "", 18, "has no id"),
        ("{#person}", "{#nine}", 14, "second time"),
        ("{#bag}", "{#duty}", 18, "second time"),
        ("The diplomatic bag", "duty to respect  local law", 18, "say the same"),
        ("Article 29", "Article 9", 14, "say the same"),
        ("Article 9 ", "", 12, "has no words"),
        ("- Article 41 {#fortyone} :: Duty to respect local law {#duty}", "- lost", 16, "neither"),
    ],
)
def test_a_problem_names_its_line(before, after, line, said):
    made, problems = registry.read("matching", TEXT.replace(before, after, 1), {}, 10)
    assert made is None
    found = [(problem.line, problem.message) for problem in problems]
    assert any(at == line and said in message for at, message in found), found


def test_missing_feedback_of_a_pair_is_a_warning():
    made, problems = registry.read("matching", TEXT.replace("  > No arrest.\n", ""), {}, 10)
    assert made is not None
    assert [(problem.line, problem.severity) for problem in problems] == [(14, "warning")]


def test_one_pair_is_too_few():
    text = "M:\n\n- a {#aa} :: b {#bb}\n  > why\n"
    [problem] = registry.read("matching", text, {}, 1)[1]
    assert "at least 2" in problem.message


def test_a_prompt_that_ends_in_a_line_like_an_answer_is_refused():
    """Such a line would be read as the first of the answer lines."""
    body = {
        "prompt": "Who is accredited to whom?\n\n- {#",
        "pairs": [
            {
                "left": {"id": f"left-{at}", "text": f"Left {at}"},
                "right": {"id": f"right-{at}", "text": f"Right {at}"},
                "feedback": "Because.",
            }
            for at in range(2)
        ],
        "distractors": [],
        "explanation": "",
    }
    assert [str(one) for one in registry.check("matching", body)] == [
        "The prompt holds an answer line such as - words {#left-id} :: words {#right-id}."
    ]
    body["prompt"] += " and so on\n\nMatch them."
    assert registry.check("matching", body) == []
