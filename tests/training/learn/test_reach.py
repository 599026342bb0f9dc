"""Whose pages these are: one's own, and nobody else's."""

import pytest

from training.audit.actions import SITE
from training.flows.enrolling import withdraw

PAGES = [
    ("get", "course"),
    ("get", "progress"),
    ("get", "glossary"),
    ("get", "lesson", "consent"),
    ("get", "lesson_print", "consent"),
    ("post", "lesson_read", "consent"),
    ("post", "place", "consent"),
    ("post", "check", "consent", "consent-check"),
    ("get", "quiz", "quiz-first"),
    ("post", "start", "quiz-first"),
]
ATTEMPT = [
    ("get", "resume"),
    ("get", "question", 1),
    ("post", "question", 1),
    ("get", "review"),
    ("get", "paper"),
    ("get", "clock"),
    ("post", "hand_in"),
    ("get", "result"),
]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_course_is_its_own_trainees_alone(page, at, signed_in, otto, ada):
    method, name, *more = page
    for person in (otto, ada):
        response = getattr(signed_in(person), method)(at(name, *more))
        assert response.status_code == 404


@pytest.mark.parametrize("page", PAGES + ATTEMPT, ids=str)
def test_a_withdrawn_trainee_finds_nothing(page, at, of, signed_in, thea, enrolment):
    withdraw(enrolment, at=enrolment.enrolled_at, by=SITE, reason="posted elsewhere")
    method, name, *more = page
    url = (of if page in ATTEMPT else at)(name, *more)
    assert getattr(signed_in(thea), method)(url).status_code == 404


@pytest.mark.parametrize("page", ATTEMPT, ids=str)
def test_an_attempt_is_its_own_trainees_alone(page, of, signed_in, ines, sam):
    method, name, *more = page
    for person in (ines, sam):
        assert getattr(signed_in(person), method)(of(name, *more)).status_code == 404


def test_who_is_no_trainee_is_not_let_in(signed_in, ines, aude, ada, sam):
    for person in (ines, aude, ada, sam):
        assert signed_in(person).get("/learn/").status_code == 403


@pytest.mark.parametrize("page", PAGES + ATTEMPT, ids=str)
def test_the_other_method_is_refused(page, at, of, thea_browser):
    method, name, *more = page
    if name == "question":
        return
    url = (of if page in ATTEMPT else at)(name, *more)
    other = "get" if method == "post" else "post"
    assert getattr(thea_browser, other)(url).status_code == 405


@pytest.mark.parametrize(
    "page",
    [
        ("lesson", "nowhere"),
        ("lesson_print", "nowhere"),
        ("quiz", "nowhere"),
        ("lesson", "quiz-first"),
        ("quiz", "consent"),
    ],
    ids=str,
)
def test_what_the_course_does_not_have_is_not_found(page, at, thea_browser):
    assert thea_browser.get(at(*page)).status_code == 404
