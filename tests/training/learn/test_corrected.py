"""A corrected question as its trainee sees it: told on the first page, each grade on the result."""

from datetime import timedelta

import pytest

from tests.factories import NOON
from tests.training.flows.correcting import Wrong, sit, undone
from tests.training.learn.conftest import words
from training.notices.models import Notice

ALSO = {"form": "also", "options": ["ask"]}
SAID = (
    "A question in the quiz of module 1 was corrected on 16 January 2030: your result changed from "
    "92.86 % to 100 %, passed."
)


@pytest.fixture
def later(clock, corrected, thea, signed_in):
    """Thea's browser two days later."""
    clock.shift(timedelta(days=2))
    return signed_in(thea)


@pytest.fixture
def corrected(enrolment, ines, ada):
    """Thea's attempt with one wrong answer, which a correction credits a day later."""
    attempt = sit(enrolment, NOON, {"consent-1": {"option": "ask"}})
    done = Wrong("consent-1").corrected(ALSO, ines, ada, NOON + timedelta(days=1))
    return attempt, done


def test_the_first_page_tells_it_until_it_is_noted(later, corrected, thea):
    attempt, _done = corrected
    page = words(later.get("/learn/"))
    assert SAID in page
    assert f"/learn/attempts/{attempt.key}/result/" in page
    notice = Notice.objects.get(person=thea)
    for _again in range(2):
        assert later.post(f"/learn/notices/{notice.key}/noted/").status_code == 303
    assert SAID not in words(later.get("/learn/"))
    assert Notice.objects.get().read_at is not None


def test_the_result_shows_every_grade_with_its_reason(later, corrected):
    attempt, _done = corrected
    page = words(later.get(f"/learn/attempts/{attempt.key}/result/"))
    assert "15 January 2030: 0 of 1 points." in page
    assert "16 January 2030, corrected: 1 of 1 points. The key is wrong." in page
    assert page.count("This question was corrected.") == 1
    assert "<strong>100 %</strong>" in page


def test_an_undone_correction_is_told_too(later, corrected, ines, ada):
    undone(corrected[1], ines, ada, NOON + timedelta(days=2))
    page = words(later.get("/learn/"))
    assert "was undone on 17 January 2030: your result changed from 100 % to 92.86 %" in page
    shown = words(later.get(f"/learn/attempts/{corrected[0].key}/result/"))
    assert "17 January 2030, corrected: 0 of 1 points. It was right." in shown


def test_nobody_notes_what_another_was_told(signed_in, corrected, sam, ines):
    notice = Notice.objects.get()
    for who in (sam, ines):
        assert signed_in(who).post(f"/learn/notices/{notice.key}/noted/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_news_cost_the_first_page_one_statement_however_many(
    thea_browser, thea, enrolment, corrected, counted
):
    found = []
    for _turn in range(2):
        thea_browser.get("/learn/")
        with counted() as statements:
            thea_browser.get("/learn/")
        found.append(len(statements))
        told = Notice.objects.first()
        for _number in range(29):
            Notice.objects.create(
                person=thea, enrolment=enrolment, kind=told.kind, facts=told.facts, at=NOON
            )
    assert found == [5, 5]
