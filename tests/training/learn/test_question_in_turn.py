"""A quiz that asks one question after the other: the server holds the way, whoever asks and how."""

import uuid

import pytest

from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from tests.training.learn.conftest import save, sent, words
from training.attempts.models import Attempt, Response
from training.audit.models import AuditEntry

JSON = {"headers": {"accept": "application/json"}}
LAST = 4


@pytest.fixture
def edition(db):
    """The quiz of module 1 asks four single-choice questions, one after the other."""
    files = tiny_files()
    put_rules(files, "navigation: sequential\n", count=LAST)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace(
        "{count: 4}",
        "{objective: consent-recall, count: 3}\n  - {objective: consent-apply, count: 1}",
    )
    return publish_tiny_course(files=files)


def reached(attempt):
    attempt.refresh_from_db()
    return attempt.reached


def answer_now(attempt, position):
    return attempt.items.with_answers().get(position=position).answer_now


def go_on(browser, of, position, answer="recall"):
    return browser.post(of("question", position), sent({"answer": answer}, go="next"))


def test_the_start_page_says_it_before_the_clock_runs(thea_browser, at):
    page = words(thea_browser.get(at("quiz", "quiz-first")))
    assert "4, one after the other" in page
    assert "A question that you have left cannot be opened again." in page


def test_going_on_saves_closes_the_question_and_opens_the_next(thea_browser, of, attempt):
    assert go_on(thea_browser, of, 1).url == of("question", 2)
    assert (reached(attempt), answer_now(attempt, 1)) == (2, {"option": "recall"})
    page = words(thea_browser.get(of("question", 2)))
    assert "Once you have gone on, you cannot come back to this question." in page
    assert page.count(", not reached") == 2
    assert page.count(", answered, closed") == 1
    assert 'value="back"' not in page
    assert 'name="flag"' not in page


@pytest.mark.parametrize(
    ("position", "said"), [(1, "is behind you"), (3, "comes later"), (4, "comes later")]
)
def test_a_page_that_is_left_or_not_reached_is_refused_and_shows_nothing(
    thea_browser, of, attempt, position, said
):
    go_on(thea_browser, of, 1)
    response = thea_browser.get(of("question", position))
    assert response.status_code == 409
    page = words(response)
    assert f"Question {position} {said}" in page
    assert f'href="{of("question", 2)}"' in page
    assert "persona non grata" not in page


@pytest.mark.parametrize("position", [1, 4])
def test_an_answer_to_a_closed_question_is_refused_kept_marked_and_audited(
    thea_browser, of, attempt, position
):
    go_on(thea_browser, of, 1)
    response = thea_browser.post(of("question", position), sent({"answer": "ask"}, 2, go="next"))
    assert response.status_code == 409
    assert "The answer you sent does not count." in words(response)
    kept = Response.objects.get(item__position=position, late=True)
    assert kept.answer == {"option": "ask"}
    assert answer_now(attempt, position) == ({"option": "recall"} if position == 1 else None)
    assert AuditEntry.objects.get(verb="answered out of turn").detail["position"] == position
    assert reached(attempt) == 2


def test_the_script_is_told_the_same_and_where_to_go(thea_browser, of, attempt):
    go_on(thea_browser, of, 1)
    told = thea_browser.post(of("question", 4), sent({"answer": "ask"}), **JSON)
    assert (told.status_code, told.json()) == (409, {"state": "closed", "url": of("question", 2)})
    assert "The answer to question 4 came when that question was closed." in words(
        thea_browser.get(of("question", 2))
    )


@pytest.mark.parametrize(
    "fields", [{"answer": "elsewhere"}, {"key": ""}, {"answer": ["ask", "recall"]}]
)
def test_what_is_no_answer_tells_nothing_of_a_question_that_is_not_reached(
    thea_browser, of, fields
):
    form = sent({"answer": "ask"}) | fields
    page = thea_browser.post(of("question", 3), form)
    told = thea_browser.post(of("question", 3), form, **JSON)
    assert (page.status_code, told.status_code) == (409, 409)
    assert "persona non grata" not in words(page) + words(told)


def test_a_key_used_again_tells_nothing_of_a_question_that_is_not_reached(thea_browser, of):
    form = sent({"answer": "ask"}, key=str(uuid.uuid4()))
    thea_browser.post(of("question", 3), form)
    page = thea_browser.post(of("question", 3), form | {"answer": "recall"})
    assert page.status_code == 409
    assert "persona non grata" not in words(page)


def test_every_other_way_to_a_later_question_is_closed(thea_browser, of, attempt):
    papers = thea_browser.get(of("paper")).json()["questions"]
    assert [one["position"] for one in papers] == [1]
    assert thea_browser.post(of("question", 1), sent({}, go="3")).url == of("question", 1)
    assert thea_browser.get(of("resume")).url == of("question", 1)
    review = words(thea_browser.get(of("review")))
    assert review.count(f'href="{of("question", 1)}"') == 1
    assert of("question", 2) not in review
    assert review.count(">Not reached<") == LAST - 1
    assert reached(attempt) == 1


def test_a_question_without_an_answer_is_left_only_on_purpose(thea_browser, of, attempt):
    asked = thea_browser.post(of("question", 1), sent({}, go="next"))
    assert asked.status_code == 400
    assert "Go on without an answer" in words(asked)
    assert reached(attempt) == 1
    assert thea_browser.post(of("question", 1), sent({}, go="skip")).url == of("question", 2)
    assert reached(attempt) == 2


def test_two_clicks_leave_one_question(thea_browser, of, attempt):
    form = sent({"answer": "recall"}, go="next")
    for _ in range(2):
        assert thea_browser.post(of("question", 1), form).url == of("question", 2)
    assert reached(attempt) == 2


def test_saving_and_looking_leave_nothing(thea_browser, of, attempt):
    thea_browser.post(of("question", 1), sent({"answer": "ask"}), **JSON)
    thea_browser.get(of("review"))
    assert thea_browser.post(of("question", 1), sent({}, 2, clear="1")).url == of("question", 1)
    assert thea_browser.post(of("question", 1), sent({}, 3, go="review")).url == of("review")
    assert reached(attempt) == 1


def test_the_last_question_stays_open_until_handing_in(thea_browser, of, attempt):
    for position in range(1, LAST):
        go_on(thea_browser, of, position)
    assert go_on(thea_browser, of, LAST).url == of("review")
    assert reached(attempt) == LAST
    assert of("question", LAST) in words(thea_browser.get(of("review")))
    thea_browser.post(of("hand_in"))
    assert Attempt.objects.get(key=attempt.key).score.percent == 100


def test_in_one_page_of_a_quiz_that_is_free_nothing_is_closed(signed_in, thea, attempt, of):
    Attempt.objects.update(reached=None)
    save(attempt, thea, 3)
    assert signed_in(thea).get(of("question", 3)).status_code == 200


def test_a_save_costs_what_it_costs_elsewhere_and_going_on_one_statement_more(
    thea_browser, of, counted
):
    thea_browser.get(of("question", 1))
    costs = []
    for form, more in (
        (sent({"answer": "ask"}), JSON),
        (sent({"answer": "ask"}, 2, go="next"), {}),
        (sent({"answer": "ask"}, 1, go="next"), {}),
    ):
        position = 2 if form["sequence"] == "1" and form.get("go") else 1
        thea_browser.look_up(of("question", position))
        with counted() as statements:
            thea_browser.post(of("question", position), form, **more)
        costs.append(len(statements))
    with counted() as statements:
        thea_browser.get(of("question", 3))
    assert [*costs, len(statements)] == [5, 5, 6, 3]
