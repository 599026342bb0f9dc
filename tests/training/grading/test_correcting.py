"""What an answer is worth under the corrections in force."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.questions import amending, registry
from tests.curriculum.questions.amended import amendments, answers
from tests.curriculum.questions.made import bodies
from training.grading.correcting import Answered, Policy, Step, Verdict, after_all, trail
from training.grading.rules import exact

POLICIES = st.sampled_from([Policy.NEVER_LOWER, Policy.BOTH_WAYS])


@st.composite
def cases(draw, kind):
    """An answered copy, its first verdict, and up to four corrections in turn."""
    body = draw(bodies(kind))
    points = Decimal(draw(st.integers(1, 5)))
    item = Answered(kind, body, draw(answers(kind, body)), points)
    mark = registry.mark(kind, body, item.answer).fraction
    first = Verdict(exact(mark), exact(mark * Fraction(points), 4), {})
    steps = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        amended = draw(amendments(kind, body))
        everybody = amended["form"] == amending.EVERYBODY
        policy = Policy.CREDIT_ALL if everybody else draw(POLICIES)
        steps.append(Step(number, amended, policy))
    return item, first, steps


@pytest.mark.parametrize("kind", amending.AMENDED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_never_lower_never_lowers_and_credit_all_credits_all(kind, data):
    item, first, steps = data.draw(cases(kind))
    before = first
    for at, step in enumerate(steps, start=1):
        after = after_all(item, first, steps[:at])
        assert 0 <= after.fraction <= 1
        assert abs(after.points - after.fraction * item.points) < Decimal("0.001")
        if step.policy is Policy.NEVER_LOWER:
            assert after.fraction >= before.fraction
        if step.policy is Policy.CREDIT_ALL:
            assert (after.fraction, after.points) == (1, item.points)
        before = after


@pytest.mark.parametrize("kind", amending.AMENDED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_both_ways_gives_what_the_corrected_key_alone_would_give(kind, data):
    item, first, steps = data.draw(cases(kind))
    one = Step(9, steps[0].amendment, Policy.BOTH_WAYS)
    mark = amending.marked(kind, dict(item.body), [one.amendment], item.answer)
    assert after_all(item, first, [one]).fraction == exact(mark.fraction)


@pytest.mark.parametrize("kind", amending.AMENDED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_trail_names_each_correction_that_changed_something_in_turn(kind, data):
    item, first, steps = data.draw(cases(kind))
    found = trail(item, first, steps)
    numbers = [number for number, _verdict in found]
    assert numbers == sorted(set(numbers))
    assert (found[-1][1] if found else first) == after_all(item, first, steps)
    for step in steps:
        if step.number not in numbers:
            at = steps.index(step)
            assert after_all(item, first, steps[:at]) == after_all(item, first, steps[: at + 1])


def test_a_blank_answer_stays_blank_unless_everybody_is_credited():
    body = {"prompt": "?", "accepted": ["agrement"], "feedback": "", "explanation": ""}
    item = Answered("short", body, {}, Decimal(2))
    nothing = Verdict(Decimal(0), Decimal(0))
    wider = Step(1, {"form": "also", "accepted": ["consent"]}, Policy.BOTH_WAYS)
    everybody = Step(2, {"form": "everybody"}, Policy.CREDIT_ALL)
    assert after_all(item, nothing, [wider]) == nothing
    assert after_all(item, nothing, [wider, everybody]).points == 2
