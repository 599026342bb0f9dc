"""What is sent by somebody who is signed out: kept for the same person, and for nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from curriculum.courses.shelf import course_of
from tests.access import names
from tests.factories.training import PASSWORD
from training.attempts.models import Response
from training.cohorts.models import Roster
from training.flows.starting_a_quiz import start
from training.front import sent

ORIGIN = "http://testserver"
AGAIN, LOGIN = "/again/", "/accounts/login/"
PAGE = {"accept": "text/html,application/xhtml+xml"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
LIST = "service number,name\nHA-1,Rita Recruit\n"
HOUR = timedelta(hours=1)


class Browser(Client):
    """A browser as it comes: it asks for pages, says where it comes from, and keeps its token."""

    def __init__(self, **options):
        super().__init__(enforce_csrf_checks=True, **options)
        self.token = ""

    def open(self, path):
        answer = self.get(path, headers=PAGE)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())
        self.token = found[1] if found else ""
        return answer

    def send(self, path, data, *, page="", headers=None, **options):
        came = PAGE | {"origin": ORIGIN, "referer": f"{ORIGIN}{page or path}"} | (headers or {})
        came = {name: value for name, value in came.items() if value is not None}
        fields = {"csrfmiddlewaretoken": self.token} | data
        return self.post(path, fields, headers=came, **options)

    def sign_in(self, person, wanted=""):
        self.open(LOGIN)
        who = {"login": person.username, "password": PASSWORD, "next": wanted}
        return self.send(LOGIN, who)


@pytest.fixture
def browser(db):
    return Browser()


@pytest.fixture
def roster(cohort):
    return reverse("oversee:roster", args=[cohort.key])


@pytest.fixture
def at_roster(browser, ada, roster):
    """Ada has the page of the list open, and her session is gone."""
    browser.sign_in(ada)
    assert browser.open(roster).status_code == 200
    token = browser.token
    Session.objects.all().delete()
    browser.token = token
    return browser


@pytest.fixture
def question(enrolment, thea, noon):
    """The address of the first question of Thea's quiz."""
    with time_machine.travel(noon):
        module = course_of(enrolment.cohort.edition).modules[0]
        attempt = start(enrolment, module, at=noon, by=thea, seed=3)
    return reverse("learn:question", args=[attempt.key, 1])


def words(answer):
    return answer.content.decode()


def test_what_was_sent_while_signed_out_is_said_to_be_unsaved_and_kept(at_roster, roster):
    answer = at_roster.send(roster, {"text": LIST})
    assert answer.url == f"{LOGIN}?next={AGAIN}"
    assert "What you sent is not saved yet." in words(at_roster.open(answer.url))
    wrong = at_roster.send(LOGIN, {"login": "ada", "password": "wrong", "next": AGAIN})
    assert "What you sent is not saved yet." in words(wrong)
    assert "Rita" not in words(wrong)
    assert not Roster.objects.exists()


@pytest.mark.parametrize("wanted", ["", AGAIN])
def test_the_same_person_sends_it_again_by_a_button(at_roster, ada, roster, wanted):
    at_roster.send(roster, {"text": LIST})
    assert at_roster.sign_in(ada, wanted).url == AGAIN
    page = at_roster.open(AGAIN)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store, private")
    assert "Rita Recruit" in words(page)
    assert f'action="{roster}"' in words(page)
    assert not Roster.objects.exists()
    fields = {name: value for name, value in HIDDEN.findall(words(page)) if name == "text"}
    assert at_roster.send(roster, fields, page=AGAIN).status_code == 302
    assert Roster.objects.get().text.split() == LIST.split()
    assert sent.KEPT not in at_roster.session


@pytest.mark.parametrize("wanted", ["", AGAIN])
def test_a_second_step_on_the_way_loses_nothing(at_roster, ada, roster, wanted):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(ada, secret)
    at_roster.send(roster, {"text": LIST})
    step = at_roster.sign_in(ada, wanted).url
    assert step.startswith(reverse("mfa_authenticate"))
    at_roster.open(step)
    now = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, now))
    assert at_roster.send(step, {"code": code}).url == AGAIN
    assert "Rita Recruit" in words(at_roster.open(AGAIN))


def test_a_form_that_is_refused_again_keeps_what_is_kept(at_roster, ada, roster):
    at_roster.send(roster, {"text": LIST})
    at_roster.sign_in(ada)
    at_roster.token = "a" * 64
    assert at_roster.send(roster, {"text": LIST}).status_code == 403
    assert sent.KEPT in at_roster.session


def test_it_can_be_let_go(at_roster, ada, roster):
    at_roster.send(roster, {"text": LIST})
    at_roster.sign_in(ada)
    at_roster.open(AGAIN)
    assert at_roster.send(AGAIN, {}).url == roster
    assert sent.KEPT not in at_roster.session
    assert not Roster.objects.exists()


def test_another_person_who_signs_in_gets_nothing_of_it(at_roster, cole, ada, roster):
    at_roster.send(roster, {"text": LIST})
    at_roster.sign_in(cole, AGAIN)
    assert sent.KEPT not in at_roster.session
    answer = at_roster.get(AGAIN, headers=PAGE, follow=True)
    assert "Nothing is kept for you to send again." in words(answer)
    assert "Rita" not in words(answer)
    at_roster.sign_in(ada, AGAIN)
    assert at_roster.get(AGAIN).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": None, "referer": "https://evil.example/oversee/"},
        {"origin": None, "referer": None},
    ],
)
def test_a_form_of_another_site_is_not_kept(ada, roster, headers):
    """Even with the token, and where the token is not asked for."""
    for checks in (True, False):
        browser = Browser()
        browser.handler.enforce_csrf_checks = checks
        browser.sign_in(ada)
        browser.open(roster)
        Session.objects.all().delete()
        browser.send(roster, {"text": LIST}, headers=headers)
        assert sent.KEPT not in browser.session


@pytest.mark.parametrize("token", ["", "b" * 64, "c" * 32, "é" * 64])
def test_a_form_that_nobody_was_shown_is_offered_to_nobody(at_roster, ada, roster, token):
    at_roster.token = token
    at_roster.send(roster, {"text": LIST})
    at_roster.sign_in(ada, AGAIN)
    assert at_roster.get(AGAIN).status_code == 302
    assert sent.KEPT not in at_roster.session


def test_a_stranger_fills_no_table(browser, roster):
    """Nobody was ever signed in with this browser: no session is made for it."""
    browser.open(LOGIN)
    browser.send(roster, {"text": LIST})
    assert not Session.objects.exists()


def test_a_mark_of_ones_own_making_is_none(browser, roster):
    browser.open(LOGIN)
    browser.cookies[sent.COOKIE] = "made:up"
    browser.send(roster, {"text": LIST})
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"text": "x" * sent.MOST_BYTES},
        {"text": "é" * (sent.MOST_BYTES // 2)},
        {f"field-{n}": "" for n in range(sent.MOST_FIELDS + 1)},
        {"text": LIST, "file": SimpleUploadedFile("list.csv", LIST.encode())},
        {},
    ],
)
def test_what_is_too_much_or_a_file_is_not_kept_and_the_page_says_so(at_roster, roster, data):
    answer = at_roster.send(roster, data)
    assert answer.url == f"{LOGIN}?next={roster}"
    assert "was not carried out and is not kept" in words(at_roster.open(answer.url))
    assert sent.KEPT not in at_roster.session


def test_an_act_is_not_kept_but_one_comes_back_to_its_page(at_roster, cohort):
    page = reverse("oversee:cohort", args=[cohort.key])
    answer = at_roster.send(reverse("oversee:enrol", args=[cohort.key]), {"person": 1}, page=page)
    assert answer.url == f"{LOGIN}?next={page}"
    assert "you were signed out" in words(at_roster.open(answer.url))


@pytest.mark.parametrize("came", ["https://evil.example/learn/", f"{ORIGIN}//evil.example/", ""])
def test_one_comes_back_to_no_page_but_ours(at_roster, cohort, came):
    address = reverse("oversee:enrol", args=[cohort.key])
    answer = at_roster.send(address, {"person": 1}, headers={"referer": came})
    assert answer.url == f"{LOGIN}?next=/"


def test_what_a_script_sends_is_the_scripts_to_keep(at_roster, roster):
    answer = at_roster.send(roster, {"text": LIST}, headers={"accept": "application/json"})
    assert answer.url == f"{LOGIN}?next={roster}"
    assert sent.KEPT not in at_roster.session


def test_a_session_that_ends_by_the_clock_keeps_it_too(browser, thea, question, noon, settings):
    settings.SESSION_IDLE = 3600
    with time_machine.travel(noon) as clock:
        browser.sign_in(thea)
        browser.open(question)
        clock.shift(2 * HOUR)
        answer = browser.send(question, {"answer-answer": "1961 and so on"})
        assert answer.url == f"{LOGIN}?next={AGAIN}"
        said = words(browser.open(answer.url))
        assert "this session had lasted its time" in said
        assert "What you sent is not saved yet." in said
        browser.sign_in(thea, AGAIN)
        assert "1961 and so on" in words(browser.open(AGAIN))
    assert not Response.objects.exists()


def test_an_act_after_the_end_leads_back_to_its_page(browser, thea, question, noon, settings):
    settings.SESSION_IDLE = 3600
    hand_in = re.sub(r"\d+/$", "hand-in/", question)
    review = re.sub(r"\d+/$", "review/", question)
    with time_machine.travel(noon) as clock:
        browser.sign_in(thea)
        browser.open(review)
        clock.shift(2 * HOUR)
        answer = browser.send(hand_in, {}, page=review)
        assert answer.url == f"{LOGIN}?next={review}"
        assert "was not carried out and is not kept" in words(browser.open(answer.url))


def test_a_stale_form_of_ones_own_is_kept_in_the_page(browser, ada, roster):
    browser.sign_in(ada)
    browser.open(roster)
    stale = browser.token
    browser.cookies.pop("sessionid")
    browser.sign_in(ada)
    browser.token = stale
    answer = browser.send(roster, {"text": LIST})
    assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store, private")
    assert "Rita Recruit" in words(answer)
    fresh = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', words(answer))[1]
    browser.token = fresh
    assert browser.send(roster, {"text": LIST}).status_code == 302
    assert Roster.objects.count() == 1


def stale_after(browser, first, second, page):
    """The token of a page that the first person opened; the second has it open now."""
    browser.sign_in(first)
    browser.open(page)
    stale = browser.token
    browser.cookies.pop("sessionid")
    browser.sign_in(second)
    browser.open(page)
    return stale


def test_a_stale_form_of_somebody_else_is_not(browser, ada, cole, roster):
    stale = stale_after(browser, ada, cole, roster)
    browser.token = stale
    answer = browser.send(roster, {"text": LIST})
    assert answer.status_code == 403
    assert "Rita" not in words(answer)
    assert "this page does not keep it" in words(answer)
    assert f'href="{roster}"' in words(answer)


def test_a_stale_form_of_another_site_is_not_repeated_to_anybody(browser, ada, roster):
    browser.sign_in(ada)
    browser.open(roster)
    answer = browser.send(roster, {"text": LIST}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Rita" not in words(answer)


def test_a_stale_form_of_somebody_signed_out_waits_for_them(browser, ada, cole, roster):
    stale = stale_after(browser, ada, cole, roster)
    Session.objects.all().delete()
    browser.token = stale
    assert browser.send(roster, {"text": LIST}).url == f"{LOGIN}?next={AGAIN}"
    browser.sign_in(ada, AGAIN)
    assert "Rita Recruit" in words(browser.open(AGAIN))


def test_the_banner_keeps_it_too(at_roster, ada, roster, settings):
    settings.CONSENT_BANNER = "Use of this system is recorded."
    answer = at_roster.send(roster, {"text": LIST})
    assert answer.url == "/consent/?next=%2Fagain%2F"
    at_roster.open(answer.url)
    assert at_roster.send("/consent/", {"next": AGAIN}).url == AGAIN
    at_roster.sign_in(ada, AGAIN)
    assert "Rita Recruit" in words(at_roster.open(AGAIN))


def test_the_banner_says_what_is_not_kept(at_roster, cohort, settings):
    settings.CONSENT_BANNER = "Use of this system is recorded."
    page = reverse("oversee:cohort", args=[cohort.key])
    answer = at_roster.send(reverse("oversee:enrol", args=[cohort.key]), {"person": 1}, page=page)
    assert "was not carried out and is not kept" in words(at_roster.open(answer.url))


def test_the_cookie_says_nothing_and_is_for_no_script(browser, ada, roster):
    browser.sign_in(ada)
    browser.open(roster)
    cookie = browser.cookies[sent.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert "ada" not in cookie.value
    assert str(ada.key) not in cookie.value
    assert browser.cookies["csrftoken"].value not in cookie.value


def test_only_the_last_sign_ins_are_known(browser, ada, roster):
    for _time in range(sent.MOST_MARKS + 2):
        browser.cookies.pop("sessionid", None)
        browser.sign_in(ada)
        browser.open(roster)
    signed = browser.cookies[sent.COOKIE].value
    assert len(signed.rpartition(":")[0].rpartition(":")[0].split(".")) <= sent.MOST_MARKS


def test_every_form_that_is_kept_has_an_address():
    assert get_resolver()
    assert set(sent.WORK) <= set(names())
