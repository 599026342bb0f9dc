"""The rules of a quiz as frozen with an attempt."""

import json
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.quizzes.release import Matrix, What, When
from curriculum.quizzes.rules import Counts, Line, QuizRules
from curriculum.quizzes.taking import Layout, Navigation, Order, Taking

LIMIT = st.none() | st.integers(1, 600)
LINES = st.builds(
    Line,
    st.integers(1, 50),
    st.sampled_from(["", "recall-it", "apply-it"]),
    st.sampled_from(["", "recall", "judgement"]),
    st.sampled_from([None, (0.4, 0.8), (0.0, 0.0)]),
)
RULES = st.builds(
    QuizRules,
    pass_percent=st.integers(1, 100),
    minutes=LIMIT,
    attempts=LIMIT,
    wait_minutes=LIMIT,
    counts=st.sampled_from(Counts),
    draw=st.lists(LINES, max_size=5).map(tuple),
    work_minutes=LIMIT,
    exposure=st.none() | st.floats(0.001, 1),
    release=st.builds(Matrix, *[st.sampled_from(When)] * len(What)),
    taking=st.builds(
        Taking,
        st.sampled_from(Navigation),
        st.sampled_from(Layout),
        st.sampled_from(Order),
        st.booleans(),
    ),
)


@settings(deadline=None)
@given(RULES)
def test_rules_come_back_from_their_frozen_record_as_they_were(rules):
    assert QuizRules.from_dict(json.loads(json.dumps(rules.as_dict()))) == rules


def test_an_older_record_is_taken_as_it_was_then():
    record = QuizRules(70).as_dict()
    del record["taking"]
    assert QuizRules.from_dict(record).taking == Taking()


def test_limits_are_times_or_nothing():
    rules = QuizRules(70, minutes=20, wait_minutes=60, draw=(Line(2), Line(3, level="recall")))
    assert (rules.limit, rules.wait) == (timedelta(minutes=20), timedelta(hours=1))
    assert rules.questions == 5
    assert (QuizRules(70).limit, QuizRules(70).wait) == (None, None)


def test_a_line_takes_what_it_names_and_anything_where_it_names_nothing():
    assert Line(1).takes("any", "recall")
    assert Line(1, "one").takes("one", "judgement")
    assert not Line(1, "one").takes("two", "recall")
    assert not Line(1, "one", "recall").takes("one", "judgement")
