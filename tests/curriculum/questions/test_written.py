"""A written answer has a rubric and a length; a marker's levels alone make its mark."""

import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.prose.inline import render
from curriculum.questions import registry
from curriculum.questions.compiling import compiled
from curriculum.questions.kinds import written
from tests.curriculum.questions.made import JSON, SECRET, bodies

BODY = """Draft the reply to the counterpart's invitation.

- Names who decides. {#who} :: 0 nobody | 1 the attaché | 3 the head of mission
  > The reply is a matter of policy.
- Keeps the form. {#form} :: 0 no | 1 yes
  > Third person, initialled.

> The Embassy presents its compliments and thanks for the invitation.
"""
patient = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


BODIES = bodies("written")


def read(text=BODY, words=50):
    return written.read(text, {"words": words}, 9)


@patient
@given(body=BODIES)
def test_reading_what_was_written_gives_the_same_body(body):
    text = written.write(body)
    front = {name: each for name, each in written.front_matter(body).items() if each is not None}
    again, problems = written.read(text, front, 1)
    assert problems == []
    assert again == body
    assert written.write(again) == text


@patient
@given(body=BODIES, data=st.data())
def test_a_mark_is_from_nothing_to_all_and_all_is_the_highest_levels(body, data):
    levels = {each["id"]: [one["points"] for one in each["levels"]] for each in body["criteria"]}
    given_ = {each: data.draw(st.sampled_from(points)) for each, points in levels.items()}
    mark = written.award(body, given_)
    assert 0 <= mark.fraction <= 1
    assert set(mark.parts) == set(levels)
    highest = {each: points[-1] for each, points in levels.items()}
    assert written.award(body, highest).fraction == 1
    assert written.award(body, dict.fromkeys(levels, 0)).fraction == 0
    assert written.points_of(body, given_) == (sum(given_.values()), written.most_points(body))
    assert written.apart(body, given_, given_) == 0
    assert written.agree(body, given_, given_)
    lowest = dict.fromkeys(levels, 0)
    assert written.apart(body, highest, lowest) == written.most_points(body)


@patient
@given(body=BODIES, given_=JSON)
def test_anything_else_is_no_award(body, given_):
    if written.award_refused(body, given_) is None:
        return
    with pytest.raises(ValueError, match="one of its levels"):
        written.award(body, given_)


@patient
@given(body=BODIES, answer=JSON)
def test_any_answer_is_explained_and_accepted_or_refused_in_a_sentence(body, answer):
    refused = written.accepts(body, answer)
    assert refused is None or refused.endswith(".")
    assert written.is_blank(answer) in (True, False)
    assert len(written.explain(body, answer).lines) == len(body["criteria"])


@patient
@given(body=BODIES)
def test_the_rubric_is_not_in_what_is_asked(body):
    for made in (body, compiled(body, render)):
        assert SECRET not in json.dumps(written.asked(made))
        assert set(written.asked(made)) - {"criteria"} == {"prompt", "words", "least"}
        assert ("criteria" in written.asked(made)) == body["show_criteria"]


@given(text=st.text(alphabet="-[] x{}#abc:=~|>1.\n ± ", max_size=120))
def test_reading_never_raises(text):
    body, problems = read(text)
    assert (body is None) == any(problem.is_error for problem in problems)


def test_points_are_added_over_criteria():
    body, problems = read()
    assert problems == []
    mark = written.award(body, {"who": 1, "form": 1})
    assert mark.fraction == Fraction(2, 4)
    assert mark.parts == {"who": Fraction(1, 3), "form": 1}


def test_two_markers_who_cancel_out_disagree():
    body, _ = read(BODY.replace("3 the head", "2 the ambassador | 3 the head"))
    first, second = {"who": 2, "form": 1}, {"who": 3, "form": 0}
    assert written.award(body, first).fraction == written.award(body, second).fraction
    assert written.apart(body, first, second) == 2
    assert not written.agree(body, first, second)
    assert written.agree(body, first, {"who": 2, "form": 0})
    assert not written.agree({**body, "tolerance": 0}, first, {"who": 2, "form": 0})


@pytest.mark.parametrize(
    "given_",
    [{}, {"who": 1}, {"who": 2, "form": 1}, {"who": True, "form": 1}, {"who": 1.0, "form": 1}],
)
def test_an_award_gives_every_criterion_one_of_its_levels(given_):
    body, _ = read()
    assert written.award_refused(body, given_) == written.NOT_A_LEVEL


def test_an_answer_beyond_the_length_is_kept_and_parted_where_the_length_ends():
    body, _ = read(words=10)
    long = "word\n" * 11
    assert written.accepts(body, {"text": long}) is None
    assert written.count_words(long) == 11
    assert written.within(long, 10) == (("word\n" * 10).rstrip(), "\nword\n")
    assert written.within("three short words", 10) == ("three short words", "")
    assert written.accepts(body, {"text": "w" * 40_000}) is None
    assert "longer than 40000 characters" in written.accepts(body, {"text": "w" * 40_001})
    assert written.accepts(body, {"text": "a\x00b"}) is not None


@given(text=st.text(alphabet="ab \n\t\u00a0é", max_size=60), words=st.integers(1, 10))
def test_what_is_parted_is_all_of_it_and_the_first_part_keeps_the_length(text, words):
    kept, beyond = written.within(text, words)
    assert kept + beyond == text
    assert written.count_words(kept) == min(words, written.count_words(text))


def test_no_machine_marks_it():
    body, _ = read()
    assert registry.waits("written", body, {"text": "We thank you."})
    with pytest.raises(written.ByHand):
        registry.mark("written", body, {"text": "We thank you."})
    for blank in ({}, {"text": "  \n"}, None, {"text": 7}):
        assert not registry.waits("written", body, blank)
        assert registry.mark("written", body, blank).fraction == 0
        assert set(registry.mark("written", body, blank).parts) == {"who", "form"}


def test_the_criteria_are_shown_before_only_where_the_question_says_so():
    shown, problems = written.read(BODY, {"words": "20 to 50", "show_criteria": True}, 9)
    assert problems == []
    assert written.asked(shown) == {
        "prompt": "Draft the reply to the counterpart's invitation.",
        "words": 50,
        "least": 20,
        "criteria": [{"text": "Names who decides."}, {"text": "Keeps the form."}],
    }


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("0 no | 1 yes", "", 13, "two to 6 levels"),
        ("0 no | 1 yes", "0 no", 13, "two to 6 levels"),
        ("0 no | 1 yes", "no | yes", 13, "its points and its words"),
        ("0 no | 1 yes", "1 no | 2 yes", 13, "rise from 0"),
        ("0 no | 1 yes", "0 no | 2 yes | 1 so", 13, "rise from 0"),
        ("0 no | 1 yes", "0 no | 99 yes", 13, "rise from 0"),
        ("{#form}", "{#who}", 13, "stands here a second time"),
        ("  > Third person, initialled.\n", "", 13, "has no feedback"),
    ],
)
def test_a_rubric_that_cannot_be_used_is_refused_at_its_line(before, after, line, said):
    body, problems = read(BODY.replace(before, after))
    assert body is None
    assert [each.line for each in problems if said in each.message] == [line]


def test_a_model_answer_is_needed():
    body, problems = read(BODY.partition("\n> The")[0])
    assert body is None
    assert "The model answer is missing" in problems[0].message


@pytest.mark.parametrize("words", [None, 9, 2_001, True, "50 to 20", "many"])
def test_a_length_is_needed(words):
    assert "The length of the answer is missing" in read(words=words)[1][0].message


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("second_marker", 20, "share of the answers"),
        ("second_marker", "120%", "share of the answers"),
        ("tolerance", -1, "number of points"),
        ("tolerance", True, "number of points"),
        ("show_criteria", "some", "yes or no"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(field, value, said):
    body, problems = written.read(BODY, {"words": 50, field: value}, 9)
    assert body is None
    assert [each for each in problems if said in each.message]
