"""No value that only a frozen question knows leaves the site before its release.

Searched are all addresses that a trainee may open, downloads and scripts among them: they come from
the table of `test_access`, so that a new one is searched from its first day.
"""

import json
import uuid
from dataclasses import fields
from datetime import timedelta

import pytest
from django.urls import reverse

from curriculum.quizzes.release import PRESETS, Preset
from tests.access import Keys, addresses
from tests.factories import NOON
from tests.test_access import CAST, ROWS
from tests.tiny_course import publish_tiny_course
from tests.training.learn.conftest import sent
from tests.training.learn.secret_values import WRONG, secret_files, secrets_of, told_in
from training.answers.naming import Names
from training.attempts.models import Attempt
from training.attempts.rules import ANY_TIME
from training.audit.actions import SITE
from training.flows import handing_in, setting_terms
from training.notices.models import Notice
from training.terms.actions import Wanted

MINUTE = timedelta(minutes=1)
SOUND = {200, 302, 303, 400, 404, 405, 409, 410}
AS_JSON = {"accept": "application/json"}
# How the quiz is taken, and what holds back all that it asked but the score, or all.
FREELY = ("", Preset.BY_HAND)
WAYS = {
    "freely": FREELY,
    "in turn": ("navigation: sequential\n", Preset.EXAM),
    "together": ("layout: one-page\n", Preset.EXAM),
}


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.fixture
def edition(way):
    return publish_tiny_course(files=secret_files(way[0]))


@pytest.fixture(autouse=True)
def held_back(cohort, course, way):
    """No key or reason is shown after the hand-in, until the instructor says so."""
    set_release(cohort, course, way[1])


def set_release(cohort, course, preset):
    wanted = Wanted(ANY_TIME, "", (), PRESETS[preset])
    quiz = course.modules[0].quiz
    setting_terms.set_terms(cohort, quiz, wanted, "exam", at=NOON, by=SITE)


@pytest.fixture
def secrets(attempt):
    return secrets_of(attempt.items.all())


def every_address(attempt):
    """What a trainee may open, of their own course and of this attempt."""
    kind = Notice.Kind.RESULT_RELEASED
    notice = Notice.objects.create(
        person=attempt.enrolment.trainee,
        enrolment=attempt.enrolment,
        kind=kind,
        facts={"attempt": str(attempt.key), "quiz": "Quiz of first"},
        at=NOON,
    )
    nobody = {one.name: uuid.uuid4() for one in fields(Keys)}
    own = {"enrolment": attempt.enrolment.key, "running": attempt.key, "done": attempt.key}
    more = {"quiz": "quiz-first", "token": "nothing", "number": 1, "counted_slug": "quiz-first"}
    arguments = addresses(Keys(**nobody | own | more | {"notice": notice.key}))
    for (name, method), statuses in ROWS.items():
        if method == "GET" and statuses[CAST.index("thea")] not in (403, 405):
            yield reverse(name, kwargs=arguments.get(name, {}))


def opened(browser, attempt):
    """Every page, each also as JSON, and every question."""
    urls = [*every_address(attempt)]
    places = range(1, attempt.items.count() + 1)
    urls += [reverse("learn:question", args=[attempt.key, one]) for one in places]
    for url in urls:
        yield browser.get(url, follow=True)
        if url.startswith("/learn/"):
            yield browser.get(url, headers=AS_JSON)


def answered(browser, attempt):
    """Each question in turn: a save, one of an old page, a report, and the next; then the end."""
    for item in attempt.items.order_by("position"):
        url = reverse("learn:question", args=[attempt.key, item.position])
        own = WRONG[item.kind]
        yield browser.get(url)
        yield browser.post(url, sent(own, 1), headers=AS_JSON)
        yield browser.post(url, sent(own, 9))
        yield browser.post(url, sent({"answer": "elsewhere"}, 2), headers=AS_JSON)
        report = reverse("learn:report", args=[attempt.key, item.position])
        yield browser.post(report, {"text": "Unclear."})
        yield browser.get(reverse("learn:paper", args=[attempt.key]))
        yield browser.post(url, sent(own, 2, next="1"), follow=True)
    together = {
        f"q{item.position}-{field}": value
        for item in attempt.items.all()
        for field, value in sent(WRONG[item.kind], 3).items()
    }
    url = reverse("learn:all_questions", args=[attempt.key])
    yield browser.post(url, together)
    yield browser.post(url, together, headers=AS_JSON)


def found_in(responses, values):
    return {
        (response.request["PATH_INFO"], *sorted(told))
        for response in responses
        if (told := told_in(response, values))
    }


def test_no_secret_value_is_in_any_response_before_its_release(
    thea_browser, attempt, secrets, thea, clock
):
    assert min(map(len, (secrets.ids, secrets.keys, secrets.shares, secrets.reasons))) >= 6
    running = [*answered(thea_browser, attempt), *opened(thea_browser, attempt)]
    assert {200, 400, 409} <= {one.status_code for one in running} <= SOUND
    assert found_in(running, secrets.all) == set()
    handed_in = thea_browser.post(reverse("learn:hand_in", args=[attempt.key]), follow=True)
    assert Attempt.objects.get(pk=attempt.pk).handed_in_at
    clock.shift(MINUTE)
    closed = [handed_in, *opened(thea_browser, attempt), *answered(thea_browser, attempt)]
    assert {200, 410} <= {one.status_code for one in closed} <= SOUND
    assert found_in(closed, secrets.all) == set()


@pytest.mark.parametrize("way", [FREELY], ids=["freely"])
def test_once_it_is_released_the_same_search_finds_each_but_the_ids(
    thea_browser, attempt, thea, cohort, course
):
    """Also that no name of the authors is told then: what is asked again has other names."""
    handing_in.hand_in(Attempt.objects.all(), attempt.key, at=NOON, by=thea)
    set_release(cohort, course, Preset.HAND_IN)
    secrets = secrets_of(attempt.items.exclude(kind="written"))
    result = thea_browser.get(reverse("learn:result", args=[attempt.key]))
    assert secrets.reasons - told_in(result, secrets.reasons) == set()
    assert {"73196", "termxq", "senderxq", "takerxq"} <= told_in(result, secrets.keys)
    assert {"15 of 41", "26 of 41"} <= told_in(result, secrets.shares)
    assert told_in(result, secrets.ids) == set()


@pytest.mark.parametrize("way", [FREELY], ids=["freely"])
def test_the_search_finds_a_body_that_is_planted_in_the_paper(
    thea_browser, attempt, secrets, monkeypatch
):
    """However it is written there: as JSON within JSON, with what is not ASCII escaped."""
    bodies = json.dumps([one.body for one in attempt.items.all()])
    monkeypatch.setattr("training.learn.views.saving.render_to_string", lambda *_: bodies)
    told = told_in(thea_browser.get(reverse("learn:paper", args=[attempt.key])), secrets.all)
    assert told >= secrets.ids | secrets.keys | secrets.reasons | {"0.37", "0.63"}


@pytest.mark.parametrize("way", [FREELY], ids=["freely"])
def test_the_search_finds_an_id_under_its_own_name(thea_browser, attempt, secrets, monkeypatch):
    monkeypatch.setattr(Names, "of", lambda _self, authored: authored)
    urls = [reverse("learn:question", args=[attempt.key, one]) for one in range(1, 16)]
    told = set().union(*(told_in(thea_browser.get(one), secrets.ids) for one in urls))
    assert told >= {"recall-xq", "calendar-xq", "a4-xq", "b1-xq"}
