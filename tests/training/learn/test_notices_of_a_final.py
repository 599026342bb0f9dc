"""What is told about a quiz that stands in no module names it by its title."""

import re
from datetime import timedelta

import pytest

from curriculum.questions import registry
from tests.factories import NOON
from tests.final import sit_final
from tests.tiny_course import publish_tiny_course, put_final, tiny_files
from tests.training.flows.correcting import Wrong, approved
from tests.training.flows.late import count, too_late
from tests.written_course import FULL, NONE, written_files
from training.attempts.models import Attempt
from training.flows import marking_an_answer, releasing_results
from training.marking.actions import Given
from training.marking.models import Sheet
from training.notices.models import Notice

FILE = "tiny/final.quiz.md"
AN_HOUR_AGO = NOON - timedelta(hours=1)


@pytest.fixture
def final(cohort, enrolment):
    """Publish a final with these rules; `written`: both questions on module 1 ask for words."""

    def act(rules="", *, written=False):
        files = put_final(written_files() if written else tiny_files(), rules)
        if written:
            head = files[FILE].partition("  - {module: first, level: recall")[0]
            drawn = "  - {module: first, written: true, count: 2}\n  - {module: second, count: 2}"
            files[FILE] = f"{head}{drawn}\n---\nAsk.\n"
        cohort.edition = publish_tiny_course(files=files)
        cohort.save()
        enrolment.cohort = cohort
        return enrolment

    return act


@pytest.fixture
def told(thea_browser):
    """The notices on the first page, each without its link."""

    def read():
        page = thea_browser.get("/learn/").content.decode()
        said = re.findall(r'<div class="notice[^"]*">(.*?)</p>', page, re.DOTALL)
        said = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in said]
        return [one.removesuffix(" See the result") for one in said]

    return read


def correct(attempt, ines, ada):
    """The first question with one key gets another."""
    item = attempt.items.filter(kind="single").select_related("document").first()
    proposed = Wrong(item.document.slug).proposed(
        {"form": "key", "options": ["ask"]}, ines, NOON, "both-ways"
    )
    approved(proposed, ada, NOON)


def test_marks_given_and_changed(final, told, ines):
    sit_final(final(written=True), at=AN_HOUR_AGO)
    own = Sheet.objects.taught_by(ines)
    for sheet in Sheet.objects.all():
        marking_an_answer.give(own, sheet.key, Given(NONE), at=NOON, by=ines)
    assert told() == [
        "Your written answers in “Final test” were marked on 15 January 2030: the quiz is wholly "
        "marked now."
    ]
    again = Given(FULL, reason="Read again.")
    marking_an_answer.change(own, Sheet.objects.latest("pk").key, again, at=NOON, by=ines)
    assert told()[0] == (
        "The mark of a written answer in “Final test” was changed on 15 January 2030."
    )


def test_a_correction(final, told, ines, ada):
    correct(sit_final(final(), at=AN_HOUR_AGO), ines, ada)
    assert told()[0].startswith(
        "The marking of a question in “Final test” changed on 15 January 2030: your result changed "
        "from 100 % to "
    )


def test_a_correction_before_the_result_is_released_and_the_release(final, told, ines, ada):
    correct(sit_final(final("\nrelease: by-hand"), at=AN_HOUR_AGO), ines, ada)
    assert told() == [
        "A question in “Final test” was corrected on 15 January 2030. Your result takes it into "
        "account; it is not released yet."
    ]
    releasing_results.release(Attempt.objects.all(), at=NOON, by=ines)
    assert told()[0] == "The result of “Final test” was released on 15 January 2030."


def test_a_decision_on_late_answers(final, told, ines):
    attempt = sit_final(final(), at=AN_HOUR_AGO, but=[1])
    item = attempt.items.get(position=1)
    late = too_late(attempt, 1, registry.key(item.kind, item.body), at=NOON)
    count(attempt, ines, {1: late}, at=NOON)
    assert told()[0] == (
        "It was decided on 15 January 2030 which of your late answers count in “Final test”."
    )


def test_notices_from_before_the_title_was_kept_have_no_hole(final, told, ines):
    attempt = sit_final(final(), at=AN_HOUR_AGO)
    for kind in (Notice.Kind.QUIZ_MARKED, Notice.Kind.MARK_CHANGED):
        facts = {"attempt": str(attempt.key), "module": None, "slug": ""}
        Notice.objects.create(
            person=attempt.enrolment.trainee,
            enrolment=attempt.enrolment,
            kind=kind,
            facts=facts,
            at=NOON,
        )
    assert all("in “a quiz of the whole course” w" in one for one in told())
