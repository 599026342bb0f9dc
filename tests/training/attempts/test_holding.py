"""What is held for a change: one's own, locked; nobody else's, and nothing once withdrawn."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from curriculum.courses.shelf import course_of
from training.attempts.holding import OwnQuizzes
from training.attempts.models import Attempt
from training.cohorts.holding import OwnEnrolments
from training.cohorts.models import Enrolment
from training.flows.starting_a_quiz import start


@pytest.fixture
def attempt(enrolment, thea, noon):
    return start(enrolment, course_of(enrolment.cohort.edition).modules[0], at=noon, by=thea)


def held(own, key):
    """What is given, and the statements that it took, in a transaction as every change is."""
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as seen,
    ):
        found = own.held(key) if hasattr(own, "held") else own.held_with_trainee(key)
    return found, [one["sql"] for one in seen if "SELECT" in one["sql"]]


def test_ones_own_are_given_as_by_the_queryset_and_locked(attempt, enrolment, thea):
    for own, plain, row in (
        (OwnQuizzes(thea), Attempt.objects.of(thea).quizzes(), attempt),
        (OwnEnrolments(thea), Enrolment.objects.of(thea), enrolment),
    ):
        (found, statements), (same, _) = held(own, row.key), held(plain, row.key)
        assert found == same == row
        assert len(statements) == 1
        assert ("FOR " in statements[0]) == connection.features.has_select_for_update
        enrolled = found if isinstance(found, Enrolment) else found.enrolment
        with CaptureQueriesContext(connection) as more:
            assert enrolled.cohort.edition == enrolment.cohort.edition
        assert len(more) == 0


def test_nobody_elses_and_nothing_once_withdrawn(attempt, enrolment, thea, sam):
    with pytest.raises(Attempt.DoesNotExist):
        held(OwnQuizzes(sam), attempt.key)
    with pytest.raises(Enrolment.DoesNotExist):
        held(OwnEnrolments(sam), enrolment.key)
    Enrolment.objects.update(state=Enrolment.State.WITHDRAWN)
    with pytest.raises(Attempt.DoesNotExist):
        held(OwnQuizzes(thea), attempt.key)
    with pytest.raises(Enrolment.DoesNotExist):
        held(OwnEnrolments(thea), enrolment.key)
