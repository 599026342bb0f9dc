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
from tests.curriculum.questions.made import (
    EXPLANATION,
    FEEDBACK,
    JSON,
    PROMPT,
    SECRET,
    lines,
    names,
)

BODY = """Draft the reply to the counterpart's invitation.

- Names who decides. {#who} :: 0 nobody | 1 the attaché | 3 the head of mission
  > The reply is a matter of policy.
- Keeps the form. {#form} :: 0 no | 1 yes
  > Third person, initialled.
"""
patient = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@st.composite
def rubrics(draw):
    count = draw(st.integers(1, 5))
    criteria = []
    for name, text in zip(draw(names(count)), draw(lines(count)), strict=True):
        points = draw(st.lists(st.integers(1, 20), min_size=1, max_size=5, unique=True))
        texts = draw(lines(len(points) + 1))
        criteria.append(
            {
                "id": name,
                "text": text,
                "levels": [
                    {"points": each, "words": f"{SECRET} {words}"}
                    for each, words in zip([0, *sorted(points)], texts, strict=True)
                ],
                "feedback": draw(FEEDBACK),
            }
        )
    return {
        "prompt": draw(PROMPT),
        "words": draw(st.integers(10, 2_000)),
        "criteria": criteria,
        "explanation": draw(EXPLANATION),
    }


BODIES = rubrics().filter(lambda body: written.check(body) == [])


def read(text=BODY, words=50):
    return written.read(text, {"words": words}, 9)


@patient
@given(body=BODIES)
def test_reading_what_was_written_gives_the_same_body(body):
    text = written.write(body)
    again, problems = written.read(text, {"words": body["words"]}, 1)
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
    assert written.disagreement(body, given_, given_) == 0
    assert written.disagreement(body, highest, dict.fromkeys(levels, 0)) == 1


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
        assert set(written.asked(made)) == {"prompt", "words"}


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
    assert written.disagreement(body, first, second) == Fraction(2, 4)


@pytest.mark.parametrize(
    "given_",
    [{}, {"who": 1}, {"who": 2, "form": 1}, {"who": True, "form": 1}, {"who": 1.0, "form": 1}],
)
def test_an_award_gives_every_criterion_one_of_its_levels(given_):
    body, _ = read()
    assert written.award_refused(body, given_) == written.NOT_A_LEVEL


def test_an_answer_that_is_too_long_is_refused_with_its_length():
    body, _ = read(words=10)
    assert written.accepts(body, {"text": "word " * 10}) is None
    assert "has 11 words; at most 10" in written.accepts(body, {"text": "word " * 11})
    assert "longer than 200 characters" in written.accepts(body, {"text": "w" * 201})
    assert written.accepts(body, {"text": "a\x00b"}) is not None


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


@pytest.mark.parametrize("words", [None, 9, 2_001, True, "200"])
def test_a_length_is_needed(words):
    assert "The length of the answer is missing" in read(words=words)[1][0].message


def test_it_is_not_offered_before_an_attempt_can_wait_for_its_marks():
    assert written.NAME not in registry.KINDS
