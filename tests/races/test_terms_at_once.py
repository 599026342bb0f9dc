"""The window of a quiz is changed while twenty trainees press start: none keeps the old one."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from curriculum.courses.shelf import course_of
from tests.factories.training import CohortFactory, PersonFactory
from tests.tiny_course import publish_tiny_course
from training.attempts.models import Attempt
from training.attempts.rules import Window
from training.audit.actions import SITE
from training.flows import setting_terms
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.terms.actions import Wanted

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
STARTERS = 20


def test_no_attempt_starts_under_terms_that_were_changed_meanwhile():
    edition = publish_tiny_course()
    cohort = CohortFactory(name="Spring", edition=edition)
    module, at = course_of(edition).modules[0], timezone.now()
    course_of(edition).bodies([one.revision_id for one in course_of(edition).questions.values()])
    places = [enrol(cohort, one, at=at, by=SITE) for one in PersonFactory.create_batch(STARTERS)]
    gate, failed = threading.Barrier(STARTERS + 1), []

    def act(what):
        try:
            gate.wait()
            what()
        except Exception as error:  # noqa: BLE001 - told below, in the thread that counts
            failed.append(error)
        finally:
            connection.close()

    closes = at + timedelta(minutes=5)
    wanted = Wanted(Window(at - timedelta(minutes=1), closes), "", (), None)
    acts = [lambda it=it: start(it, module, at=at, by=it.trainee) for it in places]
    acts.append(lambda: setting_terms.set_terms(cohort, module.quiz, wanted, "x", at=at, by=SITE))
    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    attempts = list(Attempt.objects.all())
    assert len(attempts) == STARTERS
    assert {one.in_force.window.closes_at for one in attempts} == {closes}
    # Whoever was first keeps the twenty minutes that were promised; nobody has more than those.
    assert {one.due_at for one in attempts} <= {closes, at + timedelta(minutes=20)}
