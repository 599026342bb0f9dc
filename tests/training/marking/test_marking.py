"""From the hand-in to the last mark: what waits, what is known when, and who may do what."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from tests.factories.training import PersonFactory, StaffingFactory
from tests.written_course import FULL, HALF, NONE, publish_written_course, sit
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.evidence.models import Evidence
from training.flows import marking_an_answer as marking
from training.flows.enrolling import enrol
from training.grading.models import Grade
from training.marking import actions
from training.marking.actions import Given
from training.marking.models import Draft, Mark, Sheet
from training.notices.models import Notice
from training.progress.models import ModuleProgress, Score, State
from training.statistics import actions as statistics
from training.statistics.models import QuizSums

HOUR = timedelta(hours=1)


def all_agree():
    call_command("recompute_progress", "--check", stdout=StringIO())
    call_command("recompute_statistics", "--check", stdout=StringIO())


def give(sheet, points, by, at, **more):
    own = Sheet.objects.taught_by(by)
    return marking.give(own, sheet.key, Given(points, **more), at=at, by=by)


def module_of(enrolment):
    return ModuleProgress.objects.get(enrolment=enrolment, position=1)


def test_a_paper_with_written_answers_waits_without_a_verdict(enrolment, noon, sheets):
    attempt = sit(enrolment, noon)
    assert not Score.objects.exists()
    assert not Notice.objects.exists()
    assert Grade.objects.count() == Evidence.objects.count() == 2
    assert [one.state for one in sheets()] == [Sheet.State.FIRST] * 2
    assert {one.handed_in_at for one in sheets()} == {attempt.handed_in_at}
    row = module_of(enrolment)
    assert (row.waiting, row.attempts, row.percent, row.passed_at) == (1, 0, None, None)
    assert row.state == State.IN_PROGRESS
    assert statistics.catch_up(at=noon + HOUR) == 0
    all_agree()


def test_the_last_mark_finishes_score_evidence_progress_and_tells(enrolment, ines, noon, sheets):
    attempt = sit(enrolment, noon)
    first, second = sheets()
    give(first, FULL, ines, noon + HOUR)
    assert not Score.objects.exists() and not Notice.objects.exists()
    assert Evidence.objects.count() == 3
    all_agree()
    give(second, HALF, ines, noon + 2 * HOUR, comment="Say why.")
    score = Score.objects.get()
    assert (score.points, score.out_of, score.percent) == (Decimal("3.5"), 4, Decimal("87.5"))
    assert score.passed
    shown = Evidence.objects.filter(attempt=attempt).order_by("pk")
    assert [one.outcome for one in shown] == [1, 1, 1, Decimal("0.5")]
    assert {one.at for one in shown} == {attempt.handed_in_at}
    row = module_of(enrolment)
    assert (row.waiting, row.attempts, row.percent) == (0, 1, Decimal("87.5"))
    assert row.passed_at == attempt.handed_in_at
    told = Notice.objects.get()
    assert told.kind == Notice.Kind.QUIZ_MARKED
    assert told.facts["after"] == "87.50" and told.facts["passed"]
    assert statistics.catch_up(at=noon + 3 * HOUR) == 1
    assert QuizSums.objects.get(quiz=attempt.revision).n == 1
    assert statistics.catch_up(at=noon + 4 * HOUR) == 0
    all_agree()


def test_a_blank_answer_needs_no_marker(enrolment, noon):
    sit(enrolment, noon, text=" \n")
    assert not Sheet.objects.exists()
    assert Score.objects.get().percent == 50


def test_a_grade_by_hand_says_who_gave_what_and_the_mark_says_why(enrolment, ines, noon, sheets):
    sit(enrolment, noon)
    sheet = sheets()[0]
    give(sheet, HALF, ines, noon + HOUR, comment="Say why.", note="Second draft?")
    grade = Grade.objects.get(source=Grade.Source.HAND)
    assert (grade.marker, grade.fraction, grade.at) == (
        ines.shown_name,
        Decimal("0.5"),
        noon + HOUR,
    )
    assert grade.parts == {"rule": "1.00000", "reason": "0.00000"}
    mark = Mark.objects.get()
    assert (mark.given, mark.points, mark.out_of) == (HALF, 2, 4)
    assert (mark.comment, mark.note, mark.marker_key) == ("Say why.", "Second draft?", ines.key)
    assert AuditEntry.objects.filter(verb="marked", object_key=str(sheet.key)).count() == 1


def test_an_answer_is_marked_once(enrolment, ines, olga, noon, sheets):
    sit(enrolment, noon)
    sheet = sheets()[0]
    give(sheet, FULL, ines, noon + HOUR)
    for person in (ines, olga):
        with pytest.raises(marking.NotNow):
            give(sheet, NONE, person, noon + HOUR)
    assert Mark.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_mark(sheet, Mark.Turn.FIRST, Given(NONE), at=noon, by=olga)


@pytest.mark.parametrize("points", [{}, {"rule": 1}, {"rule": 9, "reason": 2}, FULL | {"x": 1}])
def test_points_that_the_rubric_does_not_have_change_nothing(enrolment, ines, noon, sheets, points):
    sit(enrolment, noon)
    with pytest.raises(ValueError, match="one of its levels"):
        give(sheets()[0], points, ines, noon + HOUR)
    assert not Mark.objects.exists()
    assert sheets()[0].state == Sheet.State.FIRST


def test_strangers_find_nothing_and_nobody_marks_themselves(
    enrolment, cohort, thea, otto, ines, noon, sheets
):
    sit(enrolment, noon)
    StaffingFactory(cohort=cohort, person=thea)
    for person in (thea, otto):
        assert not Sheet.objects.taught_by(person).exists()
        with pytest.raises(Sheet.DoesNotExist):
            give(sheets()[0], FULL, person, noon)
    assert Sheet.objects.taught_by(ines).count() == 2


def test_a_claim_keeps_others_away_until_it_runs_out(enrolment, ines, olga, noon, sheets):
    sit(enrolment, noon)
    mine = actions.claim_next(Sheet.objects.taught_by(ines), ines, at=noon)
    hers = actions.claim_next(Sheet.objects.taught_by(olga), olga, at=noon)
    assert {mine.pk, hers.pk} == {one.pk for one in sheets()}
    assert actions.claim_next(Sheet.objects.taught_by(ines), ines, at=noon) == mine
    with pytest.raises(marking.HeldByAnother):
        give(mine, FULL, olga, noon)
    later = noon + actions.HELD_FOR + timedelta(seconds=1)
    give(mine, FULL, olga, later)
    with pytest.raises(marking.NotNow):
        give(mine, FULL, ines, later)


def test_who_lets_go_leaves_the_answer_to_others_and_keeps_the_draft(
    enrolment, ines, olga, noon, sheets
):
    sit(enrolment, noon)
    own = Sheet.objects.taught_by(ines)
    sheet = actions.claim_next(own, ines, at=noon)
    actions.keep_draft(sheet, ines, Given({"rule": 1}, "Half a thought"), at=noon)
    actions.keep_draft(sheet, ines, Given({"rule": 2}, "A whole one"), at=noon)
    assert actions.let_go(own.filter(pk=sheet.pk), ines)
    assert not actions.let_go(own.filter(pk=sheet.pk), ines)
    give(sheet, FULL, olga, noon)
    assert Draft.objects.get(person=ines).comment == "A whole one"


def test_a_mark_is_changed_by_adding_one_with_a_reason(enrolment, ines, olga, noon, sheets):
    attempt = sit(enrolment, noon)
    first, second = sheets()
    give(first, FULL, ines, noon + HOUR)
    give(second, NONE, ines, noon + HOUR)
    statistics.catch_up(at=noon + HOUR)
    own = Sheet.objects.taught_by(ines)
    for number, points in enumerate((HALF, FULL, NONE), start=2):
        changed = Given(points, reason="Read again.")
        marking.change(own, second.key, changed, at=noon + number * HOUR, by=ines)
        assert Grade.objects.filter(item=second.item).count() == number
        in_force = Evidence.objects.in_force().filter(attempt=attempt)
        assert in_force.count() == 4
        assert sum(one.outcome for one in in_force) == Score.objects.get().points
        all_agree()
    told = Notice.objects.filter(kind=Notice.Kind.MARK_CHANGED).order_by("pk")
    assert [(one.facts["before"], one.facts["after"]) for one in told] == [
        ("75.00", "87.50"),
        ("87.50", "100.00"),
        ("100.00", "75.00"),
    ]
    with pytest.raises(marking.NotNow):
        marking.change(
            Sheet.objects.taught_by(olga), second.key, Given(FULL, reason="x"), at=noon, by=olga
        )


@pytest.fixture
def read_twice(edition):
    """Every written answer is read by a second marker."""
    return publish_written_course(second="100%", written=1)


@pytest.fixture
def twice(cohort, read_twice, ines):
    """A trainee's answer that two people mark."""
    cohort.edition = read_twice
    cohort.save()
    return enrol(cohort, PersonFactory(username="theo", name="Theo"), at=cohort_at(), by=SITE)


def cohort_at():
    from tests.factories import NOON

    return NOON


def test_two_who_agree_give_the_first_mark(twice, ines, olga, noon, sheets):
    sit(twice, noon)
    [sheet] = sheets()
    assert sheet.second
    give(sheet, FULL, ines, noon + HOUR)
    assert not Score.objects.exists()
    assert not Sheet.objects.open_to(ines).exists()
    with pytest.raises(marking.NotNow):
        give(sheet, FULL, ines, noon + HOUR)
    give(sheet, {"rule": 1, "reason": 2}, olga, noon + HOUR)
    assert Score.objects.get().percent == 100
    assert Grade.objects.get(source="hand").marker == ines.shown_name
    assert sheets()[0].state == Sheet.State.DONE
    all_agree()


def test_two_who_disagree_wait_for_a_named_person(twice, ines, olga, noon, sheets):
    sit(twice, noon)
    [sheet] = sheets()
    give(sheet, FULL, ines, noon + HOUR)
    give(sheet, HALF, olga, noon + HOUR)
    assert sheets()[0].state == Sheet.State.UNLIKE
    assert not Score.objects.exists()
    own = Sheet.objects.taught_by(olga)
    with pytest.raises(marking.NotNow):
        give(sheet, FULL, olga, noon + HOUR)
    agreed = Given({"rule": 1, "reason": 2}, reason="Talked it over with Ines.")
    marking.settle(own, sheet.key, agreed, at=noon + 2 * HOUR, by=olga)
    with pytest.raises(marking.NotNow):
        marking.settle(own, sheet.key, agreed, at=noon + 2 * HOUR, by=olga)
    assert Score.objects.get().points == Decimal("2.75")
    assert Grade.objects.get(source="hand").marker == olga.shown_name
    assert Mark.objects.count() == 3
    all_agree()


def test_where_nobody_else_teaches_the_first_mark_is_enough(twice, ines, noon, sheets):
    sit(twice, noon)
    give(sheets()[0], FULL, ines, noon + HOUR)
    assert Score.objects.get().percent == 100


def test_a_second_marker_who_left_is_replaced_by_a_reason(twice, ines, olga, noon, sheets):
    sit(twice, noon)
    [sheet] = sheets()
    give(sheet, FULL, ines, noon + HOUR)
    own, agreed = Sheet.objects.taught_by(ines), Given(FULL, reason="Nobody else teaches here.")
    with pytest.raises(marking.NotNow):
        marking.settle(own, sheet.key, agreed, at=noon, by=ines)
    olga.staffing.all().delete()
    marking.settle(own, sheet.key, agreed, at=noon, by=ines)
    assert Score.objects.get().percent == 100


def test_a_first_mark_may_be_changed_while_the_second_is_waited_for(
    twice, ines, olga, noon, sheets
):
    sit(twice, noon)
    [sheet] = sheets()
    give(sheet, NONE, ines, noon + HOUR)
    own = Sheet.objects.taught_by(ines)
    marking.change(own, sheet.key, Given(FULL, reason="Misread."), at=noon + HOUR, by=ines)
    assert not Grade.objects.filter(source="hand").exists()
    give(sheet, FULL, olga, noon + HOUR)
    assert Score.objects.get().percent == 100


def test_a_retake_counts_from_the_hand_in_and_both_are_marked(enrolment, ines, noon, sheets):
    sit(enrolment, noon, right=False)
    again = noon + timedelta(hours=2)
    sit(enrolment, again)
    row = module_of(enrolment)
    assert (row.waiting, row.state) == (2, State.IN_PROGRESS)
    # The later one is marked first.
    for sheet in reversed(sheets()):
        give(sheet, FULL, ines, again + HOUR)
    row = module_of(enrolment)
    assert (row.waiting, row.attempts, row.percent) == (0, 2, 100)
    assert row.passed_at == Attempt.objects.get(number=2).handed_in_at
    assert statistics.catch_up(at=again + 2 * HOUR) == 2
    assert QuizSums.objects.get().n == 1  # first attempts only
    all_agree()
