"""How sure one is: one tap beside an answer, kept with it, and told when the result is released."""

import json
import uuid

import pytest
from django.db import IntegrityError, transaction

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from tests.training.learn.conftest import KINDS, sent, words
from training.attempts.actions import Save, Saved, locked_item, record_answer
from training.attempts.certainty import GUESS, SURE, THINK
from training.attempts.models import Attempt, Response
from training.flows import handing_in, starting_a_quiz
from training.grading.models import Grade

JSON = {"headers": {"accept": "application/json"}}
ASKED = "How sure are you?"


@pytest.fixture
def edition(db):
    files = tiny_files()
    put_rules(files, "certainty: true\n", count=KINDS)
    return publish_tiny_course(files=files)


@pytest.fixture
def url(of, position_of):
    return of("question", position_of("single"))


def stored():
    return list(Response.objects.order_by("pk").values_list("answer", "certainty"))


def test_every_kind_of_question_asks_and_another_quiz_does_not(thea_browser, of, attempt, course):
    for position in range(1, KINDS + 1):
        page = words(thea_browser.get(of("question", position)))
        assert page.count(ASKED) == 1
        assert page.count('name="certainty"') == 3
    assert "checked" not in page.split(ASKED)[1].split("</fieldset>")[0]
    other = starting_a_quiz.start(
        attempt.enrolment, course.modules[1], at=NOON, by=attempt.enrolment.trainee
    )
    assert ASKED not in words(thea_browser.get(f"/learn/attempts/{other.key}/1/"))


def test_it_is_saved_with_the_answer_and_shown_again(thea_browser, url):
    thea_browser.post(url, sent({"answer": "recall", "certainty": "3"}))
    assert stored() == [({"option": "recall"}, SURE)]
    page = words(thea_browser.get(url))
    assert 'name="certainty" value="3" id="q' in page
    (chosen,) = [
        one for one in page.split("<input") if 'name="certainty"' in one and "checked" in one
    ]
    assert 'value="3"' in chosen


def test_another_certainty_is_a_save_of_its_own_and_the_same_adds_nothing(thea_browser, url):
    for sequence, certainty in enumerate(("1", "1", "2"), start=1):
        fields = {"answer": "recall", "certainty": certainty}
        told = thea_browser.post(url, sent(fields, min(sequence, 2)), **JSON)
        assert told.json()["state"] == "saved"
    assert stored() == [({"option": "recall"}, GUESS), ({"option": "recall"}, THINK)]


def test_two_pages_that_differ_in_certainty_alone_are_told_apart(thea_browser, url):
    thea_browser.post(url, sent({"answer": "recall", "certainty": "3"}))
    told = thea_browser.post(url, sent({"answer": "recall", "certainty": "1"}))
    assert told.status_code == 409
    shown = [one.split("</section>")[0] for one in words(told).split("<section")[1:]]
    assert [("Sure" in one, "Guess" in one) for one in shown] == [(True, False), (False, True)]
    assert stored() == [({"option": "recall"}, SURE)]


def test_it_is_never_obligatory_and_never_in_the_way(thea_browser, url):
    for number, certainty in enumerate(("", "4", "0", "x", "-1", "1.5"), start=1):
        option = ("recall", "ask")[number % 2]
        told = thea_browser.post(
            url, sent({"answer": option, "certainty": certainty}, number), **JSON
        )
        assert told.json()["state"] == "saved", certainty
    assert {certainty for _answer, certainty in stored()} == {None}
    assert len(stored()) == 6


def test_said_before_there_is_an_answer_it_is_kept(thea_browser, url, of):
    told = thea_browser.post(url, sent({"certainty": "2"}), **JSON).json()
    assert (told["state"], told["answered"]) == ("saved", True)
    assert stored() == [({}, THINK)]
    page = words(thea_browser.get(url))
    assert "data-save-state>Saved 12:00:00<" in page
    assert ", not answered" in page


def test_taking_the_answer_back_takes_it_back_too(thea_browser, url):
    thea_browser.post(url, sent({"answer": "recall", "certainty": "3"}))
    thea_browser.post(url, sent({"answer": "recall", "certainty": "3"}, 2, clear="1"))
    assert stored()[-1] == ({}, None)


def test_a_quiz_that_does_not_ask_takes_none(thea_browser, attempt, course, thea):
    other = starting_a_quiz.start(attempt.enrolment, course.modules[1], at=NOON, by=thea)
    thea_browser.post(
        f"/learn/attempts/{other.key}/1/", sent({"answer": "recall", "certainty": "3"})
    )
    assert stored() == [({"option": "recall"}, None)]


def test_an_attempt_goes_on_asking_when_the_quiz_no_longer_does(thea_browser, url, enrolment):
    cohort = enrolment.cohort
    cohort.edition = publish_tiny_course(files=tiny_files())
    cohort.save()
    assert ASKED in words(thea_browser.get(url))


def test_the_same_save_twice_counts_once_and_with_another_certainty_it_is_no_repetition(
    attempt, thea
):
    key = uuid.uuid4()

    def send(certainty):
        with locked_item(Attempt.objects.of(thea), attempt.key, 1, key) as item:
            answer = registry.key(item.kind, item.body)
            return record_answer(item, Save(answer, key, 1, certainty), at=NOON)

    assert [send(2), send(2), send(3)] == [Saved.STORED, Saved.REPEATED, Saved.REUSED]


def test_the_database_takes_one_to_three_only(attempt):
    item = attempt.items.first()
    for wrong in (0, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(
                item=item,
                key=uuid.uuid4(),
                sequence=1,
                answer={},
                received_at=NOON,
                certainty=wrong,
            )


def test_going_on_without_a_network_the_paper_asks_too(thea_browser, of):
    questions = thea_browser.get(of("paper"), **JSON).json()["questions"]
    assert all(ASKED in one["html"] for one in questions)


def sure_of(attempt, thea, plan):
    """Answer by plan: position to whether it is right, and how sure; then hand in."""
    for position, (right, certainty) in plan.items():
        key = uuid.uuid4()
        with locked_item(Attempt.objects.of(thea), attempt.key, position, key) as item:
            answer = registry.key(item.kind, item.body) if right else wrong(item)
            record_answer(item, Save(answer, key, 1, certainty), at=NOON)
    return handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)


def wrong(item):
    return {
        "option": next(
            one for one in item.order if one != registry.key(item.kind, item.body)["option"]
        )
    }


def singles(attempt):
    return list(
        attempt.items.filter(kind="single").order_by("position").values_list("position", flat=True)
    )


def test_the_result_tells_how_sure_one_was_and_what_was_wrong(thea_browser, of, attempt, thea):
    a, b, c, d, e = singles(attempt)[:5]
    plan = {a: (True, SURE), b: (True, SURE), c: (False, SURE), d: (False, GUESS), e: (True, None)}
    sure_of(attempt, thea, plan)
    page = words(thea_browser.get(of("result")))
    assert "<dt>Sure</dt><dd>2 of 3 were right</dd>" in page
    assert "<dt>Guess</dt><dd>0 of 1 was right</dd>" in page
    assert "Think so</dt>" not in page
    assert "With 1 answer you did not say how sure you were." in page
    told = page.split("Sure and wrong")[1].split("</section>")[0]
    assert f'href="#q{c}"' in told
    assert f'href="#q{d}"' not in told


def test_it_changes_no_mark(attempt, thea):
    first, second = singles(attempt)[:2]
    sure_of(attempt, thea, {first: (True, GUESS), second: (True, SURE)})
    earned = Grade.objects.filter(item__position__in=[first, second]).values_list(
        "points", flat=True
    )
    assert list(earned) == [1, 1]


def test_who_said_nothing_is_told_nothing(thea_browser, of, attempt, thea):
    sure_of(attempt, thea, {singles(attempt)[0]: (True, None)})
    assert "How sure you were" not in words(thea_browser.get(of("result")))


@pytest.mark.parametrize(
    "release",
    ["by-hand", "exam", "{right: by-hand, key: by-hand, feedback: by-hand, panel: by-hand}"],
)
def test_before_the_release_no_response_tells_of_it(enrolment, thea_browser, thea, release):
    files = tiny_files()
    put_rules(files, f"certainty: true\nrelease: {release}\n", count=KINDS)
    cohort = enrolment.cohort
    cohort.edition = publish_tiny_course(files=files)
    cohort.save()
    module = course_of(cohort.edition).modules[0]
    attempt = starting_a_quiz.start(enrolment, module, at=NOON, by=thea, seed=7)
    a, b = singles(attempt)[:2]
    sure_of(attempt, thea, {a: (True, SURE), b: (False, SURE)})
    home = f"/learn/courses/{enrolment.key}/"
    pages = [f"/learn/attempts/{attempt.key}/result/", home, f"{home}progress/", "/learn/"]
    pages.append(f"{home}quizzes/quiz-first/")
    for page in pages:
        got = thea_browser.get(page)
        told = got.content.decode() + json.dumps(dict(got.headers))
        for mark in ("How sure you were", "were right", "was right", "Sure and wrong"):
            assert mark not in told, page


def test_on_one_page_each_question_keeps_its_own(enrolment, thea_browser, thea):
    files = tiny_files()
    put_rules(files, "certainty: true\nlayout: one-page\n", count=3)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 3}", "{objective: consent-recall, count: 3}")
    cohort = enrolment.cohort
    cohort.edition = publish_tiny_course(files=files)
    cohort.save()
    module = course_of(cohort.edition).modules[0]
    attempt = starting_a_quiz.start(enrolment, module, at=NOON, by=thea, seed=7)
    home = f"/learn/attempts/{attempt.key}/all/"
    sheet = {}
    for position, certainty in ((1, "1"), (2, "3"), (3, "")):
        fields = sent({"answer": "recall", "certainty": certainty})
        sheet |= {f"q{position}-{name}": value for name, value in fields.items()}
    thea_browser.post(home, sheet)
    by_position = dict(Response.objects.values_list("item__position", "certainty"))
    assert by_position == {1: GUESS, 2: SURE, 3: None}
    page = words(thea_browser.get(home))
    assert page.count(ASKED) == 3
    assert page.count('name="q2-certainty"') == 3
