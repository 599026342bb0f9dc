"""Starting a quiz: one attempt, frozen, under the rules in force."""

from datetime import timedelta

import pytest

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from curriculum.quizzes.rules import QuizRules
from tests.factories.training import CohortFactory
from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from training.attempts.models import Attempt
from training.flows import drawing_a_paper, handing_in
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import NotNow, start


@pytest.fixture
def module(enrolment):
    return course_of(enrolment.cohort.edition).modules[0]


def hand_in(attempt, at):
    person = attempt.enrolment.trainee
    return handing_in.hand_in(Attempt.objects.of(person), attempt.key, at=at, by=person)


def test_two_clicks_land_on_one_attempt(enrolment, module, thea, noon):
    first = start(enrolment, module, at=noon, by=thea)
    second = start(enrolment, module, at=noon + timedelta(seconds=1), by=thea)
    assert first.key == second.key
    assert Attempt.objects.count() == 1
    assert first.items.count() == module.quiz.facts["rules"]["draw"][0]["count"]


def test_the_deadline_is_twenty_minutes_after_the_start(enrolment, module, thea, noon):
    attempt = start(enrolment, module, at=noon, by=thea)
    assert attempt.due_at == noon + timedelta(minutes=20)
    assert attempt.seconds_left(noon + timedelta(minutes=19)) == 60


def test_a_second_attempt_waits_and_a_fourth_is_refused(enrolment, module, thea, noon):
    at = noon
    for _ in range(3):
        hand_in(start(enrolment, module, at=at, by=thea), at)
        with pytest.raises(NotNow):
            start(enrolment, module, at=at + timedelta(minutes=59), by=thea)
        at += timedelta(hours=1)
    with pytest.raises(NotNow) as refused:
        start(enrolment, module, at=at + timedelta(days=9), by=thea)
    assert refused.value.permission.reason == "none-left"


def test_the_wait_says_from_when(enrolment, module, thea, noon):
    hand_in(start(enrolment, module, at=noon, by=thea), noon)
    with pytest.raises(NotNow) as refused:
        start(enrolment, module, at=noon, by=thea)
    assert refused.value.permission.not_before == noon + timedelta(hours=1)


def test_unseen_questions_come_first(enrolment, module, thea, noon):
    first = start(enrolment, module, at=noon, by=thea)
    asked = set(first.items.values_list("document", flat=True))
    hand_in(first, noon)
    second = start(enrolment, module, at=noon + timedelta(hours=2), by=thea)
    again = set(second.items.values_list("document", flat=True)) & asked
    pool = len(course_of(enrolment.cohort.edition).pool(module))
    assert len(again) == max(0, 2 * len(asked) - pool)


def test_inline_checks_are_not_drawn(enrolment, module, thea, noon):
    attempt = start(enrolment, module, at=noon, by=thea)
    checks = course_of(enrolment.cohort.edition).inline_checks
    assert not checks & set(attempt.items.values_list("document__slug", flat=True))


def test_an_overdue_attempt_is_closed_at_its_deadline_before_another_starts(
    enrolment, module, thea, noon
):
    first = start(enrolment, module, at=noon, by=thea)
    second = start(enrolment, module, at=noon + timedelta(hours=5), by=thea)
    first.refresh_from_db()
    assert (first.handed_in_at, first.closed_by) == (first.due_at, "clock")
    assert second.number == 2


def test_a_question_edited_in_mid_attempt_changes_nothing_in_it(enrolment, module, thea, noon):
    attempt = start(enrolment, module, at=noon, by=thea, seed=1)
    before = list(attempt.items.values("body", "order", "revision"))
    files = {
        path: text.replace("- [x] Recall", "- [ ] Recall").replace("- [ ] Expel", "- [x] Expel")
        for path, text in tiny_files().items()
    }
    assert publish_tiny_course(files=files).number == 2
    assert list(attempt.items.values("body", "order", "revision")) == before
    item = attempt.items.filter(kind="single").first()
    assert registry.mark("single", item.body, {"option": "recall"}).fraction == 1


def test_the_same_seed_gives_the_same_paper(enrolment, module, thea, noon):
    attempt = start(enrolment, module, at=noon, by=thea, seed=99)
    papers = [
        drawing_a_paper.paper_of(
            course_of(enrolment.cohort.edition),
            module,
            QuizRules.from_dict(attempt.rules),
            99,
            drawing_a_paper.Preferred(),
        )
        for _ in range(2)
    ]
    kept = list(attempt.items.values_list("document_id", "order"))
    assert all([(one.document_id, one.order) for one in paper] == kept for paper in papers)


def asked_in(files, person, at):
    """The items of an attempt at the quiz of module 1 of the course in these files."""
    enrolment = enrol(
        CohortFactory(edition=publish_tiny_course(files=files)), person, at=at, by=person
    )
    course = course_of(enrolment.cohort.edition)
    return list(start(enrolment, course.modules[0], at=at, by=person, seed=7).items.all())


def test_a_quiz_may_keep_the_authored_order_of_questions_and_options(db, thea, noon):
    files = tiny_files(10)
    put_rules(files, "order: authored\nshuffle: false\n")
    asked = asked_in(files, thea, noon)
    slugs = [item.document.slug for item in asked]
    assert slugs == sorted(slugs)
    assert all(item.order == ["ask", "recall", "expel"] for item in asked if item.kind == "single")
    ordering = next((item for item in asked if item.kind == "ordering"), None)
    assert ordering is None or ordering.order != ["ask", "receive", "send"]


def test_a_question_may_keep_the_order_of_its_options_for_itself(db, thea, noon):
    files = tiny_files(10)
    put_rules(files, "order: mixed\n")
    kept = "tiny/01-first/questions/consent-2.md"
    files[kept] = files[kept].replace("kind: single\n", "kind: single\nshuffle: false\n")
    put_rules(files, "", count=17)
    asked = asked_in(files, thea, noon)
    orders = {item.document.slug: item.order for item in asked if item.kind == "single"}
    assert orders.pop("consent-2") == ["ask", "recall", "expel"]
    assert len({tuple(order) for order in orders.values()}) > 1
    slugs = [item.document.slug for item in asked]
    assert slugs != sorted(slugs)
