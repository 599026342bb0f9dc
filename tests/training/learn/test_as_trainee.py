"""What the instructor is shown for a day is what the trainee sees when the clock is set to it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from curriculum.quizzes.release import PRESETS, Preset
from tests import written_course
from tests.factories import NOON
from tests.training.flows.correcting import Wrong
from tests.training.flows.late import count, too_late
from tests.training.learn.conftest import save
from training.attempts.models import Attempt
from training.attempts.rules import Window
from training.audit.actions import SITE
from training.flows import handing_in, marking_an_answer, setting_terms
from training.flows.starting_a_quiz import start
from training.grading.models import Grade
from training.marking.actions import Given
from training.marking.models import Sheet
from training.progress.models import Score
from training.terms.actions import Wanted
from training.tickets import actions as tickets

MINUTE = timedelta(minutes=1)
OPENS, CLOSES = NOON + 10 * MINUTE, NOON + 70 * MINUTE


def shown_in(response):
    """The trainee's part of a page in words, without what differs from one request to another."""
    page = response.content.decode().partition("<main")[2].partition("</main>")[0]
    page = page.rpartition('aria-labelledby="looking"')[2].rpartition("</nav>")[2]
    page = re.sub(r"<input type=.hidden.[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def look(ines, signed_in, cohort):
    browser, url = signed_in(ines), reverse("learn:as_trainee", args=[cohort.key, "quiz-first"])

    def act(on, what="start", trainee=""):
        fields = {"on": f"{localtime(on):%Y-%m-%dT%H:%M}", "what": what, "trainee": trainee}
        return browser.get(url, fields)

    return act


@pytest.fixture
def exam(cohort, course):
    wanted = Wanted(Window(OPENS, CLOSES), "Sesame", (), PRESETS[Preset.EXAM])
    setting_terms.set_terms(cohort, course.modules[0].quiz, wanted, "exam", at=NOON, by=SITE)


@pytest.fixture
def sat(exam, enrolment, course, thea):
    """Thea sits the quiz a quarter past noon and hands in at twenty past."""
    begun = start(enrolment, course.modules[0], at=NOON + 15 * MINUTE, by=thea)
    own = Attempt.objects.filter(pk=begun.pk)
    return handing_in.hand_in(own, begun.key, at=NOON + 20 * MINUTE, by=thea)


@pytest.mark.parametrize("minute", [0, 10, 60, 70, 300])
def test_before_a_quiz_each_moment_shows_what_will_be_true(
    exam, look, thea_browser, at, enrolment, clock, minute
):
    """The look is made at noon; then the clock is set to the moment that was looked at."""
    moment = NOON + minute * MINUTE
    told = shown_in(look(moment, trainee=str(enrolment.key)))
    anybody = shown_in(look(moment))
    clock.move_to(moment)
    assert told == shown_in(thea_browser.get(at("quiz", "quiz-first"))) == anybody
    assert "Quiz of first" in told


@pytest.mark.parametrize("minute", [25, 69, 70, 300])
def test_after_a_quiz_each_moment_shows_the_result_that_is_released_then(
    sat, look, thea_browser, at, enrolment, clock, minute
):
    moment = NOON + minute * MINUTE
    clock.move_to(NOON + 21 * MINUTE)
    key = str(enrolment.key)
    told = [shown_in(look(moment, what, key)) for what in ("start", "result")]
    clock.move_to(moment)
    pages = [at("quiz", "quiz-first"), reverse("learn:result", args=[sat.key])]
    assert told == [shown_in(thea_browser.get(url)) for url in pages]
    assert ("FEEDBACK" in told[1]) is (minute >= 70)


def test_a_day_that_is_past_shows_nothing_that_came_later(sat, look, enrolment, clock):
    clock.move_to(NOON + 300 * MINUTE)
    key = str(enrolment.key)
    assert "An attempt is open." in shown_in(look(NOON + 16 * MINUTE, trainee=key))
    assert "0 used" in shown_in(look(NOON + 11 * MINUTE, trainee=key))
    page = look(NOON + 16 * MINUTE, "result", key).content.decode()
    assert "There is no result by then" in page


@pytest.fixture
def written(cohort, enrolment):
    """Thea sits a quiz at noon with two answers that only a marker can judge; a minute later it is
    handed in."""
    cohort.edition = written_course.publish_written_course()
    cohort.save()
    enrolment.cohort = cohort
    return written_course.sit(enrolment, NOON)


def test_a_result_that_waits_for_a_marker_is_shown_as_the_trainee_sees_it(
    written, look, thea_browser, enrolment, clock
):
    clock.move_to(NOON + 5 * MINUTE)
    told = shown_in(look(NOON + 5 * MINUTE, "result", str(enrolment.key)))
    assert told == shown_in(thea_browser.get(reverse("learn:result", args=[written.key])))
    assert "Waiting for marking" in told and "2 of 4" in told


@pytest.mark.parametrize("minute", [19, 20, 21, 60])
@pytest.mark.parametrize("what", ["start", "result"])
def test_an_attempt_that_runs_is_handed_in_at_its_deadline(
    attempt, thea, look, thea_browser, at, enrolment, clock, minute, what
):
    """Looked at ten minutes after the start, of which twenty are allowed; half is answered."""
    for position in range(1, 8):
        save(attempt, thea, position)
    clock.move_to(NOON + 10 * MINUTE)
    moment, before = NOON + minute * MINUTE, Grade.objects.count()
    told = shown_in(look(moment, what, str(enrolment.key)))
    attempt.refresh_from_db()
    assert (attempt.handed_in_at, Grade.objects.count(), Score.objects.count()) == (None, before, 0)
    clock.move_to(moment)
    thea_browser.get("/learn/")
    own = reverse("learn:result", args=[attempt.key])
    is_over = what == "result" and minute > 20
    assert told == shown_in(thea_browser.get(own if is_over else at("quiz", "quiz-first")))
    assert ("An attempt is open." in told) is (minute <= 20)


def test_a_running_attempt_with_a_written_answer_will_wait_for_a_marker(
    written, cohort, enrolment, thea, course, look, thea_browser, clock
):
    begun = start(enrolment, course.modules[0], at=NOON + 120 * MINUTE, by=thea)
    for item in begun.items.all():
        save(begun, thea, item.position, {"text": "Why."} if item.kind == "written" else None)
    clock.move_to(NOON + 121 * MINUTE)
    told = shown_in(look(NOON + 200 * MINUTE, "result", str(enrolment.key)))
    clock.move_to(NOON + 200 * MINUTE)
    assert told == shown_in(thea_browser.get(reverse("learn:result", args=[begun.key])))
    assert "2 written answers wait for a marker." in told


def test_a_past_day_shows_the_marks_and_the_score_of_then(
    written, look, thea_browser, at, enrolment, ines, ada, thea, clock
):
    """What Thea saw after each act is what is shown for that minute when all is done."""
    seen, own = {}, Sheet.objects.taught_by(ines)
    result = reverse("learn:result", args=[written.key])
    start_page = at("quiz", "quiz-first")
    keyed = written.items.exclude(kind="written").select_related("document").first()

    def give(points, **more):
        for sheet in Sheet.objects.waiting():
            marking_an_answer.give(own, sheet.key, Given(points, **more), at=now, by=ines)

    def change():
        given = Given(written_course.FULL, comment="Better.", reason="Read again.")
        marking_an_answer.change(own, Sheet.objects.earliest("pk").key, given, at=now, by=ines)

    def decide():
        late = too_late(written, keyed.position, {}, at=now)
        count(written, ines, {keyed.position: late}, at=now)

    acts = [
        lambda: None,
        lambda: give(written_course.HALF, comment="Say why."),
        change,
        lambda: tickets.report(keyed, "It is unclear.", at=now, by=thea),
        decide,
        lambda: Wrong(keyed.document.slug).corrected({"form": "everybody"}, ines, ada, now),
    ]
    for minute, act in enumerate(acts, start=2):
        now = NOON + minute * MINUTE
        clock.move_to(now)
        act()
        seen[now] = [shown_in(thea_browser.get(url)) for url in (start_page, result)]
    clock.move_to(NOON + 30 * MINUTE)
    told = {
        when: [shown_in(look(when, what, str(enrolment.key))) for what in ("start", "result")]
        for when in seen
    }
    assert told == seen
    assert len({both[1] for both in seen.values()}) == len(acts)
    assert "marks and results are those of that moment" in " ".join(
        look(NOON, "result").content.decode().split()
    )


def test_only_an_instructor_of_the_cohort_looks(otto, thea, signed_in, cohort):
    url = reverse("learn:as_trainee", args=[cohort.key, "quiz-first"])
    assert signed_in(otto).get(url).status_code == 404
    assert signed_in(thea).get(url).status_code == 403


def test_no_link_of_the_trainees_is_left_to_whoever_looks(
    signed_in, ines, cohort, attempt, thea, answer_all
):
    answer_all()
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    url = reverse("learn:as_trainee", args=[cohort.key, "quiz-first"])
    asked = {"what": "result", "trainee": str(attempt.enrolment.key)}
    page = signed_in(ines).get(url, asked).content.decode()
    shown = page.partition("<main")[2]
    assert "Is this question wrong or unclear?" in shown
    assert re.findall(r'href="(?:/learn/attempts|\.\./)[^"]*"', shown) == []
