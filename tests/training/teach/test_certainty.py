"""Certainty at the instructor's desk: at an attempt, in a loaded file, and in the statistics."""

import csv
import json
import uuid
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.http import QueryDict
from django.urls import reverse

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from tests.training.statistics.conftest import classmates
from tests.training.statistics.test_certainty import sit
from training.answers.kinds import form_of_item
from training.attempts.actions import locked_item, record_answer
from training.attempts.certainty import with_certainty
from training.attempts.models import Attempt, Item, Response
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start

__all__ = ["classmates"]


@pytest.fixture
def edition(db):
    files = tiny_files()
    put_rules(files, "certainty: true\n")
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace(
        "{count: 6}",
        "{objective: consent-recall, count: 2}\n  - {objective: consent-apply, count: 1}",
    )
    return publish_tiny_course(files=files)


def words(answer):
    return " ".join(answer.content.decode().split())


def test_each_answer_of_an_attempt_says_how_sure_it_was(signed_in, ines, enrolment):
    attempt = sit(enrolment, NOON, [(True, 3), (False, 1), (True, None)])
    page = words(signed_in(ines).get(reverse("teach:attempt", args=(attempt.key,))))
    assert page.count("· Sure") == 1
    assert page.count("· Guess") == 1
    assert "Think so" not in page


@pytest.fixture
def brought(signed_in, ines, enrolment):
    """Load a file with one answer to the first question, said with this certainty."""
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=NOON, by=enrolment.trainee, seed=1)
    item = attempt.items.with_answers().get(position=1)

    def act(certainty, answered=None):
        if answered:
            with locked_item(Attempt.objects.all(), attempt.key, 1, answered.key) as one:
                record_answer(one, answered, at=NOON)
        hand_in(Attempt.objects.all(), attempt.key, at=NOON, by=enrolment.trainee)
        form = form_of_item(item)
        fields = [["answer", form.fields["answer"].choices[0][0]], ["certainty", certainty]]
        entry = {
            "answer": f"{attempt.key}/1",
            "fields": fields,
            "at": int((NOON + timedelta(seconds=30)).timestamp() * 1000),
        }
        raw = json.dumps({"person": str(enrolment.trainee.key), "answers": [entry]}).encode()
        url = reverse("teach:answers_file", args=(attempt.key,))
        sent = {"content": raw.decode(), "reason": "The network was down."}
        signed_in(ines).post(url, sent)
        return list(Response.objects.filter(late=True).values_list("item", "certainty"))

    act.item = item
    return act


def test_a_file_brings_it_along(brought):
    assert brought("2") == [(brought.item.pk, 2)]


def first_choice(item, certainty):
    """The answer that the file says, in the shape that is marked."""
    data = QueryDict(mutable=True)
    value = form_of_item(item).fields["answer"].choices[0][0]
    data.update({"answer": value, "key": str(uuid.uuid4()), "sequence": "1"})
    form = form_of_item(item, data)
    assert form.is_valid()
    return replace(form.save_wanted, certainty=certainty)


@pytest.mark.parametrize(("stands", "late"), [(3, 1), (None, 1), (2, 0)])
def test_a_file_that_says_the_same_less_or_more_surely_says_something_new(brought, stands, late):
    item = Item.objects.filter(pk=brought.item.pk).with_answers()
    save = first_choice(with_certainty(item).get(), stands)
    assert brought("2", save) == [(brought.item.pk, 2)] * late


@pytest.fixture
def page(signed_in, ines, cohort):
    quiz = course_of(cohort.edition).modules[0].quiz
    browser = signed_in(ines)
    return lambda name="quiz_statistics": browser.get(
        reverse(f"teach:{name}", args=(cohort.key, quiz.slug))
    )


def test_calibration_and_who_was_sure_and_wrong_with_n_and_interval(page, classmates):
    for number, one in enumerate(classmates(30)):
        sit(one, NOON, [(number % 2 == 0, 3), (True, 3), (number < 10, 1)])
    answer = page()
    found = answer.context["calibration"]
    assert [(one.word, one.n, one.right, one.judged) for one in found.levels] == [
        ("Guess", 30, 10, True),
        ("Think so", 0, 0, False),
        ("Sure", 60, 45, True),
    ]
    assert (found.levels[2].share.value, found.levels[2].share.interval) == ("75 %", "63 to 84")
    (objective,) = found.objectives
    assert (objective.words, objective.sure, objective.wrong) == (
        "Recall what Consent says.",
        30,
        15,
    )
    assert objective.stands_out
    (question,) = found.questions
    assert (question.sure, question.wrong, question.stands_out) == (30, 15, True)
    told = words(answer)
    assert "How sure they were" in told and "Look</span> More than one in five" in told


def test_below_thirty_nothing_is_judged(page, classmates):
    for one in classmates(5):
        sit(one, NOON, [(False, 3), (True, 2), (True, 1)])
    found = page().context["calibration"]
    assert not any(one.judged for one in (*found.levels, *found.objectives, *found.questions))
    assert {one.said for one in found.questions} == {"Too few to judge (n = 5)."}
    assert not any(one.stands_out for one in found.questions)


def test_where_nobody_said_how_sure_nothing_is_shown(page, classmates):
    (one,) = classmates(1)
    sit(one, NOON, [(True, None)] * 3)
    answer = page()
    assert answer.context["calibration"] is None
    assert "How sure they were" not in words(answer)


def test_the_file_counts_each_certainty_by_outcome(page, classmates):
    (one,) = classmates(1)
    sit(one, NOON, [(True, 3), (False, 3), (True, 1)])
    raw = b"".join(page("statistics_csv").streaming_content).decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(raw, newline=""))
    assert head[-9:] == [
        f"{word}: {outcome}"
        for word in ("Guess", "Think so", "Sure")
        for outcome in ("right", "partly right", "wrong")
    ]
    total = [sum(int(row[at]) for row in rows) for at in range(-9, 0)]
    assert total == [1, 0, 0, 0, 0, 0, 1, 0, 1]


def test_the_author_sees_it_beside_the_source(signed_in, aude, classmates):
    (one,) = classmates(1)
    sit(one, NOON, [(True, 3), (False, 3), (True, 1)])
    quiz = Document.objects.get(slug="quiz-first")
    url = reverse("author:quiz_statistics", args=(quiz.key, quiz.revisions.latest("number").number))
    assert "How sure they were" in words(signed_in(aude).get(url))
