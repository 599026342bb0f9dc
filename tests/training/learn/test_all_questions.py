"""A quiz with all its questions on one page, as it works without scripts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from curriculum.quizzes.release import PRESETS, Preset
from tests.answering import names_of
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put_case, put_rules, tiny_files
from tests.training.answers.test_forms import RIGHT
from tests.training.learn.conftest import KINDS, save, sent, words
from training.attempts.models import Attempt, Confirmed, Flag, Response
from training.attempts.rules import ANY_TIME
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows import setting_terms, starting_a_quiz
from training.terms.actions import Wanted


@pytest.fixture
def edition(db):
    """The quiz of module 1 asks every kind on one page, and two questions share a case."""
    files = tiny_files()
    put_rules(files, "layout: one-page\n", count=KINDS)
    put_case(files, "call", ["consent-1", "kind-judgement"])
    return publish_tiny_course(files=files)


def page_of(answers=None, sequences=None, **more):
    """What the whole page sends: `answers` are fields by position."""
    form = {}
    for position in range(1, KINDS + 1):
        given = (answers or {}).get(position, {})
        for name, value in sent(given, (sequences or {}).get(position, 1)).items():
            form[f"q{position}-{name}"] = value
    return form | more


def answer_now(attempt, position):
    return attempt.items.with_answers().get(position=position).answer_now


def test_the_quiz_starts_resumes_and_is_reviewed_on_the_one_page(thea_browser, at, of, attempt):
    assert "all on one page" in words(thea_browser.get(at("quiz", "quiz-first")))
    home = of("all_questions")
    assert thea_browser.post(at("start", "quiz-first")).url == f"{home}#q1"
    assert thea_browser.get(of("resume")).url == f"{home}#q1"
    assert f'href="{home}#q3"' in words(thea_browser.get(of("review")))


def test_all_questions_are_asked_each_with_its_own_state_and_a_case_once(
    thea_browser, of, attempt, thea, position_of
):
    save(attempt, thea, position_of("short"))
    page = words(thea_browser.get(of("all_questions")))
    assert page.count("data-answer=") == KINDS
    assert page.count("Not answered yet") == KINDS - 1
    assert page.count("Saved 12:00:00") == 1
    assert page.count("CASETEXT") == 1
    assert "FEEDBACK" not in page


@pytest.mark.parametrize(("kind", "fields", "answer"), RIGHT)
def test_every_kind_is_saved_and_shown_again(
    thea_browser, of, attempt, position_of, kind, fields, answer
):
    position = position_of(kind)
    response = thea_browser.post(of("all_questions"), page_of({position: fields}, go="review"))
    assert response.url == of("review")
    assert answer_now(attempt, position) == answer
    assert Response.objects.count() == 1
    again = thea_browser.get(of("all_questions"))
    assert f'name="q{position}-sequence" value="2"' in words(again)


def test_what_is_incomplete_is_named_and_everything_else_is_saved(
    thea_browser, of, attempt, position_of
):
    single, ordering = position_of("single"), position_of("ordering")
    answers = {single: {"answer": "recall"}, ordering: {"place-ask": "1"}}
    response = thea_browser.post(of("all_questions"), page_of(answers))
    assert response.status_code == 400
    page = words(response)
    assert f"Question {ordering}: Every entry needs a place of its own." in page
    assert page.count('href="#q') == 1
    assert answer_now(attempt, single) == {"option": "recall"}
    again = response.context["questions"][ordering - 1]["form"]
    assert sum('value="1" selected' in one.drawn for one in again.entries) == 1


def test_a_newer_answer_from_elsewhere_stands_and_this_one_is_kept_on_the_page(
    thea_browser, of, attempt, thea, position_of
):
    position = position_of("single")
    save(attempt, thea, position, {"option": "recall"})
    response = thea_browser.post(of("all_questions"), page_of({position: {"answer": "ask"}}))
    assert response.status_code == 400
    page = words(response)
    assert "a newer answer to this question was saved" in page
    assert "Recall the attaché" in page.partition("What stands:")[2].partition("</section>")[0]
    assert answer_now(attempt, position) == {"option": "recall"}
    assert AuditEntry.objects.get(verb="sent an older answer").detail["answer"]
    form = response.context["questions"][position - 1]["form"]
    ask = names_of(attempt.items.get(position=position)).of("ask")
    assert (form["answer"].value(), form["sequence"].value()) == (ask, "2")
    again = page_of({position: {"answer": "ask"}}, {position: form["sequence"].value()})
    assert thea_browser.post(of("all_questions"), again).status_code == 303
    assert answer_now(attempt, position) == {"option": "ask"}


def test_the_same_page_sent_twice_counts_once(thea_browser, of, position_of):
    form = page_of({position_of("single"): {"answer": "recall"}})
    for _ in range(2):
        assert thea_browser.post(of("all_questions"), form).status_code == 303
    assert Response.objects.count() == 1


def test_a_flag_and_an_answer_taken_back_come_back_to_their_question(
    thea_browser, of, attempt, thea, position_of
):
    single, short = position_of("single"), position_of("short")
    save(attempt, thea, short)
    home = of("all_questions")
    form = page_of({single: {"answer": "recall"}, short: {"answer": "agrément"}}, {short: 2})
    assert thea_browser.post(home, form | {"flag": f"q{single}-on"}).url == f"{home}#q{single}"
    assert Flag.objects.get().item.position == single
    assert answer_now(attempt, single) == {"option": "recall"}
    form = page_of({single: {"answer": "recall"}}, {short: 2, single: 2}, clear=f"q{short}")
    assert thea_browser.post(home, form).url == f"{home}#q{short}"
    assert answer_now(attempt, short) == {}


def test_a_page_that_comes_too_late_is_kept_and_does_not_count(
    thea_browser, of, attempt, position_of, clock
):
    clock.shift(timedelta(minutes=21))
    form = page_of({position_of("single"): {"answer": "recall"}})
    response = thea_browser.post(of("all_questions"), form, follow=True)
    assert response.redirect_chain == [(of("result"), 303)]
    assert "1 answer was kept and marked late." in words(response)
    assert Response.objects.get(late=True).answer == {"option": "recall"}
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at


def test_what_arrives_without_its_keys_saves_nothing(thea_browser, of):
    assert thea_browser.post(of("all_questions"), {}).status_code == 400
    assert not Response.objects.exists()


def test_nobody_else_sees_or_saves_it(signed_in, otto, sam, of):
    for person in (otto, sam):
        assert signed_in(person).get(of("all_questions")).status_code == 404
        assert signed_in(person).post(of("all_questions"), page_of()).status_code == 404


def test_where_one_question_follows_the_other_there_is_no_such_page(thea_browser, of, attempt):
    Attempt.objects.update(reached=1)
    assert thea_browser.get(of("all_questions")).status_code == 404
    assert thea_browser.post(of("all_questions"), page_of()).status_code == 404


@pytest.mark.parametrize("answered", [1, 6])
def test_the_cost_does_not_grow_with_the_questions_answered(
    thea_browser, of, attempt, counted, answered
):
    singles = list(attempt.items.filter(kind="single").values_list("position", flat=True))
    assert len(singles) >= answered
    form = page_of({position: {"answer": "ask"} for position in singles[:answered]})
    thea_browser.get(of("all_questions"))
    thea_browser.post(of("all_questions"), page_of())
    with counted() as statements:
        assert thea_browser.get(of("all_questions")).status_code == 200
    read = len(statements)
    with counted() as statements:
        assert thea_browser.post(of("all_questions"), form).status_code == 303
    assert (read, len(statements)) == (4, 6)
    assert Response.objects.count() == answered


@pytest.fixture
def practice(enrolment, course, cohort, thea):
    """The same page in a quiz that tells after each question what is right."""
    wanted = Wanted(ANY_TIME, "", (), PRESETS[Preset.PRACTICE])
    setting_terms.set_terms(cohort, course.modules[0].quiz, wanted, "x", at=NOON, by=SITE)
    return starting_a_quiz.start(enrolment, course.modules[0], at=NOON, by=thea, seed=7)


def test_one_answer_is_confirmed_and_the_others_on_the_page_are_saved_and_stay_open(
    thea_browser, practice
):
    home = reverse("learn:all_questions", args=[practice.key])
    one, other = practice.items.filter(kind="single").values_list("position", flat=True)[:2]
    assert words(thea_browser.get(home)).count("Confirm and see what is right") == KINDS
    form = page_of({one: {"answer": "ask"}, other: {"answer": "ask"}}, confirm=f"q{one}")
    response = thea_browser.post(home, form)
    assert (response.status_code, response.url) == (303, f"{home}#q{one}")
    page = words(thea_browser.get(home))
    assert page.count("Confirm and see what is right") == KINDS - 1
    assert page.count("Your answer, wrong") == 1
    assert Confirmed.objects.get().item.position == one
    later = page_of({one: {"answer": "recall"}, other: {"answer": "recall"}}, {one: 2, other: 2})
    refused = thea_browser.post(home, later)
    assert refused.status_code == 400
    assert "the answer that you confirmed stands" in words(refused)
    assert answer_now(practice, one) == {"option": "ask"}
    assert answer_now(practice, other) == {"option": "recall"}


def test_a_blank_answer_on_the_page_is_not_confirmed(thea_browser, practice):
    home = reverse("learn:all_questions", args=[practice.key])
    one = practice.items.filter(kind="single").first().position
    response = thea_browser.post(home, page_of(confirm=f"q{one}"))
    assert response.status_code == 400
    assert "There is no answer yet." in words(response)
    assert not Confirmed.objects.exists()
