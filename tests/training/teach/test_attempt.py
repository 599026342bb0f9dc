"""One attempt as it was taken."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from curriculum.questions import registry
from curriculum.quizzes.release import PRESETS, Preset, When
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.attempts.rules import Window
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows import setting_terms
from training.flows.answering_a_check import answer_check
from training.teach.readings.attempt import words
from training.terms.actions import Wanted

MINUTE = timedelta(minutes=1)


def page_of(attempt):
    return reverse("teach:attempt", args=(attempt.key,))


def test_the_rules_in_force_stand_on_the_page(signed_in, ines, enrolment, sit, noon):
    taken = signed_in(ines).get(page_of(sit(enrolment, noon))).context["taken"]
    assert dict(taken.rules) == {
        "Pass mark": "70 %",
        "Time": "20 minutes",
        "Attempts": "3",
        "Wait between attempts": "60 minutes",
        "What counts": "the best",
        "Questions": "one a page, in any order",
        "Order of questions": "part by part of the quiz, mixed within each part",
        "Order of options": "mixed, where the question allows it",
        "How sure": "not asked",
        "Open": "At any time",
        "Network": "any",
        "Results shown": "Everything after handing in",
    }


def test_the_rules_of_the_cohort_stand_there_as_they_were_and_what_was_changed_beside_them(
    signed_in, ines, enrolment, cohort, course, sit, noon
):
    def set_to(minutes, networks, release):
        wanted = Wanted(Window(noon, noon + minutes * MINUTE), "", networks, release)
        quiz = course.modules[0].quiz
        setting_terms.set_terms(cohort, quiz, wanted, "exam", at=noon, by=SITE)

    set_to(60, ("192.0.2.0/24", "198.51.100.7"), PRESETS[Preset.EXAM])
    attempt = sit(enrolment, noon)
    browser = signed_in(ines)
    then = dict(browser.get(page_of(attempt)).context["taken"].rules)
    assert then["Open"] == "15 Jan 2030, 12:00 UTC to 15 Jan 2030, 13:00 UTC"
    assert then["Network"] == "192.0.2.0/24, 198.51.100.7"
    assert then["Results shown"].startswith("Exam: the score after handing in")
    set_to(90, (), replace(PRESETS[Preset.EXAM], panel=When.NEVER))
    page = browser.get(page_of(attempt))
    assert dict(page.context["taken"].rules) == then
    assert "Spread of a panel: never. The quiz is now open: 15 Jan 2030, 12:00 UTC to" in (
        page.context["taken"].release_since
    )
    assert 'id="release-since"' in page.content.decode()


def test_options_stand_in_the_order_in_which_they_were_shown(signed_in, ines, enrolment, sit, noon):
    attempt = sit(enrolment, noon)
    taken = signed_in(ines).get(page_of(attempt)).context["taken"]
    for asked in taken.items:
        if asked.item.kind == "single":
            texts = {option["id"]: option["text"] for option in asked.item.body["options"]}
            shown = [texts[each] for each in asked.item.order]
            assert [part.text.replace("&#x27;", "'") for part in asked.parts] == [
                text for text in shown
            ]


def test_every_answer_is_listed_with_the_late_one_marked_and_the_other_in_force(
    signed_in, ines, enrolment, sit, noon
):
    attempt = sit(enrolment, noon - timedelta(days=9000), right=True, handed_in=False)
    key = uuid.uuid4()
    late = attempt.due_at + timedelta(seconds=1)
    with locked_item(Attempt.objects.all(), attempt.key, 1, key) as item:
        record_answer(item, Save({}, key, 2), at=late)
    page = signed_in(ines).get(page_of(attempt))
    first = page.context["taken"].items[0]
    assert [(one.sequence, one.late, one.in_force) for one in first.responses] == [
        (1, False, True),
        (2, True, False),
    ]
    assert first.percent == 100
    assert "Late or out of turn, not graded" in page.content.decode()


def test_an_open_attempt_shows_its_answers_and_says_that_it_is_open(
    signed_in, ines, enrolment, sit
):
    from django.utils import timezone

    attempt = sit(enrolment, timezone.now() - timedelta(minutes=2), handed_in=False)
    page = signed_in(ines).get(page_of(attempt))
    assert "This attempt is open." in page.content.decode()
    assert all(asked.grade is None for asked in page.context["taken"].items)


def test_an_inline_check_has_the_same_page(signed_in, ines, thea, enrolment, course, noon):
    save = Save({"option": "recall"}, uuid.uuid4(), 1)
    lesson, question = course.lessons["consent"], course.questions["consent-check"]
    attempt = answer_check(enrolment, lesson, question, save, at=noon, by=thea)
    taken = signed_in(ines).get(page_of(attempt)).context["taken"]
    assert taken.title == "Inline check"
    assert taken.items[0].answer == "Recall the attaché or end their functions."


def test_each_look_is_written_down(signed_in, ines, enrolment, sit, noon):
    attempt = sit(enrolment, noon)
    signed_in(ines).get(page_of(attempt))
    assert AuditEntry.objects.get(verb="viewed").object_key == str(attempt.key)


def test_the_page_costs_the_same_for_any_number_of_answers(
    signed_in, ines, enrolment, sit, noon, queries
):
    attempt = sit(enrolment, noon, handed_in=False)
    browser = signed_in(ines)
    one = queries(browser, page_of(attempt))
    for position in range(1, attempt.items.count() + 1):
        for _again in range(3):
            key = uuid.uuid4()
            with locked_item(Attempt.objects.all(), attempt.key, position, key) as item:
                record_answer(item, Save({}, key, (item.sequence_now or 0) + 1), at=noon)
    assert queries(browser, page_of(attempt)) == one <= 10


@pytest.mark.parametrize("slug", ["single", *registry.KINDS])
def test_an_answer_of_every_kind_is_told_in_words(course, slug):
    found = [one for one in course.questions.values() if one.kind == slug]
    for question in found:
        item = Like(question.kind, course.body(question.revision_id))
        assert words(item, registry.key(item.kind, item.body))
        assert words(item, {}) == "No answer"
        assert words(item, {"nonsense": "<b>"}) in {"An answer that cannot be read", "No answer"}


class Like:
    """An item without a row."""

    def __init__(self, kind, body):
        self.kind, self.body = kind, body


def test_what_a_trainee_typed_is_text_and_never_html(signed_in, ines, enrolment, course, noon):
    from tests.factories.training import AttemptFactory, ItemFactory, ResponseFactory

    question = next(one for one in course.questions.values() if one.kind == "short")
    attempt = AttemptFactory(enrolment=enrolment)
    item = ItemFactory(attempt=attempt, kind="short", body=course.body(question.revision_id))
    ResponseFactory(item=item, answer={"text": "<script>alert(1)</script>"})
    ResponseFactory(item=item, sequence=2, answer={"text": ["<script>alert(2)</script>"]})
    text = signed_in(ines).get(page_of(attempt)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
