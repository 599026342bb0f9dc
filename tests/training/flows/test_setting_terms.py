"""A window, code, network and release set by an instructor: who may start, until when, and what
becomes of those who are at work."""

from datetime import timedelta
from fractions import Fraction

import pytest

from curriculum.courses.shelf import course_of
from curriculum.quizzes.release import PRESETS, Preset, What
from tests.factories import NOON
from training.attempts.models import Attempt
from training.attempts.rules import Accommodation, Window
from training.attempts.windows import shown_of
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.cohorts.models import Enrolment
from training.flows import giving_time, handing_in, releasing_results, setting_terms
from training.flows.starting_a_quiz import Came, NotNow, start, start_own
from training.learn.readings.records import records_of
from training.terms.actions import Wanted

MINUTE = timedelta(minutes=1)
HALF_MORE = Accommodation(Fraction(3, 2))
OPEN = Window(NOON, NOON + 60 * MINUTE)


@pytest.fixture
def module(edition):
    return course_of(edition).modules[0]


@pytest.fixture
def put(cohort, module):
    """Set the terms of the quiz of module 1: `put(window=..., release=Preset.EXAM)`."""

    def act(window=OPEN, code="", networks=(), release=None, at=NOON):
        matrix = None if release is None else PRESETS[release]
        wanted = Wanted(window, code, tuple(networks), matrix)
        return setting_terms.set_terms(cohort, module.quiz, wanted, "exam", at=at, by=SITE)

    return act


def begin(enrolment, module, at=NOON, **came):
    own = Enrolment.objects.filter(pk=enrolment.pk)
    slug = module.quiz.slug
    return start_own(own, enrolment.key, slug, at=at, by=enrolment.trainee, came=Came(**came))


def finish(attempt, at):
    return handing_in.hand_in(Attempt.objects.filter(pk=attempt.pk), attempt.key, at=at, by=SITE)


@pytest.mark.parametrize(
    ("minute", "reason"), [(-1, "not-open"), (0, ""), (59, ""), (60, "closed"), (75, "closed")]
)
def test_a_quiz_starts_within_its_window_alone(enrolment, module, put, minute, reason):
    put()
    if not reason:
        assert begin(enrolment, module, NOON + minute * MINUTE).number == 1
        return
    with pytest.raises(NotNow) as refused:
        begin(enrolment, module, NOON + minute * MINUTE)
    assert refused.value.permission.reason == reason


def test_a_late_start_ends_with_the_window(enrolment, module, put):
    put()
    attempt = begin(enrolment, module, NOON + 50 * MINUTE)
    assert attempt.due_at == OPEN.closes_at
    assert attempt.in_force.window == OPEN


def test_extra_time_stretches_the_limit_and_the_window(enrolment, module, put):
    """20 minutes and half as much again are 30: the window ends 10 minutes later for this one."""
    put()
    giving_time.accommodate(enrolment.trainee, HALF_MORE, "board", at=NOON, by=SITE)
    with pytest.raises(NotNow):
        begin(enrolment, module, NOON + 70 * MINUTE)
    attempt = begin(enrolment, module, NOON + 65 * MINUTE)
    assert attempt.due_at == NOON + 70 * MINUTE


def test_extra_time_given_while_it_runs_stretches_the_window_too(enrolment, module, put):
    put()
    attempt = begin(enrolment, module, NOON + 50 * MINUTE)
    giving_time.accommodate(enrolment.trainee, HALF_MORE, "board", at=NOON + 55 * MINUTE, by=SITE)
    attempt.refresh_from_db()
    assert attempt.due_at == NOON + 70 * MINUTE


def test_without_limit_a_start_lies_in_the_window_and_has_no_end(enrolment, module, put):
    put()
    own = Accommodation(unlimited=True)
    giving_time.accommodate(enrolment.trainee, own, "board", at=NOON, by=SITE)
    assert begin(enrolment, module, NOON + 59 * MINUTE).due_at is None


def test_a_window_that_ends_later_moves_who_works_with_the_reason_in_the_log(
    enrolment, module, put
):
    put()
    attempt = begin(enrolment, module, NOON + 50 * MINUTE)
    done = put(Window(NOON, NOON + 65 * MINUTE), at=NOON + 55 * MINUTE)
    attempt.refresh_from_db()
    assert (done.moved, done.running) == (1, 1)
    assert attempt.due_at == NOON + 65 * MINUTE
    entry = AuditEntry.objects.get(verb="moved the end of the time")
    assert (entry.object_key, entry.detail["reason"]) == (str(attempt.key), "exam")


def test_a_window_that_ends_sooner_shortens_nobody_who_works(enrolment, module, put):
    put()
    attempt = begin(enrolment, module)
    done = put(Window(NOON, NOON + 5 * MINUTE), at=NOON + MINUTE)
    attempt.refresh_from_db()
    assert (done.moved, done.running) == (0, 1)
    assert attempt.due_at == NOON + 20 * MINUTE


def test_what_is_told_beforehand_is_what_happens(cohort, enrolment, module, put):
    put()
    begin(enrolment, module, NOON + 50 * MINUTE)
    wanted = Wanted(Window(NOON, NOON + 65 * MINUTE), "", (), PRESETS[Preset.EXAM])
    at = NOON + 55 * MINUTE
    told = setting_terms.effects_of(cohort, module.quiz, wanted, at=at)
    assert told == put(wanted.window, release=Preset.EXAM, at=at)


def test_every_change_of_the_rules_is_in_the_audit_trail_without_the_code(put):
    put(code="Sesame 7")
    entry = AuditEntry.objects.get(verb="set the rules of a quiz")
    assert entry.detail["after"]["code"] is True
    assert "Sesame" not in str(entry.detail)


@pytest.mark.parametrize(
    ("came", "reason"),
    [
        ({"code": "sesame-7", "address": "192.0.2.9"}, ""),
        ({"code": "sesame 8", "address": "192.0.2.9"}, "code"),
        ({"code": "sesame 7", "address": "198.51.100.1"}, "network"),
        ({"code": "sesame 7"}, "network"),
    ],
)
def test_a_start_needs_the_code_and_the_network(enrolment, module, put, came, reason):
    put(code="Sesame 7", networks=["192.0.2.0/24"])
    if not reason:
        assert begin(enrolment, module, **came).in_force.networks == ("192.0.2.0/24",)
        return
    with pytest.raises(NotNow) as refused:
        begin(enrolment, module, **came)
    assert refused.value.permission.reason == reason
    assert not Attempt.objects.exists()


def test_a_start_that_leaves_less_than_the_page_said_asks_again(enrolment, module, put):
    put()
    with pytest.raises(NotNow) as refused:
        begin(enrolment, module, NOON + 50 * MINUTE, minutes=20)
    assert refused.value.permission.reason == "less-time"
    assert begin(enrolment, module, NOON + 50 * MINUTE, minutes=11).number == 1


def test_an_exam_waits_for_the_last_of_the_cohort(cohort, enrolment, module, put, noon):
    """The window ends at one; somebody with extra time works until ten past."""
    put(release=Preset.EXAM)
    attempt = finish(begin(enrolment, module), NOON + MINUTE)
    assert shown_of(attempt, at=NOON + 59 * MINUTE) == {What.SCORE}
    assert shown_of(attempt, at=NOON + 60 * MINUTE) == set(What)
    giving_time.accommodate(enrolment.trainee, HALF_MORE, "board", at=NOON, by=SITE)
    assert shown_of(attempt, at=NOON + 69 * MINUTE) == {What.SCORE}
    assert shown_of(attempt, at=NOON + 70 * MINUTE) == set(What)


def test_the_cohort_goes_before_the_quiz_file_and_what_is_shown_stays(enrolment, module, put):
    first = finish(begin(enrolment, module), NOON + MINUTE)
    assert shown_of(first, at=NOON + MINUTE) == set(What)
    done = put(release=Preset.BY_HAND, at=NOON + 2 * MINUTE)
    first.refresh_from_db()
    assert (done.following, done.keeping) == (0, 1)
    assert shown_of(first, at=NOON + 3 * MINUTE) == set(What)


def test_what_is_not_shown_yet_follows_the_newest_rules(enrolment, module, put):
    put(release=Preset.BY_HAND)
    attempt = finish(begin(enrolment, module), NOON + MINUTE)
    assert shown_of(attempt, at=NOON + MINUTE) == frozenset()
    assert put(release=Preset.EXAM, at=NOON + 2 * MINUTE).following == 1
    attempt.refresh_from_db()
    assert shown_of(attempt, at=NOON + 2 * MINUTE) == {What.SCORE}


def test_new_terms_leave_a_finished_attempt_as_it_was_taken(enrolment, module, put):
    put(networks=["192.0.2.0/24"], release=Preset.EXAM)
    attempt = finish(begin(enrolment, module, address="192.0.2.9"), NOON + MINUTE)
    taken = attempt.terms
    later = Window(NOON, NOON + 120 * MINUTE)
    new = {"networks": ["198.51.100.0/24"], "at": NOON + 2 * MINUTE}
    assert put(later, release=Preset.BY_HAND, **new).keeping == 1
    assert put(later, release=Preset.EXAM, **new).following == 1
    attempt.refresh_from_db()
    assert attempt.terms == taken
    assert attempt.in_force.networks == ("192.0.2.0/24",)
    assert attempt.in_force.window == OPEN


def test_a_release_after_the_window_waits_for_the_window_that_was_moved(enrolment, module, put):
    """Others of the cohort still sit the quiz then: the key would be out before they are done."""
    put(release=Preset.EXAM)
    attempt = finish(begin(enrolment, module), NOON + MINUTE)
    put(Window(NOON, NOON + 120 * MINUTE), release=Preset.EXAM, at=NOON + 30 * MINUTE)
    attempt.refresh_from_db()
    assert shown_of(attempt, at=NOON + 119 * MINUTE) == {What.SCORE}
    assert shown_of(attempt, at=NOON + 120 * MINUTE) == set(What)
    put(Window(NOON, NOON + 90 * MINUTE), release=Preset.EXAM, at=NOON + 31 * MINUTE)
    attempt.refresh_from_db()
    assert shown_of(attempt, at=NOON + 90 * MINUTE) == set(What)
    [records] = records_of([enrolment], at=NOON + 89 * MINUTE)
    assert records.quizzes[module.document_id][0].shown(NOON + 89 * MINUTE) == {What.SCORE}
    [records] = records_of([enrolment], at=NOON + 90 * MINUTE)
    assert records.quizzes[module.document_id][0].shown(NOON + 90 * MINUTE) == set(What)


def test_a_result_released_by_hand_is_shown_told_and_logged_once(enrolment, module, put):
    put(release=Preset.BY_HAND)
    attempt = finish(begin(enrolment, module), NOON + MINUTE)
    own = Attempt.objects.filter(pk=attempt.pk)
    assert releasing_results.release(own, at=NOON + 2 * MINUTE, by=SITE) == 1
    assert releasing_results.release(own, at=NOON + 3 * MINUTE, by=SITE) == 0
    attempt.refresh_from_db()
    assert shown_of(attempt, at=NOON + 2 * MINUTE) == set(What)
    assert enrolment.notices.get().facts == {"attempt": str(attempt.key), "quiz": "Quiz of first"}
    assert AuditEntry.objects.filter(verb="released a result").count() == 1


def test_a_release_passes_by_what_shows_all_already(enrolment, module):
    attempt = finish(start(enrolment, module, at=NOON, by=enrolment.trainee), NOON + MINUTE)
    own = Attempt.objects.filter(pk=attempt.pk)
    assert releasing_results.release(own, at=NOON + 2 * MINUTE, by=SITE) == 0
