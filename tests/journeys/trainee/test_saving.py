"""A running quiz on a bad line: answers save themselves, or wait, and are never lost."""

import re
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.factories.training import PASSWORD
from tests.journeys.taking import touch, until
from training.attempts.models import Attempt, Response
from training.audit.models import AuditEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def started(open_page, thea, home, width):
    """Thea's browser at the first question."""
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=width)
    page.get_by_role("button", name="Start, 20 minutes").click()
    expect(page.locator(".question-head")).to_contain_text("Question 1 of 6")
    until(lambda: page.evaluate("Object.keys(sessionStorage).join().includes('paper')"), page)
    return page


def saved(page):
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"))


def waits(page):
    return page.evaluate(
        "Object.keys(localStorage).filter((name) => name.includes('answers/')).length"
    )


def answered():
    return set(Response.objects.values_list("item__position", flat=True))


def go(page, position):
    page.locator(f".navigator button[value='{position}']").click()
    expect(page.locator(f"form[data-position='{position}']")).to_be_visible()


NO_LAST_WORD = """(() => {
  const send = window.fetch;
  const cut = () => Promise.reject(new Error("cut"));
  window.fetch = (url, how = {}) => (how.keepalive ? cut() : send(url, how));
})()"""


def refuse_saves(page):
    """Every save is broken off, while pages still come; gives what lets them through again.

    What a page sends while it is left does not come by the route, so it is cut off in the page.
    """
    pattern = re.compile(r"/attempts/[0-9a-f-]+/\d+/$")

    def refuse(route):
        route.abort() if route.request.method == "POST" else route.continue_()

    page.add_init_script(NO_LAST_WORD)
    page.evaluate(NO_LAST_WORD)
    page.route(pattern, refuse)
    return lambda: page.unroute(pattern)


def test_an_answer_is_saved_by_itself_and_the_page_says_when(started, accessible):
    touch(started)
    saved(started)
    assert answered() == {1}
    assert waits(started) == 0
    accessible(started)
    touch(started, 1)
    expect(started.locator("[data-save-state]")).to_have_text("Saving")
    saved(started)
    assert [one.sequence for one in Response.objects.order_by("sequence")] == [1, 2]


def test_a_flag_is_set_though_there_is_nothing_to_save(started):
    flag = started.get_by_role("button", name="Flag for review")
    flag.click()
    expect(flag).to_have_attribute("aria-pressed", "true")


def test_without_a_connection_thea_goes_on_and_nothing_is_lost(started, accessible):
    page = started
    go(page, 4)
    touch(page)
    saved(page)
    page.context.set_offline(True)
    banner = page.locator("[data-offline]")
    expect(banner).to_be_visible(timeout=5000)
    for position in (5, 6, 2):
        go(page, position)
        touch(page)
    expect(banner).to_contain_text("3 answers wait on this device")
    accessible(page)
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download the answers that wait").click()
    assert kept.value.path().read_text().count('"waiting"') == 3
    assert answered() == {4}
    page.context.set_offline(False)
    expect(banner).to_be_hidden()
    until(lambda: waits(page) == 0, page)
    assert answered() == {2, 4, 5, 6}
    # In order. Whoever answers slowly, part by part, has two saves at one position.
    came = Response.objects.order_by("pk").values_list("item__position", flat=True)
    assert [position for position, _saves in groupby(came)] == [4, 5, 6, 2]


def test_a_blocked_save_survives_a_reload_and_is_sent_without_a_touch(started):
    page = started
    let_through = refuse_saves(page)
    touch(page)
    expect(page.locator("[data-save-state]")).to_have_text("Not saved: trying again")
    chosen = page.locator("form[data-answer]").evaluate("(form) => form.elements.answer?.value")
    page.reload()
    expect(page.locator("[data-save-state]")).to_have_text("Not saved: trying again")
    assert (
        page.locator("form[data-answer]").evaluate("(one) => one.elements.answer?.value") == chosen
    )
    assert answered() == set()
    let_through()
    saved(page)
    assert answered() == {1}


def test_what_waits_is_sent_from_today_too(started):
    page = started
    page.route("**/1/", lambda route: route.abort())
    touch(page)
    expect(page.locator("[data-save-state]")).to_have_text("Not saved: trying again")
    page.unroute("**/1/")
    page.evaluate("window.stop()")
    page.goto("/learn/")
    until(lambda: waits(page) == 0, page)
    assert answered() == {1}


def test_a_save_whose_reply_was_lost_counts_once(started):
    page = started
    times = []

    def lose_the_reply(route):
        if route.request.method != "POST" or times:
            route.continue_()
            return
        times.append(1)
        route.fetch(max_redirects=0)
        route.abort()

    page.route(re.compile(r"/attempts/[0-9a-f-]+/1/$"), lose_the_reply)
    touch(page)
    saved(page)
    assert Response.objects.count() == 1


def test_a_page_that_is_asked_for_patience_sends_the_same_save_again(started):
    page = started
    keys = []

    def ask_for_patience(route):
        if route.request.method != "POST":
            route.continue_()
            return
        keys.append(parse_qs(route.request.post_data)["key"])
        if len(keys) < 3:
            route.fulfill(status=429, headers={"Retry-After": "1"}, json={"state": "busy"})
        else:
            route.continue_()

    page.route(re.compile(r"/attempts/[0-9a-f-]+/1/$"), ask_for_patience)
    touch(page)
    expect(page.locator("[data-save-state]")).to_have_text("Not saved: trying again")
    expect(page.locator("[data-offline]")).to_be_hidden()
    saved(page)
    assert keys == [keys[0]] * 3
    assert [str(one.key) for one in Response.objects.all()] == keys[0]
    assert waits(page) == 0


def test_signed_out_in_the_middle_thea_signs_in_where_she_is(started, accessible):
    page = started
    Session.objects.all().delete()
    touch(page)
    dialog = page.get_by_role("dialog", name="Sign in to go on")
    expect(dialog).to_be_visible()
    accessible(page)
    dialog.get_by_label("Username").fill("thea")
    dialog.get_by_label("Password").fill("not her password")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("did not sign you in")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    saved(page)
    assert answered() == {1}
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".question-head")).to_contain_text("Question 2 of 6")


def shut_out_by_another(page, open_page, thea, width):
    """The question is answered on another page of hers first, and then on this one."""
    other = open_page(urlsplit(page.url).path, thea, width=width)
    touch(other)
    saved(other)
    touch(page, 1)
    expect(page.locator("[data-refused]")).to_contain_text("question 1 was not saved")


def test_of_two_pages_the_older_is_told_and_both_are_in_the_log(started, open_page, thea, width):
    page = started
    shut_out_by_another(page, open_page, thea, width)
    assert Response.objects.count() == 1
    entry = AuditEntry.objects.get(verb="sent an older answer")
    assert entry.detail["answer"]
    page.get_by_role("button", name="Show both and choose").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two answers to one question")
    assert waits(page) == 0


def test_when_time_is_up_while_offline_the_late_answer_is_kept_and_not_graded(started):
    page = started
    page.context.set_offline(True)
    touch(page)
    attempt = Attempt.objects.get()
    Attempt.objects.update(
        started_at=attempt.started_at - (attempt.due_at - attempt.started_at) * 2,
        due_at=attempt.started_at - (attempt.due_at - attempt.started_at),
    )
    page.context.set_offline(False)
    page.wait_for_url("**/result/")
    late = Response.objects.get()
    assert late.late
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at
    assert attempt.closed_by == "clock"


def test_what_was_answered_before_the_script_was_there_is_saved_too(open_page, started, thea):
    page = started
    held = []

    def hold(route):
        held.append(route)

    page.route("**/quiz.js", hold)
    page.reload(wait_until="commit")
    touch(page)
    until(lambda: held, page)
    held[0].continue_()
    saved(page)
    assert answered() == {1}
