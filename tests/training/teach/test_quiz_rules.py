"""Setting the terms of a quiz, the list of quizzes, and releasing results by hand."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse

from curriculum.quizzes.release import PRESETS, Matrix, Preset, What, When
from tests.factories import NOON
from tests.factories.training import PersonFactory
from training.attempts.models import Attempt
from training.attempts.windows import shown_of
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows.enrolling import enrol
from training.terms.models import QuizTerms

FIELDS = {
    "opens_at": "2030-01-15T12:00",
    "closes_at": "2030-01-15T13:00",
    "start_code": "Sesame 7",
    "networks": "192.0.2.0/24, 2001:db8::/32",
    "release": "exam",
    "reason": "Final of the spring course.",
}


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(ines, signed_in):
    return signed_in(ines)


@pytest.fixture
def page(cohort, course):
    """The address of a page of the quiz of module 1."""
    slug = course.modules[0].quiz.slug
    return lambda name: reverse(f"teach:{name}", args=[cohort.key, slug])


def test_what_the_rules_change_is_told_first_and_saved_when_sure(browser, page, sit, enrolment):
    sit(enrolment, NOON, handed_in=False)
    told = browser.post(page("quiz_rules"), FIELDS)
    assert told.status_code == 200
    assert "What this changes" in told.content.decode()
    assert "1 attempt runs: 0 gets more time, and none loses any." in told.content.decode()
    assert not QuizTerms.objects.exists()
    assert browser.post(page("quiz_rules"), FIELDS | {"sure": "1"}).status_code == 302
    terms = QuizTerms.objects.get()
    assert (terms.opens_at, terms.closes_at) == (NOON, NOON + timedelta(hours=1))
    assert (terms.start_code, terms.networks) == ("Sesame 7", ["192.0.2.0/24", "2001:db8::/32"])
    assert terms.matrix == PRESETS[Preset.EXAM]
    entry = AuditEntry.objects.get(verb="set the rules of a quiz")
    assert entry.detail["reason"] == FIELDS["reason"]


def test_the_form_shows_what_stands_and_the_list_says_it_in_words(browser, page, cohort):
    browser.post(page("quiz_rules"), FIELDS | {"sure": "1"})
    shown = browser.get(page("quiz_rules")).content.decode()
    assert 'value="2030-01-15T12:00"' in shown and "Sesame 7" in shown
    listed = browser.get(reverse("teach:quizzes", args=[cohort.key])).content.decode()
    assert "15 Jan 2030, 12:00 UTC to 15 Jan 2030, 13:00 UTC" in listed
    assert "Code <strong>Sesame 7</strong>" in listed and "2 networks" in listed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closes_at": "2030-01-15T12:00"}, "The quiz must close after it opens."),
        ({"opens_at": "tomorrow"}, "Enter a valid date/time."),
        ({"networks": "192.0.2.0/33"}, "is no network"),
        ({"start_code": "–––"}, "at least one letter or figure"),
        ({"reason": ""}, "This field is required."),
        ({"release": "own"}, "Choose when this is shown."),
        (
            {
                "release": "own",
                **{f"when_{what}": "window" for what in What},
                "when_key": "hand-in",
            },
            "gives away “Own answers, right or wrong”",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(browser, page, change, said):
    response = browser.post(page("quiz_rules"), FIELDS | {"sure": "1"} | change)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not QuizTerms.objects.exists()
    assert "Sesame 7" in response.content.decode() or "start_code" in change


def test_each_part_may_have_a_moment_of_its_own(browser, page):
    own = {f"when_{what}": "by-hand" for what in What} | {"when_score": "hand-in"}
    browser.post(page("quiz_rules"), FIELDS | {"sure": "1", "release": "own"} | own)
    by_hand = dict.fromkeys([what.value for what in What if what != What.SCORE], When.BY_HAND)
    assert QuizTerms.objects.get().matrix == Matrix(**by_hand)


@override_settings(TIME_ZONE="Europe/Brussels")
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2030-03-30T22:00", datetime(2030, 3, 30, 21, tzinfo=UTC)),
        ("2030-03-31T08:00", datetime(2030, 3, 31, 6, tzinfo=UTC)),
        ("2030-10-26T22:00", datetime(2030, 10, 26, 20, tzinfo=UTC)),
        ("2030-10-27T08:00", datetime(2030, 10, 27, 7, tzinfo=UTC)),
    ],
)
def test_a_time_typed_beside_the_change_of_the_clock_is_the_moment_it_names(
    browser, page, typed, stored
):
    """And comes back to the page as it was typed."""
    browser.post(page("quiz_rules"), FIELDS | {"sure": "1", "opens_at": "", "closes_at": typed})
    assert QuizTerms.objects.get().closes_at == stored
    assert f'value="{typed}"' in browser.get(page("quiz_rules")).content.decode()


@override_settings(TIME_ZONE="Europe/Brussels")
@pytest.mark.parametrize("typed", ["2030-03-31T02:30", "2030-10-27T02:30"])
def test_the_hour_that_comes_twice_or_never_is_refused_in_words(browser, page, typed):
    response = browser.post(page("quiz_rules"), FIELDS | {"opens_at": typed, "sure": "1"})
    assert response.status_code == 400
    assert "this time comes twice, or not at all" in response.content.decode()


@pytest.mark.parametrize("name", ["quiz_rules", "results", "release"])
def test_an_instructor_of_another_cohort_reaches_none_of_it(otto, signed_in, page, name):
    method = "get" if name == "results" else "post"
    assert getattr(signed_in(otto), method)(page(name), FIELDS).status_code == 404
    assert not QuizTerms.objects.exists()


def test_results_are_released_for_those_who_are_ticked_or_for_all(
    browser, page, sit, enrolment, clock
):
    browser.post(page("quiz_rules"), FIELDS | {"sure": "1", "release": "by-hand"})
    first = sit(enrolment, NOON)
    clock.shift(timedelta(minutes=5))
    assert "Not shown" in browser.get(page("results")).content.decode()
    nothing = browser.post(page("release"), {"attempt": "x"}, follow=True).content.decode()
    assert "Nothing was released" in nothing
    done = browser.post(page("release"), {"attempt": str(first.key)}, follow=True)
    assert "1 result is released." in done.content.decode()
    assert "All shown" in done.content.decode()
    assert shown_of(Attempt.objects.get(pk=first.pk), at=NOON + timedelta(hours=1)) == set(What)


def test_the_pages_cost_the_same_at_one_row_and_at_thirty(
    browser, page, sit, enrolment, cohort, queries
):
    sit(enrolment, NOON)
    places = [reverse("teach:quizzes", args=[cohort.key]), page("results"), page("quiz_rules")]
    before = [queries(browser, url) for url in places]
    for person in PersonFactory.create_batch(30):
        sit(enrol(cohort, person, at=NOON, by=SITE), NOON)
    assert [queries(browser, url) for url in places] == before
