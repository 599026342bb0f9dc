"""Another key for a question that was asked already."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.questions import amending, registry
from tests.curriculum.questions.amended import amendments, answers
from tests.curriculum.questions.made import bodies

SINGLE = {
    "prompt": "What must Halvenia do?",
    "options": [
        {"id": "ask", "text": "Ask.", "right": False, "feedback": "No."},
        {"id": "recall", "text": "Recall.", "right": True, "feedback": "Yes."},
        {"id": "expel", "text": "Expel.", "right": False, "feedback": "No."},
    ],
    "explanation": "",
}
MULTIPLE = SINGLE | {"credit": "all-or-nothing"}
PAIRS = {
    "prompt": "Match.",
    "pairs": [
        {
            "left": {"id": "a4", "text": "4"},
            "right": {"id": "consent", "text": "c"},
            "feedback": "",
        },
        {"left": {"id": "a9", "text": "9"}, "right": {"id": "png", "text": "p"}, "feedback": ""},
    ],
    "distractors": [{"id": "bag", "text": "b", "feedback": ""}],
    "explanation": "",
}
NUMBER = {
    "prompt": "When?",
    "value": "1961",
    "tolerance": "0",
    "unit": "",
    "feedback": "",
    "half": {"tolerance": "2", "feedback": ""},
    "explanation": "",
}


def worth(kind, body, amended, answer):
    assert amending.refused(kind, body, amended) is None
    return amending.marked(kind, body, [amended], answer).fraction


def key(*options):
    return {"form": "key", "options": list(options)}


def also(*options):
    return {"form": "also", "options": list(options)}


def test_another_key_takes_the_marks_from_the_old_one():
    assert worth("single", SINGLE, key("ask"), {"option": "ask"}) == 1
    assert worth("single", SINGLE, key("ask"), {"option": "recall"}) == 0


def test_an_option_credited_as_well_leaves_the_key_its_marks():
    assert worth("single", SINGLE, also("ask"), {"option": "ask"}) == 1
    assert worth("single", SINGLE, also("ask"), {"option": "recall"}) == 1
    assert worth("single", SINGLE, also("ask"), {"option": "expel"}) == 0


def test_a_credited_option_of_several_may_be_chosen_or_left():
    for chosen, found in ((["recall"], 1), (["recall", "ask"], 1), (["ask"], 0), (["expel"], 0)):
        assert worth("multiple", MULTIPLE, also("ask"), {"options": chosen}) == found


def test_an_option_that_was_not_asked_cannot_be_credited():
    said = amending.refused("single", SINGLE, also("summon"))
    assert said == (
        "The option 'summon' did not exist when the question was asked so. It cannot be credited."
    )


@pytest.mark.parametrize("amended", [key("recall"), also("recall")])
def test_what_changes_nothing_is_refused(amended):
    assert "Nothing would change" in amending.refused("single", SINGLE, amended)


def test_one_option_only_is_the_key_of_a_single_choice():
    assert amending.refused("single", SINGLE, key("ask", "expel"))
    assert amending.refused("multiple", MULTIPLE, key("ask", "expel")) is None


def test_a_pair_with_another_right_side_keeps_every_side_readable():
    other = {"form": "key", "pairs": {"a9": "bag"}}
    assert worth("matching", PAIRS, other, {"pairs": {"a4": "consent", "a9": "bag"}}) == 1
    half = worth("matching", PAIRS, other, {"pairs": {"a4": "consent", "a9": "png"}})
    assert str(half) == "1/2"


def test_a_range_accepted_as_well_leaves_the_half_marks_of_the_old_key():
    wider = {"form": "also", "low": "1963", "high": "1964"}
    for value, found in (("1961", "1"), ("1962", "1/2"), ("1964", "1"), ("1965", "0")):
        assert str(worth("numeric", NUMBER, wider, {"value": value})) == found
    anew = {"form": "key", "low": "1963", "high": "1964"}
    for value, found in (("1961", "0"), ("1963", "1"), ("1964", "1"), ("1962", "0")):
        assert str(worth("numeric", NUMBER, anew, {"value": value})) == found


@pytest.mark.parametrize(
    "amended",
    [
        {"form": "key", "low": "1e309", "high": "2"},
        {"form": "key", "low": "", "high": "2"},
        {"form": "key", "low": "3", "high": "2"},
        {"form": "key", "low": None},
        {"form": "shout"},
    ],
)
def test_what_cannot_be_read_is_refused(amended):
    assert amending.refused("numeric", NUMBER, amended)


def test_a_later_key_sets_aside_what_came_before_and_credit_adds_to_it():
    turns = [also("ask"), key("expel"), also("recall")]
    found = [
        amending.marked("single", SINGLE, turns, {"option": one}).fraction
        for one in ("ask", "expel", "recall")
    ]
    assert found == [0, 1, 1]


def test_everybody_is_credited_with_a_blank_answer_too():
    assert worth("single", SINGLE, {"form": "everybody"}, {}) == 1


@pytest.mark.parametrize("kind", amending.AMENDED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_copy_is_changed_and_credit_never_takes_marks_away(kind, data):
    body = data.draw(bodies(kind))
    answer = data.draw(answers(kind, body))
    turns = data.draw(st.lists(amendments(kind, body), max_size=3))
    kept = copy.deepcopy(body)
    found = amending.marked(kind, body, turns, answer)
    assert body == kept
    assert 0 <= found.fraction <= 1
    assert set(found.parts) == set(registry.mark(kind, body, answer).parts)
    if not any(one["form"] == "key" for one in turns):
        assert found.fraction >= registry.mark(kind, body, answer).fraction


@pytest.mark.parametrize("kind", amending.AMENDED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_credited_earns_the_marks_in_the_question_that_was_asked(kind, data):
    body = data.draw(bodies(kind))
    amended = data.draw(amendments(kind, body))
    found = credited(kind, amended)
    if found is not None and registry.accepts(kind, body, found) is None:
        assert amending.marked(kind, body, [amended], found).fraction == 1


def credited(kind, amended):
    """An answer that the amendment is about, where it is a whole answer."""
    if "options" in amended and kind != "multiple":
        return {"option": amended["options"][0]}
    if "options" in amended and amended["form"] == "key":
        return {"options": amended["options"]}
    if "order" in amended:
        return {"order": amended["order"]}
    if "low" in amended:
        return {"value": amended["low"]}
    return {"text": amended["accepted"][0]} if "accepted" in amended else None
