"""Saving one answer: what counts, what is refused, and that nothing is thrown away."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from curriculum.courses.shelf import course_of
from curriculum.documents.fixed import ChangeRefused
from tests.factories.training import PersonFactory
from training.attempts.actions import Save, Saved, locked_item, record_answer, set_flag
from training.attempts.models import Attempt, Flag, Item, Response
from training.flows import handing_in, starting_a_quiz


@pytest.fixture
def attempt(enrolment, noon):
    module = course_of(enrolment.cohort.edition).modules[0]
    return starting_a_quiz.start(enrolment, module, at=noon, by=enrolment.trainee, seed=7)


@pytest.fixture
def save(attempt, thea):
    """Save an answer to the first question."""

    def act(option, sequence, at, key=None):
        key = key or uuid.uuid4()
        with locked_item(Attempt.objects.of(thea), attempt.key, 1, key) as item:
            return record_answer(item, Save({"option": option}, key, sequence), at=at)

    return act


def answers(attempt):
    return list(
        Response.objects.filter(item__attempt=attempt).values_list("sequence", "answer", "late")
    )


def test_the_last_answer_by_sequence_is_the_answer(save, attempt, noon):
    assert save("a", 1, noon) is Saved.STORED
    assert save("b", 2, noon) is Saved.STORED
    assert answers(attempt) == [(1, {"option": "a"}, False), (2, {"option": "b"}, False)]
    assert Item.objects.with_answers().get(attempt=attempt, position=1).answer_now == {
        "option": "b"
    }


def test_the_same_save_sent_twice_counts_once(save, attempt, noon):
    key = uuid.uuid4()
    assert save("a", 1, noon, key) is Saved.STORED
    assert save("a", 1, noon, key) is Saved.REPEATED
    assert len(answers(attempt)) == 1


def test_a_page_that_has_not_seen_the_newest_answer_cannot_overwrite_it(save, attempt, noon):
    save("a", 1, noon)
    assert save("b", 1, noon) is Saved.STALE
    assert answers(attempt) == [(1, {"option": "a"}, False)]


def test_a_client_that_skips_numbers_gains_nothing(save, attempt, noon):
    save("a", 900, noon)
    assert save("b", 2, noon) is Saved.STORED
    assert [row[0] for row in answers(attempt)] == [1, 2]


def test_an_answer_at_the_deadline_counts(save, attempt):
    assert save("a", 1, attempt.due_at) is Saved.STORED


def test_a_late_answer_is_kept_and_marked_and_the_earlier_one_stands(save, attempt, noon):
    save("a", 1, noon)
    assert save("b", 2, attempt.due_at + timedelta(seconds=1)) is Saved.LATE
    assert answers(attempt)[1] == (2, {"option": "b"}, True)
    assert Item.objects.with_answers().get(attempt=attempt, position=1).answer_now == {
        "option": "a"
    }


def test_an_answer_after_the_hand_in_is_kept_and_not_graded(save, attempt, thea, noon):
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=noon, by=thea)
    assert save("recall", 1, noon) is Saved.CLOSED
    assert answers(attempt) == [(1, {"option": "recall"}, True)]
    assert attempt.items.get(position=1).grades.get().points == 0


def test_somebody_elses_attempt_is_not_found(attempt, noon):
    with (
        pytest.raises(Attempt.DoesNotExist),
        locked_item(Attempt.objects.of(PersonFactory()), attempt.key, 1, None),
    ):
        pass


def test_a_withdrawn_trainee_no_longer_finds_the_attempt(attempt, enrolment, thea):
    enrolment.state = "withdrawn"
    enrolment.save()
    assert not Attempt.objects.of(thea).exists()


def test_a_flag_comes_and_goes_and_repeats_harmlessly(attempt, noon):
    item = attempt.items.get(position=2)
    set_flag(item, True, at=noon)
    set_flag(item, True, at=noon)
    assert Flag.objects.count() == 1
    set_flag(item, False, at=noon)
    set_flag(item, False, at=noon)
    assert Flag.objects.count() == 0


def test_a_response_cannot_be_changed_by_the_code_nor_by_the_database(save, attempt, noon):
    save("a", 1, noon)
    response = Response.objects.get()
    with pytest.raises(ChangeRefused):
        response.save()
    with pytest.raises(ChangeRefused):
        response.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.update(late=True)


def test_two_saves_cannot_take_one_sequence(save, attempt, noon):
    save("a", 1, noon)
    item = attempt.items.get(position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(
            item=item, key=uuid.uuid4(), sequence=1, answer={}, received_at=noon
        )


def test_a_save_costs_three_statements(save, noon, django_assert_num_queries):
    """Lock the attempt, read the item with its answers, insert; the rest is the session's."""
    save("a", 1, noon)
    with django_assert_num_queries(3 if not connection.in_atomic_block else 5):
        save("b", 2, noon)  # within a test's transaction: and a savepoint and its release
