"""What of a result is shown when: the one pure function, with random matrices and moments."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.quizzes.release import (
    ORDER,
    PRESETS,
    TELLS,
    USUAL,
    Matrix,
    Preset,
    What,
    When,
    contradictions,
    preset_of,
)
from tests.factories import NOON
from training.attempts.releasing import Facts, released, released_of_confirmed, still_waiting

moments = st.integers(0, 10**5).map(lambda seconds: NOON + timedelta(seconds=seconds))
perhaps = st.none() | moments
matrices = st.builds(Matrix, *[st.sampled_from(When)] * len(What))


def settled(matrix):
    """The matrix with every part moved behind what it gives away."""
    for telling, told in TELLS:
        later = max(matrix.when(telling), matrix.when(told), key=ORDER.index)
        matrix = replace(matrix, **{telling.value: later})
    return matrix


peaceful = matrices.map(settled)
facts = st.builds(Facts, perhaps, perhaps, perhaps)
HOUR = timedelta(hours=1)


@given(matrices, facts, moments)
def test_nothing_is_shown_before_the_hand_in_nor_what_is_never_shown(matrix, known, at):
    shown = released(matrix, known, at)
    if known.handed_in_at is None or at < known.handed_in_at:
        assert shown == frozenset()
    assert not any(matrix.when(what) is When.NEVER for what in shown)


@given(matrices, facts, moments, moments)
def test_what_is_shown_stays_shown(matrix, known, one, other):
    early, late = sorted((one, other))
    assert released(matrix, known, early) <= released(matrix, known, late)


@given(matrices, facts, moments)
def test_a_part_is_shown_from_its_own_moment_on(matrix, known, at):
    known = replace(known, handed_in_at=min(known.handed_in_at or at, at))
    by_hand = known.released_at is not None and known.released_at <= at
    over = known.over_at is not None and known.over_at <= at
    for what in What:
        when = matrix.when(what)
        expected = {When.NEVER: False, When.BY_HAND: by_hand, When.WINDOW: over or by_hand}
        assert (what in released(matrix, known, at)) is expected.get(when, True)


@given(peaceful, facts, moments)
def test_a_matrix_without_contradictions_never_shows_what_gives_away_more(matrix, known, at):
    assert not list(contradictions(matrix))
    shown = released(matrix, known, at)
    for telling, told in TELLS:
        assert telling not in shown or told in shown


@given(matrices, facts, moments)
def test_what_is_not_shown_is_waited_for(matrix, known, at):
    shown, waiting = released(matrix, known, at), still_waiting(matrix, known, at)
    assert shown | set(waiting) == set(What)
    assert not shown & set(waiting)


@pytest.mark.parametrize("preset", Preset)
def test_every_preset_is_free_of_contradictions_and_has_its_name(preset):
    assert list(contradictions(PRESETS[preset])) == []
    assert preset_of(PRESETS[preset]) is preset


def test_an_exam_shows_its_score_at_once_and_the_rest_when_everybody_is_done():
    exam = PRESETS[Preset.EXAM]
    known = Facts(NOON, NOON + HOUR)
    assert released(exam, known, NOON + HOUR - timedelta(seconds=1)) == {What.SCORE}
    assert released(exam, known, NOON + HOUR) == set(What)
    assert released(exam, Facts(NOON), NOON + 100 * HOUR) == {What.SCORE}


def test_practice_shows_a_question_when_its_answer_is_confirmed_and_the_score_at_the_end():
    practice = PRESETS[Preset.PRACTICE]
    assert released_of_confirmed(practice) == set(What) - {What.SCORE, What.OBJECTIVES}
    assert released(practice, Facts(), NOON) == frozenset()
    assert released_of_confirmed(USUAL) == frozenset()


@given(matrices)
def test_a_contradiction_is_a_part_before_what_it_gives_away(matrix):
    for telling, told in contradictions(matrix):
        assert ORDER.index(matrix.when(telling)) < ORDER.index(matrix.when(told))
    assert Matrix.from_dict(matrix.as_dict()) == matrix
