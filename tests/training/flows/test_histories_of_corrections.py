"""Random histories of hand-ins, corrections and undos, with questions of every kind.

Each preview equals its outcome; the grade in force is what the corrections in force give; undoing
everything gives back the first grades; and all derived rows agree with the records.
"""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from curriculum.questions import amending
from tests.curriculum.questions.amended import amendments, answers
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, tiny_files
from tests.training.flows.correcting import ALL, Wrong, approved, sit, someone, standing
from training.attempts.models import Item
from training.evidence.models import Evidence
from training.flows import correcting
from training.grading.models import Correction, Grade
from training.progress.actions import differences
from training.progress.models import Score

EVERYTHING = 14


@pytest.fixture
def edition(db):
    """The quiz of module 1 asks its whole bank, so that everybody is asked every kind."""
    files = tiny_files()
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("count: 6", f"count: {EVERYTHING}")
    return publish_tiny_course(files=files)


def questions(cohort):
    """Slug, kind and body of one question of every kind that can be corrected by another key."""
    course = course_of(cohort.edition)
    pool = course.pool(course.modules[0])
    found = {one.kind: one for one in pool if one.kind in amending.AMENDED}
    return [(one.slug, kind, course.body(one.revision_id)) for kind, one in found.items()]


def passes():
    return dict(Score.objects.values_list("attempt", "passed"))


def outcome(before, after, passed_before, passed_after):
    """What a correction did, counted from the records themselves."""
    moves = Counter(
        "up" if after[item][0] > before[item][0] else "down"
        for item in before
        if after[item] != before[item]
    )
    turned = Counter(
        passed_after[one] for one in passed_before if passed_before[one] != passed_after[one]
    )
    return (moves["up"], moves["down"], turned[True], turned[False])


def counted(correction):
    counts = correction.decision.counts
    return tuple(counts[name] for name in ("up", "down", "fail_to_pass", "pass_to_fail"))


def apply_and_compare(correction, ada):
    """Approve, and hold what was counted against what happened."""
    before, passed = standing(), passes()
    done = approved(correction, ada, NOON)
    after = standing()
    assert counted(done) == outcome(before, after, passed, passes())
    if correction.policy in ("never-lower", "credit-all"):
        assert all(after[item][0] >= before[item][0] for item in before)
    return done


def correct_one(data, cohort, ines, ada):
    slug, kind, body = data.draw(st.sampled_from(questions(cohort)))
    amendment = data.draw(amendments(kind, body))
    policy = data.draw(st.sampled_from(["never-lower", "both-ways"]))
    return apply_and_compare(Wrong(slug).proposed(amendment, ines, NOON, policy), ada)


def undo_one(one, ines, ada):
    undo = correcting.propose_undo(ALL, one.key, uuid.uuid4(), reason="x", at=NOON, by=ines)
    return apply_and_compare(undo, ada)


def sit_one(data, cohort, name):
    given_answers = {
        slug: data.draw(answers(kind, body)) or None for slug, kind, body in questions(cohort)
    }
    sit(someone(cohort, name, NOON), NOON - timedelta(hours=1), given_answers)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
@pytest.mark.django_db
def test_every_preview_equals_its_outcome_and_undoing_all_restores_all(data, cohort, ines, ada):
    from django.db import transaction

    with transaction.atomic():
        for number in range(2):
            sit_one(data, cohort, f"early-{number}")
        for turn in range(data.draw(st.integers(1, 4))):
            act = data.draw(st.sampled_from(["correct", "correct", "undo", "sit"]))
            in_force = list(Correction.objects.in_force())
            if act == "sit":
                sit_one(data, cohort, f"late-{turn}")
            elif act == "undo" and in_force:
                undo_one(data.draw(st.sampled_from(in_force)), ines, ada)
            else:
                correct_one(data, cohort, ines, ada)
        agree(cohort)
        for one in list(Correction.objects.in_force()):
            undo_one(one, ines, ada)
        agree(cohort)
        first = {one.item_id: one for one in Grade.objects.filter(source="automatic")}
        assert standing() == {pk: (one.fraction, one.points) for pk, one in first.items()}
        transaction.set_rollback(True)


def agree(cohort):
    """Derived rows, ledger and grades tell the same."""
    for enrolment in cohort.enrolments.all():
        assert list(differences(enrolment)) == []
    pieces = Counter(Evidence.objects.in_force().values_list("attempt", "outcome"))
    grades = Counter(
        (item.attempt_id, item.grades.latest("pk").fraction) for item in Item.objects.all()
    )
    assert pieces == grades


def test_every_kind_can_be_drawn(cohort):
    assert {kind for _slug, kind, _body in questions(cohort)} == set(amending.AMENDED)
