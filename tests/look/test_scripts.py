"""The small scripts, each with the page it needs and no more."""

import re
from datetime import UTC, datetime

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.look.gallery_view"),
]
FACE = "document.querySelector('[data-clock-face]').textContent"
VOICE = "document.querySelector('[data-clock-voice]').textContent"
PUT_A_LESSON = """() => {
  document.querySelector('main').innerHTML =
    '<article class="reader" data-place-url="/place/" data-csrf="token">' +
    Array.from({length: 30}, (_, i) =>
      `<div class="para" id="p${i + 1}"><div class="para-text"><p>${'word '.repeat(200)}</p>` +
      '</div></div>').join('') + '</article>';
  const script = document.createElement('script');
  script.type = 'module';
  script.src = '/static/js/keep_place.js';
  document.body.append(script);
  return new Promise(done => script.addEventListener('load', done));
}"""


WRONG_BY_DAYS = """(() => {
  const Right = Date;
  let wrong = 86_400_000;
  window.setWrong = (days) => { wrong = days * 86_400_000; };
  window.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + wrong); }
    static now() { return Right.now() + wrong; }
  };
})()"""


def set_clock(page, seconds):
    page.evaluate(
        "left => document.querySelector('[data-seconds-left]').dataset.secondsLeft = left", seconds
    )


def clock_page(open_page):
    # A page waits for its own clock only when the test says so.
    page = open_page("/accounts/login/")
    page.clock.install()
    page.goto("/gallery/")
    return page


def test_the_clock_shows_minutes_and_from_five_minutes_on_seconds(open_page):
    page = clock_page(open_page)
    assert page.evaluate(FACE) == "38 min left"
    page.clock.run_for((38 - 5) * 60_000 - 1000)
    assert page.evaluate(FACE) == "6 min left"
    page.clock.run_for(2000)
    assert page.evaluate(FACE) == "4:59 left"


def test_the_clock_speaks_at_ten_five_and_one_minute_and_at_the_end(open_page):
    page = clock_page(open_page)
    heard = []
    for _ in range(38 * 6 + 1):
        page.clock.run_for(10_000)
        said = page.evaluate(VOICE)
        if said and said not in heard:
            heard.append(said)
    assert heard == ["10 min left", "5:00 left", "1:00 left", "Time is up"]


def test_time_is_up_once(open_page):
    page = clock_page(open_page)
    page.evaluate("window.ended = 0; addEventListener('chancery:time-up', () => window.ended++)")
    set_clock(page, 2)
    page.clock.run_for(10_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("window.ended") == 1
    assert page.evaluate(FACE) == "Time is up"


def test_more_time_shows_at_once(open_page):
    page = clock_page(open_page)
    set_clock(page, 50 * 60)
    page.wait_for_function(f"{FACE} === '50 min left'")


def lesson_page(open_page, answers):
    """A lesson of thirty paragraphs whose place is POSTed to a server that answers as told."""
    sent = []

    def answer(route):
        sent.append((route.request.post_data, route.request.headers.get("x-csrftoken")))
        route.fulfill(status=answers.pop(0) if answers else 204)

    page = open_page("/gallery/")
    page.route("**/place/", answer)
    page.evaluate(PUT_A_LESSON)
    return page, sent


def scroll_to(page, paragraph):
    page.evaluate("id => document.getElementById(id).scrollIntoView()", paragraph)


def test_the_place_is_sent_with_the_token(open_page):
    page, sent = lesson_page(open_page, [])
    with page.expect_response("**/place/"):
        scroll_to(page, "p7")
    assert sent == [("paragraph=p7", "token")]


def test_a_place_that_was_refused_is_sent_again_at_the_next_move(open_page):
    page, sent = lesson_page(open_page, [503])
    with page.expect_response("**/place/"):
        scroll_to(page, "p7")
    with page.expect_response("**/place/", timeout=9000):
        page.evaluate("scrollBy(0, 2)")
    assert [body for body, _ in sent] == ["paragraph=p7", "paragraph=p7"]


def test_opening_and_leaving_a_lesson_does_not_move_the_place(open_page):
    page, sent = lesson_page(open_page, [])
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.wait_for_timeout(300)
    assert sent == []


def test_a_computer_whose_clock_is_wrong_and_is_set_meanwhile_counts_right(open_page):
    """F11: a day ahead when the page comes, a day behind while it counts."""
    page = open_page("/accounts/login/")
    page.add_init_script(WRONG_BY_DAYS)
    page.goto("/gallery/")
    real = datetime.now(UTC).timestamp()
    assert abs(page.evaluate("Date.now() / 1000") - real - 86_400) < 3_600
    set_clock(page, 290)
    begun = page.evaluate("performance.now()")
    page.evaluate("setWrong(-1)")
    page.wait_for_timeout(3000)
    face, now = page.evaluate(f"[{FACE}, performance.now()]")
    minutes, seconds = re.match(r"(\d+):(\d\d) left", face).groups()
    passed = (now - begun) / 1000
    # It shows whole seconds, and shows them once a second.
    assert abs(290 - passed - int(minutes) * 60 - int(seconds)) < 2
