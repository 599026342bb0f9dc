"""Correcting a wrong question: counted before, applied once, and undone without a trace."""

import uuid
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from tests.factories.training import PersonFactory
from tests.training.flows.correcting import (
    ALL,
    Wrong,
    approved,
    sit,
    someone,
    standing,
    undone,
)
from training.attempts.actions import Save
from training.attempts.models import Attempt, Item
from training.audit.models import AuditEntry
from training.evidence.models import Evidence
from training.flows import correcting
from training.flows.answering_a_check import answer_check
from training.flows.handing_in import hand_in
from training.grading.models import Correction, Decision, Grade
from training.notices.models import Notice
from training.progress.models import ModuleProgress, Score

ASK, EXPEL = {"option": "ask"}, {"option": "expel"}
LATER = NOON + timedelta(days=1)
ALSO_ASK = {"form": "also", "options": ["ask"]}
KEY_ASK = {"form": "key", "options": ["ask"]}
EVERYBODY = {"form": "everybody"}


@pytest.fixture
def attempt(enrolment):
    """Thea's: two of six wrong, 66.67 %, not passed; in one of them "ask" was chosen."""
    return sit(enrolment, NOON, {"consent-3": ASK, "consent-2": EXPEL})


@pytest.fixture
def wrong(attempt):
    return Wrong("consent-3")


def agree():
    call_command("recompute_progress", "--check", stdout=StringIO())


def grades_of(attempt, slug="consent-3"):
    rows = Grade.objects.filter(item__attempt=attempt, item__document__slug=slug).order_by("pk")
    return [(row.source, row.fraction) for row in rows]


def test_one_more_credited_option_lifts_who_chose_it_and_nobody_falls(
    attempt, wrong, enrolment, ines, ada
):
    before = Score.objects.get(attempt=attempt)
    assert not before.passed
    done = wrong.corrected(ALSO_ASK, ines, ada, LATER)
    after = Score.objects.get(attempt=attempt)
    assert (after.points - before.points, after.passed) == (1, True)
    assert grades_of(attempt) == [("automatic", 0), ("correction", 1)]
    assert (
        done.decision.counts
        == done.counts
        == {
            "attempts": 1,
            "checks": 0,
            "attempts_changed": 1,
            "checks_changed": 0,
            "up": 1,
            "down": 0,
            "fail_to_pass": 1,
            "pass_to_fail": 0,
        }
    )
    assert ModuleProgress.objects.get(enrolment=enrolment, position=1).passed_at is not None
    agree()


def test_another_key_lowers_only_where_the_policy_lets_it(attempt, cohort, wrong, ines, ada):
    right = sit(someone(cohort, "rhea", NOON), NOON)
    for policy, down in (("never-lower", 0), ("both-ways", 1)):
        effects = correcting.preview(wrong.draft(KEY_ASK, policy))
        assert (effects.counts.up, effects.counts.down) == (1, down)
    wrong.corrected(KEY_ASK, ines, ada, LATER, "both-ways")
    assert grades_of(right) == [("automatic", 1), ("correction", 0)]
    agree()


def test_everybody_credited_counts_blank_answers_too(cohort, wrong, ines, ada):
    blank = sit(someone(cohort, "blanche", NOON), NOON, {"consent-3": None})
    wrong.corrected(EVERYBODY, ines, ada, LATER)
    assert grades_of(blank)[-1] == ("correction", 1)
    agree()


def test_the_copy_that_was_asked_and_the_first_grade_stay_as_they_were(attempt, wrong, ines, ada):
    bodies = list(Item.objects.order_by("pk").values_list("body", flat=True))
    wrong.corrected(KEY_ASK, ines, ada, LATER, "both-ways")
    assert list(Item.objects.order_by("pk").values_list("body", flat=True)) == bodies
    assert Grade.objects.filter(source="automatic").count() == len(bodies)


def test_an_undone_correction_gives_back_the_grades_of_before(
    attempt, cohort, wrong, ines, ada, aude
):
    sit(someone(cohort, "rhea", NOON), NOON)
    before, score = standing(), list(Score.objects.order_by("pk").values())
    done = wrong.corrected(KEY_ASK, ines, ada, LATER, "both-ways")
    assert standing() != before
    undo = undone(done, ines, aude, LATER)
    assert standing() == before
    assert list(Score.objects.order_by("pk").values()) == score
    assert undo.decision.counts["up"] == 1 == undo.decision.counts["down"]
    assert Grade.objects.filter(correction=undo).count() == 2
    agree()


def test_undoing_the_first_of_two_leaves_what_the_second_alone_would_give(
    attempt, cohort, wrong, ines, ada
):
    sit(someone(cohort, "rhea", NOON), NOON)
    sit(someone(cohort, "xenia", NOON), NOON, {"consent-3": EXPEL})
    first = wrong.corrected(KEY_ASK, ines, ada, LATER, "both-ways")
    wrong.corrected({"form": "also", "options": ["expel"]}, ines, ada, LATER, "both-ways")
    undone(first, ines, ada, LATER)
    shares = {
        item.attempt.enrolment.trainee.username: item.grades.latest("pk").fraction
        for item in Item.objects.filter(document=wrong.document)
    }
    assert shares == {"thea": 0, "rhea": 1, "xenia": 1}
    agree()


def test_a_correction_is_undone_once_and_an_undo_not_at_all(attempt, wrong, ines, ada):
    done = wrong.corrected(ALSO_ASK, ines, ada, LATER)
    undos = [
        correcting.propose_undo(ALL, done.key, uuid.uuid4(), reason="x", at=LATER, by=ines)
        for _ in range(2)
    ]
    approved(undos[0], ada, LATER)
    with pytest.raises(correcting.DecidedBefore):
        approved(undos[1], ada, LATER)
    for again in (done, undos[0]):
        with pytest.raises(correcting.DecidedBefore):
            undone(again, ines, ada, LATER)


def test_who_hands_in_later_is_marked_as_corrected_and_keeps_both_grades(
    attempt, cohort, wrong, ines, ada
):
    enrolment = someone(cohort, "lara", NOON)
    running = sit(enrolment, NOON, {"consent-3": ASK}, handed_in=False)
    wrong.corrected(ALSO_ASK, ines, ada, NOON + timedelta(minutes=2))
    hand_in(
        Attempt.objects.all(), running.key, at=NOON + timedelta(minutes=3), by=enrolment.trainee
    )
    assert grades_of(running) == [("automatic", 0), ("correction", 1)]
    assert Score.objects.get(attempt=running).percent == 100
    later = sit(someone(cohort, "lena", LATER), LATER, {"consent-3": ASK})
    assert grades_of(later) == grades_of(running)
    agree()


def test_undoing_takes_back_what_later_hand_ins_gained_too(cohort, attempt, wrong, ines, ada):
    done = wrong.corrected(ALSO_ASK, ines, ada, NOON)
    later = sit(someone(cohort, "lena", LATER), LATER, {"consent-3": ASK})
    undone(done, ines, ada, LATER + timedelta(hours=1))
    assert grades_of(later) == [("automatic", 0), ("correction", 1), ("correction", 0)]
    after = sit(someone(cohort, "lisa", LATER), LATER, {"consent-3": ASK})
    assert grades_of(after) == [("automatic", 0)]
    agree()


def test_a_check_is_corrected_like_a_quiz_and_answered_later_under_it(enrolment, thea, ines, ada):
    course = course_of(enrolment.cohort.edition)
    lesson, question = course.lessons["consent"], course.questions["consent-check"]

    def answer(at):
        save = Save(ASK, uuid.uuid4(), 1)
        return answer_check(enrolment, lesson, question, save, at=at, by=thea)

    early = answer(NOON)
    done = Wrong("consent-check").corrected(ALSO_ASK, ines, ada, LATER)
    late = answer(LATER)
    assert grades_of(early, "consent-check") == grades_of(late, "consent-check")
    assert (done.decision.counts["checks"], done.decision.counts["checks_changed"]) == (1, 1)
    told = Notice.objects.get(person=thea)
    assert (told.kind, told.facts["slug"]) == ("check-corrected", "first")
    agree()


def test_the_ledger_gains_a_piece_in_place_of_the_old_one(attempt, wrong, ines, ada):
    before = Evidence.objects.count()
    wrong.corrected(ALSO_ASK, ines, ada, LATER)
    assert Evidence.objects.count() == before + 1
    assert Evidence.objects.in_force().count() == before
    piece = Evidence.objects.latest("pk")
    assert (piece.outcome, piece.at) == (1, attempt.handed_in_at)
    position = attempt.items.get(document=wrong.document).position
    assert piece.replaces == uuid.uuid5(attempt.key, str(position))


def test_an_undo_and_a_late_hand_in_leave_one_piece_in_force_for_each_item(
    attempt, cohort, wrong, ines, ada
):
    done = wrong.corrected(ALSO_ASK, ines, ada, NOON)
    sit(someone(cohort, "lena", LATER), LATER, {"consent-3": ASK})
    undone(done, ines, ada, LATER)
    assert Evidence.objects.in_force().count() == Item.objects.count()
    in_force = Evidence.objects.in_force().filter(attempt=attempt)
    assert sum(one.outcome for one in in_force) == Score.objects.get(attempt=attempt).points


def test_each_trainee_whose_result_changed_is_told_and_nobody_else(
    attempt, cohort, wrong, thea, ines, ada
):
    sit(someone(cohort, "rhea", NOON), NOON)
    wrong.corrected(ALSO_ASK, ines, ada, LATER)
    told = Notice.objects.get()
    assert told.person == thea
    assert told.facts["before"] < told.facts["after"]
    assert (told.facts["passed"], told.facts["module"]) == (True, 1)


def test_the_proposer_never_approves_and_an_instructor_may_not(attempt, wrong, ines, otto, ada):
    by_ada = wrong.proposed(ALSO_ASK, ada, LATER)
    for who in (ada, ines, otto):
        with pytest.raises(correcting.NotYours):
            approved(by_ada, who, LATER)
        with pytest.raises(correcting.NotYours):
            correcting.reject(ALL, by_ada.key, reason="no", at=LATER, by=who)
    with pytest.raises(correcting.NotYours):
        correcting.withdraw(ALL, by_ada.key, at=LATER, by=ines)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("how", ["approve", "reject", "withdraw"])
def test_what_is_decided_stays_decided(attempt, wrong, ines, ada, how):
    done = wrong.proposed(ALSO_ASK, ines, LATER)
    if how == "approve":
        approved(done, ada, LATER)
    elif how == "reject":
        correcting.reject(ALL, done.key, reason="The key is right.", at=LATER, by=ada)
    else:
        correcting.withdraw(ALL, done.key, at=LATER, by=ines)
    changed = Grade.objects.filter(source="correction").count()
    assert changed == (how == "approve")
    with pytest.raises(correcting.DecidedBefore):
        approved(done, ada, LATER)
    with pytest.raises(correcting.DecidedBefore):
        correcting.withdraw(ALL, done.key, at=LATER, by=ines)
    assert Decision.objects.count() == 1


def test_a_hand_in_after_the_preview_is_shown_and_nothing_is_applied(
    attempt, cohort, wrong, ines, ada
):
    waiting = wrong.proposed(ALSO_ASK, ines, LATER)
    confirmed = correcting.preview_of(waiting).digest
    sit(someone(cohort, "lena", LATER), LATER, {"consent-3": ASK})
    with pytest.raises(correcting.Moved) as moved:
        correcting.approve(ALL, waiting.key, digest=confirmed, reason="", at=LATER, by=ada)
    assert moved.value.effects.counts.up == 2
    assert not Decision.objects.exists()
    assert not Grade.objects.filter(source="correction").exists()
    fresh = moved.value.effects.digest
    decision = correcting.approve(ALL, waiting.key, digest=fresh, reason="", at=LATER, by=ada)
    assert decision.counts["up"] == 2
    assert waiting.counts["up"] == 1


def test_the_same_proposal_sent_twice_counts_once(attempt, wrong, ines):
    key = uuid.uuid4()
    for _again in range(2):
        correcting.propose(wrong.draft(ALSO_ASK), key, reason="x", at=LATER, by=ines)
    assert Correction.objects.count() == 1


def test_every_step_is_written_down(attempt, wrong, ines, ada):
    done = wrong.corrected(ALSO_ASK, ines, ada, LATER)
    found = AuditEntry.objects.filter(object_kind="correction", object_key=str(done.key))
    assert [(one.verb, one.actor_key) for one in found.order_by("pk")] == [
        ("proposed", ines.key),
        ("approved", ada.key),
    ]
    assert found.get(verb="approved").detail["fail_to_pass"] == 1


def test_a_crash_in_the_middle_changes_nothing(attempt, wrong, ines, ada, monkeypatch):
    waiting = wrong.proposed(ALSO_ASK, ines, LATER)

    def crash(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(correcting.progress, "refresh_all", crash)
    with pytest.raises(RuntimeError):
        approved(waiting, ada, LATER)
    assert not Decision.objects.exists()
    assert grades_of(attempt) == [("automatic", 0)]
    assert Score.objects.get(attempt=attempt).percent < 70


def statements(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    return [one["sql"] for one in seen if not one["sql"].startswith(("SAVE", "RELEASE", "BEGIN"))]


@pytest.mark.parametrize("others", [0, 29])
def test_applying_costs_the_same_for_one_attempt_and_for_thirty(
    attempt, cohort, wrong, ines, ada, others
):
    for number in range(others):
        sit(someone(cohort, f"p{number}", NOON), NOON, {"consent-3": ASK})
    waiting = wrong.proposed(ALSO_ASK, ines, LATER)
    digest = correcting.preview_of(waiting).digest
    found = statements(
        lambda: correcting.approve(ALL, waiting.key, digest=digest, reason="", at=LATER, by=ada)
    )
    assert Grade.objects.filter(source="correction").count() == others + 1
    assert len(found) == 25


@pytest.mark.parametrize("corrections", [0, 3])
def test_handing_in_costs_ten_statements_however_often_a_question_was_corrected(
    attempt, cohort, wrong, ines, ada, corrections
):
    for at in range(corrections):
        amendment = ALSO_ASK if at % 2 else KEY_ASK
        wrong.corrected(amendment, ines, ada, LATER, "both-ways")
    enrolment = someone(cohort, "lara", LATER)
    running = sit(enrolment, LATER, {"consent-3": ASK}, handed_in=False)
    found = statements(
        lambda: hand_in(Attempt.objects.all(), running.key, at=LATER, by=enrolment.trainee)
    )
    assert len(found) == 10
    assert Item.objects.get(attempt=running, document=wrong.document).grades.count() == 1 + min(
        corrections, 1
    )


def test_a_withdrawn_trainee_keeps_a_corrected_record(attempt, enrolment, wrong, thea, ines, ada):
    enrolment.state = "withdrawn"
    enrolment.save()
    wrong.corrected(ALSO_ASK, ines, ada, LATER)
    assert Score.objects.get(attempt=attempt).passed
    assert not Notice.objects.of(thea).exists()


def test_points_are_exact_decimals(attempt, wrong, ines, ada):
    wrong.corrected(ALSO_ASK, ines, ada, LATER)
    assert Score.objects.get(attempt=attempt).percent == Decimal("83.33")


def test_a_stranger_to_the_course_sees_no_correction(attempt, wrong, ines, sam):
    wrong.proposed(ALSO_ASK, ines, LATER)
    assert Correction.objects.seen_by(ines).count() == 1
    assert Correction.objects.seen_by(sam).count() == 0
    assert Correction.objects.seen_by(PersonFactory(username="x")).count() == 0
