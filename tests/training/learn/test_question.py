"""One question of a running quiz: asking, saving, flagging, and all that can come between."""

import uuid
from datetime import timedelta

import pytest

from tests.factories import NOON
from tests.marking import every_sentence_marked
from tests.training.answers.test_forms import RIGHT
from tests.training.learn.conftest import KINDS, save, sent, words
from training.attempts.models import Attempt, Flag, Response
from training.audit.models import AuditEntry
from training.flows import handing_in

LAST = KINDS


def answer_now(attempt, position):
    return attempt.items.with_answers().get(position=position).answer_now


@pytest.fixture
def single(attempt, position_of):
    return position_of("single")


def test_the_head_says_where_one_is_and_how_much_time_is_left(thea_browser, of, clock):
    clock.shift(timedelta(minutes=3, seconds=10))
    page = words(thea_browser.get(of("question", 1)))
    assert "<title>Question 1 of 14" in page
    assert "Not answered yet" in page
    assert 'data-seconds-left="1010"' in page
    assert ">17 min left<" in page


@pytest.mark.parametrize(("kind", "fields", "answer"), RIGHT)
def test_every_kind_is_asked_saved_and_shown_again(
    thea_browser, of, attempt, position_of, kind, fields, answer
):
    position = position_of(kind)
    assert thea_browser.get(of("question", position)).status_code == 200
    response = thea_browser.post(of("question", position), sent(fields))
    assert response.status_code == 303
    assert answer_now(attempt, position) == answer
    page = words(thea_browser.get(of("question", position)))
    assert "Saved 12:00:00" in page
    assert 'name="sequence" value="2"' in page


def test_saving_goes_on_to_the_next_question_and_after_the_last_to_the_list(thea_browser, of):
    assert thea_browser.post(of("question", 1), sent({})).url == of("question", 2)
    assert thea_browser.post(of("question", LAST), sent({})).url == of("review")


@pytest.mark.parametrize(
    ("go", "name", "more"),
    [("back", "question", [1]), ("7", "question", [7]), ("review", "review", [])],
)
def test_a_button_says_where_to_go_after_saving(thea_browser, of, attempt, single, go, name, more):
    position = 2 if go == "back" else single
    answer = {"answer": "recall"} if position == single else {}
    assert thea_browser.post(of("question", position), sent(answer, go=go)).url == of(name, *more)
    assert position != single or answer_now(attempt, single) == {"option": "recall"}


@pytest.mark.parametrize("go", ["99", "-1", "0", "//evil.example", "٣", "nowhere"])
def test_an_unknown_way_is_the_way_on(thea_browser, of, go):
    assert thea_browser.post(of("question", 1), sent({}, go=go)).url == of("question", 2)


def test_a_flag_comes_and_goes_and_keeps_what_was_typed(thea_browser, of, attempt, single):
    response = thea_browser.post(of("question", single), sent({"answer": "recall"}, flag="on"))
    assert response.url == of("question", single)
    assert answer_now(attempt, single) == {"option": "recall"}
    page = words(thea_browser.get(response.url))
    assert 'value="off" aria-pressed="true"' in page
    assert ", answered, flagged" in page
    thea_browser.post(of("question", single), sent({"answer": "recall"}, 2, flag="off"))
    assert not Flag.objects.exists()


def test_an_answer_can_be_taken_back(thea_browser, of, attempt, thea, single):
    save(attempt, thea, single)
    thea_browser.post(of("question", single), sent({"answer": "recall"}, 2, clear="1"))
    assert answer_now(attempt, single) == {}
    assert "Cleared 12:00:00" in words(thea_browser.get(of("question", single)))


def test_the_navigator_says_the_state_of_every_question(thea_browser, of, attempt, thea, single):
    save(attempt, thea, single)
    page = words(thea_browser.get(of("question", single)))
    assert page.count('name="go" value="') >= KINDS
    assert page.count(", answered") == 1
    assert page.count(", not answered") == KINDS - 1
    assert page.count('aria-current="step"') == 1


def test_a_blank_form_on_a_fresh_question_saves_nothing(thea_browser, of):
    thea_browser.post(of("question", 1), sent({}))
    assert not Response.objects.exists()


def test_the_same_save_sent_twice_counts_once(thea_browser, of, single):
    form = sent({"answer": "recall"})
    assert [thea_browser.post(of("question", single), form).status_code for _ in "ab"] == [303, 303]
    assert Response.objects.count() == 1


def test_a_key_used_again_for_another_answer_is_a_conflict(thea_browser, of, attempt, single):
    form = sent({"answer": "recall"})
    thea_browser.post(of("question", single), form)
    response = thea_browser.post(of("question", single), form | {"answer": "ask"})
    assert response.status_code == 409
    assert answer_now(attempt, single) == {"option": "recall"}


def test_of_two_tabs_the_older_is_shown_both_answers_and_overwrites_nothing(
    thea_browser, of, attempt, single
):
    thea_browser.post(of("question", single), sent({"answer": "recall"}, 1))
    response = thea_browser.post(of("question", single), sent({"answer": "ask"}, 1))
    assert response.status_code == 409
    page = words(response)
    assert "Recall the attaché or end their functions." in page.partition("What you sent")[0]
    assert "Ask Kestria for its reasons." in page.partition("What you sent")[2]
    assert answer_now(attempt, single) == {"option": "recall"}
    assert "FEEDBACK" not in page
    assert AuditEntry.objects.filter(verb="sent an older answer").count() == 1


def test_the_older_answer_can_be_kept_on_purpose(thea_browser, of, attempt, single):
    thea_browser.post(of("question", single), sent({"answer": "recall"}, 1))
    page = thea_browser.post(of("question", single), sent({"answer": "ask"}, 1)).context
    again = {
        "key": page["again"]["key"].value(),
        "sequence": page["again"]["sequence"].value(),
        **dict(page["fields"]),
    }
    assert thea_browser.post(of("question", single), again).status_code == 303
    assert answer_now(attempt, single) == {"option": "ask"}
    assert Response.objects.count() == 2


@pytest.mark.parametrize(("kind", "fields", "answer"), RIGHT)
def test_a_conflict_shows_both_answers_of_every_kind_in_words(
    thea_browser, of, attempt, position_of, thea, kind, fields, answer
):
    position = position_of(kind)
    save(attempt, thea, position, {"option": "true"} if kind == "true_false" else {})
    response = thea_browser.post(of("question", position), sent(fields, 1))
    assert response.status_code == 409
    assert response.context["sent"]
    assert bool(response.context["stands"]) == (kind == "true_false")


def test_an_older_page_that_says_the_same_is_no_conflict(thea_browser, of, single):
    thea_browser.post(of("question", single), sent({"answer": "recall"}, 1))
    response = thea_browser.post(of("question", single), sent({"answer": "recall"}, 1))
    assert response.status_code == 303
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "elsewhere"},
        {"answer": ["recall", "ask"]},
        {"key": "none"},
        {"key": ""},
        {"sequence": "-1"},
    ],
)
def test_what_is_no_answer_is_refused_and_the_earlier_one_stands(
    thea_browser, of, attempt, single, fields
):
    thea_browser.post(of("question", single), sent({"answer": "recall"}))
    response = thea_browser.post(of("question", single), sent({"answer": "ask"}, 2) | fields)
    assert response.status_code == 400
    page = words(response)
    assert "<title>Error: Question" in page
    assert "Not saved; your answer of 12:00:00 stands" in page
    assert "FEEDBACK" not in page
    assert answer_now(attempt, single) == {"option": "recall"}


def test_a_request_of_ten_megabytes_is_refused(thea_browser, of, position_of):
    huge = sent({"answer": "a" * 10_000_000})
    assert thea_browser.post(of("question", position_of("short")), huge).status_code == 413
    assert not Response.objects.exists()


def test_a_late_answer_is_kept_marked_late_and_not_counted(
    thea_browser, of, attempt, single, clock
):
    thea_browser.post(of("question", single), sent({"answer": "recall"}))
    clock.shift(timedelta(minutes=20, seconds=1))
    response = thea_browser.post(of("question", single), sent({"answer": "ask"}, 2), follow=True)
    assert response.redirect_chain == [(of("result"), 303)]
    assert "It does not count; what was saved before does." in words(response)
    late = Response.objects.get(late=True)
    assert late.answer == {"option": "ask"}
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at
    assert attempt.score.points == 1
    assert AuditEntry.objects.filter(verb="answered late").count() == 1


def test_an_answer_after_handing_in_changes_nothing(thea_browser, of, attempt, single):
    thea_browser.post(of("question", single), sent({"answer": "recall"}))
    thea_browser.post(of("hand_in"))
    response = thea_browser.post(of("question", single), sent({"answer": "ask"}, 2), follow=True)
    assert "This quiz was handed in before this answer arrived." in words(response)
    attempt.refresh_from_db()
    assert attempt.score.points == 1


def test_opening_a_question_after_the_time_closes_the_attempt_and_says_so(
    thea_browser, of, attempt, clock
):
    clock.shift(timedelta(minutes=30))
    response = thea_browser.get(of("question", 1), follow=True)
    assert response.redirect_chain == [(of("result"), 302)]
    assert "Time is up. The quiz was handed in for you" in words(response)
    attempt.refresh_from_db()
    assert (attempt.handed_in_at, attempt.closed_by) == (attempt.due_at, "clock")


@pytest.mark.parametrize("position", [0, LAST + 1, 10**30])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_position_that_does_not_exist_is_not_found(thea_browser, of, position, method):
    url = of("question", 1).removesuffix("1/") + f"{position}/"
    assert getattr(thea_browser, method)(url).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(thea_browser, of, method):
    assert getattr(thea_browser, method)(of("question", 1)).status_code == 405


def test_somebody_elses_attempt_is_not_found_and_not_written_to(signed_in, otto, sam, of, single):
    for person in (otto, sam):
        browser = signed_in(person)
        assert browser.get(of("question", single)).status_code == 404
        assert browser.post(of("question", single), sent({"answer": "recall"})).status_code == 404
    assert not Response.objects.exists()


def test_a_reload_keeps_order_answers_and_clock(thea_browser, of, clock, single):
    thea_browser.post(of("question", single), sent({"answer": "recall"}))
    first = thea_browser.get(of("question", single)).context["form"]
    second = thea_browser.get(of("question", single)).context["form"]
    assert [one.data["value"] for one in first["answer"]] == [
        one.data["value"] for one in second["answer"]
    ]
    assert first["key"].value() != second["key"].value()
    clock.shift(timedelta(seconds=7))
    assert 'data-seconds-left="1193"' in words(thea_browser.get(of("question", single)))


def test_a_page_costs_three_queries(thea_browser, of, counted):
    thea_browser.get(of("question", 1))
    with counted() as statements:
        thea_browser.get(of("question", 1))
    assert len(statements) == 3


def test_a_save_costs_five_statements(thea_browser, of, single, counted):
    thea_browser.get(of("question", single))
    thea_browser.look_up(of("question", single))
    for sequence, answer in enumerate(("ask", "recall"), start=1):
        form = sent({"answer": answer}, sequence)
        with counted() as statements:
            assert thea_browser.post(of("question", single), form).status_code == 303
        assert len(statements) == 5


def test_an_incomplete_key_is_told_apart_from_one_that_was_used(thea_browser, of, single):
    form = sent({"answer": "recall"}) | {"key": str(uuid.uuid4())[:-1]}
    assert thea_browser.post(of("question", single), form).status_code == 400


def test_resuming_leads_to_the_first_question_without_an_answer(
    thea_browser, of, attempt, thea, answer_all
):
    answer_all(but=(4,))
    assert thea_browser.get(of("resume")).url == of("question", 4)
    save(attempt, thea, 4)
    assert thea_browser.get(of("resume")).url == of("review")
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    assert thea_browser.get(of("resume")).url == of("result")


@pytest.mark.parametrize(
    ("kind", "fields", "refusal"),
    [
        ("numeric", {"answer": "many"}, "⟦This is not a number."),
        ("short", {"answer": "a" * 501}, "⟦The answer is longer than 500 characters."),
    ],
)
def test_a_refusal_is_said_in_the_language_of_the_reader(
    thea_browser, of, position_of, kind, fields, refusal
):
    with every_sentence_marked():
        page = thea_browser.post(of("question", position_of(kind)), sent(fields))
    assert page.status_code == 400
    assert refusal in words(page)
