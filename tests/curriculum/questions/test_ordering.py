"""Putting entries in order."""

from fractions import Fraction

import pytest

from curriculum.questions import registry

TEXT = """Put the steps in order:

1. Check the prohibitions {#prohibited}
  > Article 6 comes first.
2. Assess the effect {#assess}
  > Then article 7.
3. Consider measures {#measures}
  > To lower the risk.
4. Refuse if a risk remains {#refuse}
  > Last.

> Articles 6 and 7.
"""
RIGHT = ["prohibited", "assess", "measures", "refuse"]


def body():
    made, problems = registry.read("ordering", TEXT, {}, 1)
    assert problems == []
    return made


def faults(text):
    return [
        (problem.line, problem.severity, problem.message)
        for problem in registry.read("ordering", text, {}, 10)[1]
    ]


@pytest.mark.parametrize(
    ("order", "worth"),
    [
        (RIGHT, 1),
        (["assess", "prohibited", "measures", "refuse"], Fraction(5, 6)),
        (["assess", "measures", "prohibited", "refuse"], Fraction(2, 3)),
        (["assess", "measures", "refuse", "prohibited"], Fraction(1, 2)),
        (["measures", "refuse", "prohibited", "assess"], 0),
        (["refuse", "measures", "assess", "prohibited"], 0),
        (RIGHT[:3], 0),
        ([*RIGHT, "refuse"], 0),
        ([*RIGHT[:3], "nobody"], 0),
        ([], 0),
    ],
)
def test_inverted_pairs_cost_and_less_than_half_is_nothing(order, worth):
    assert registry.mark("ordering", body(), {"order": order}).fraction == worth


def test_an_order_must_place_every_entry():
    refused = registry.accepts("ordering", body(), {"order": RIGHT[:3]})
    assert refused == "Give every entry a place."


def test_the_explanation_gives_the_places():
    answer = {"order": ["assess", "prohibited", "measures", "refuse"]}
    lines = registry.explain("ordering", body(), answer).lines
    assert [(line.id, line.chosen, line.key, line.right) for line in lines] == [
        ("prohibited", "2", "1", False),
        ("assess", "1", "2", False),
        ("measures", "3", "3", True),
        ("refuse", "4", "4", True),
    ]


def test_without_an_order_the_entries_are_asked_in_a_wrong_one():
    asked = [entry["id"] for entry in registry.asked("ordering", body())["entries"]]
    assert sorted(asked) == sorted(RIGHT)
    assert asked != RIGHT


def test_a_prompt_may_hold_a_numbered_list_apart_from_the_entries():
    text = TEXT.replace(
        "Put the steps in order:", "Given:\n\n1. a law\n2. a fact\n\nOrder the steps:"
    )
    made, problems = registry.read("ordering", text, {}, 1)
    assert problems == []
    assert "2. a fact" in made["prompt"]
    assert len(made["entries"]) == 4


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        (" {#prohibited}", "", 12, "has no id"),
        (" {#refuse}", "", 18, "has no id"),
        ("{#assess}", "{#refuse}", 18, "second time"),
        ("Assess the effect", "Refuse if a risk  remains", 18, "say the same"),
    ],
)
def test_a_problem_names_its_line(before, after, line, said):
    found = faults(TEXT.replace(before, after, 1))
    assert any(
        at == line and severity == "error" and said in message for at, severity, message in found
    ), found


def test_missing_feedback_is_a_warning():
    made, problems = registry.read("ordering", TEXT.replace("  > Last.\n", ""), {}, 10)
    assert made is not None
    assert [(problem.line, problem.severity) for problem in problems] == [(18, "warning")]


@pytest.mark.parametrize(
    "ids", [["a", "b", "c", "d"], ["1", "2", "3", "4"], ["step-1", "step-2", "step-3", "step-10"]]
)
def test_ids_that_give_the_order_away_are_refused(ids):
    text = TEXT
    for old, new in zip(RIGHT, ids, strict=True):
        text = text.replace(f"{{#{old}}}", f"{{#{new}}}")
    assert any("give the order away" in message for _, _, message in faults(text))


def test_ids_in_no_telling_order_are_fine():
    text = TEXT
    for old, new in zip(RIGHT, ["d", "b", "a", "c"], strict=True):
        text = text.replace(f"{{#{old}}}", f"{{#{new}}}")
    assert faults(text) == []


@pytest.mark.parametrize(("count", "said"), [(2, "at least 3"), (9, "at most 8")])
def test_too_few_and_too_many_entries_are_refused(count, said):
    words = ["ask", "dean", "envoy", "flag", "note", "call", "visa", "aide", "rank"]
    rows = "".join(
        f"{n}. {word} x {{#{word}}}\n  > why\n" for n, word in enumerate(words[:count], 1)
    )
    [(_, _, message)] = faults(f"Order:\n\n{rows}")
    assert said in message
