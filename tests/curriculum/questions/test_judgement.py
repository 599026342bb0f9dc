"""A judgement earns what the panel gave it, and nothing of the panel is seen before."""

import json
from fractions import Fraction

import pytest
from hypothesis import given

from curriculum.questions import registry
from tests.curriculum.questions.made import bodies

BODY = """The counterpart asks for the exercise schedule. What do you do first?

- [{0}] Hand over the public calendar. {{#public}}
  > Harmless, and it shows goodwill.
- [{1}] Ask your head of mission. {{#ask}}
  > The safe course.
- [{2}] Say nothing. {{#nothing}}
  > It closes a door.
"""


def read(*shares, panel=7, **front):
    text = BODY.format(*shares)
    body, problems = registry.read("judgement", text, {"panel": panel, **front}, 9)
    return body, problems


@pytest.mark.parametrize(
    ("option", "worth"), [("ask", 1), ("public", Fraction(2, 5)), ("nothing", 0)]
)
def test_credit_is_the_share_of_the_panel_over_that_of_its_first_choice(option, worth):
    body, problems = read("0.29", "0.71", "0")
    assert problems == []
    assert registry.mark("judgement", body, {"option": option}).fraction == worth


def test_thirds_are_exact_however_they_are_rounded():
    body, _ = read("0.33", "0.67", "0", panel=6)
    assert registry.mark("judgement", body, {"option": "public"}).fraction == Fraction(1, 2)


def test_two_first_choices_earn_the_same():
    body, _ = read("0.43", "0.43", "0.14")
    assert registry.key("judgement", body) == {"option": "public"}
    assert registry.mark("judgement", body, {"option": "ask"}).fraction == 1


def test_the_explanation_counts_the_members():
    body, _ = read("0.29", "0.71", "0")
    told = registry.explain("judgement", body, {"option": "public"})
    assert told.panel == 7
    assert [(line.votes, line.key, line.right) for line in told.lines] == [
        (2, False, None),
        (5, True, None),
        (0, False, None),
    ]
    told = registry.explain("judgement", body, {"option": "nothing"})
    assert [line.right for line in told.lines] == [None, None, False]


@given(body=bodies("judgement"))
def test_the_members_of_all_options_are_the_panel_and_stay_hidden(body):
    told = registry.explain("judgement", body, {})
    assert sum(line.votes for line in told.lines) == body["panel"]
    shown = json.dumps(registry.asked("judgement", body))
    assert set(json.loads(shown)) == {"prompt", "options"}
    assert all(set(option) == {"id", "text"} for option in json.loads(shown)["options"])


@pytest.mark.parametrize(
    ("shares", "panel", "line", "said"),
    [
        (("0.4", "0.6", "0"), 4, 11, "No number of members out of 4 makes 0.4"),
        (("0.29", "0.57", "0"), 7, 11, "The shares make 6 members; the panel has 7"),
        (("x", "1", "0"), 7, 11, "The share 'x' is no number from 0 to 1"),
        (("1.2", "0", "0"), 7, 11, "The share '1.2' is no number from 0 to 1"),
        (("0.29", "0,71", "0"), 7, 13, "The share '0,71' is no number"),
        (("0.29", "0.71", "0"), None, 9, "The size of the panel is missing"),
        (("0.29", "0.71", "0"), 0, 9, "The size of the panel is missing"),
        (("0.29", "0.71", "0"), True, 9, "The size of the panel is missing"),
        (("0.29", "0.71", "0"), "7", 9, "The size of the panel is missing"),
    ],
)
def test_shares_that_no_panel_can_have_are_refused(shares, panel, line, said):
    body, problems = read(*shares, panel=panel)
    assert body is None
    assert said in problems[0].message
    assert problems[0].line == line


def test_a_small_panel_and_a_divided_one_are_warned_of():
    body, problems = read("0.5", "0.5", "0", panel=4)
    assert body is not None
    assert [each.severity for each in problems] == ["warning"]
    assert "4 members; below 5" in problems[0].message
    body, problems = read("0.43", "0.43", "0.14")
    assert body is not None
    assert "The panel is divided: its first choice has 3 of 7" in problems[0].message


def test_weights_are_rated_unless_they_are_called_a_draft():
    rated, _ = read("0.29", "0.71", "0")
    draft, problems = read("0.29", "0.71", "0", weights="draft")
    assert problems == []
    assert not registry.explain("judgement", rated, {}).draft
    assert registry.explain("judgement", draft, {}).draft


def test_weights_that_are_neither_draft_nor_rated_are_refused():
    for wrong in ("guess", True, "", None):
        body, problems = read("0.29", "0.71", "0", weights=wrong)
        assert body is None
        assert "Use draft until a panel has rated" in problems[0].message


def test_a_body_that_was_frozen_before_weights_had_a_name_is_rated():
    body, _ = read("0.29", "0.71", "0")
    del body["weights"]
    assert not registry.explain("judgement", body, {}).draft
    assert registry.check("judgement", body) == []
