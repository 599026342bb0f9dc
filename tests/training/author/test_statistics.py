"""The statistics beside the source: by revision of a quiz and of a question."""

import pytest
from django.urls import reverse

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document
from tests.training.statistics.conftest import classmates, sit

__all__ = ["classmates"]


@pytest.fixture
def its_quiz(edition):
    return course_of(edition).modules[0].quiz


def test_an_author_goes_from_a_question_to_its_figures(signed_in, aude, enrolment, noon, its_quiz):
    attempt = sit(enrolment, noon, right=3)
    browser = signed_in(aude)
    question = attempt.items.filter(kind="single").first().document
    listed = reverse("author:statistics", args=(question.key,))
    assert listed in browser.get(reverse("author:document", args=(question.key,))).content.decode()
    page = browser.get(listed)
    assert "Too few to judge (n = 1)." in page.content.decode()
    url = reverse("author:question_statistics", args=(its_quiz.key, 1, question.key, 1))
    assert url in page.content.decode()
    assert "declares your attaché persona non grata" in browser.get(url).content.decode()


def test_an_author_goes_from_a_quiz_to_its_figures_and_its_file(
    signed_in, aude, enrolment, noon, its_quiz
):
    sit(enrolment, noon, right=3)
    browser = signed_in(aude)
    listed = reverse("author:statistics", args=(its_quiz.key,))
    assert listed in browser.get(reverse("author:document", args=(its_quiz.key,))).content.decode()
    url = reverse("author:quiz_statistics", args=(its_quiz.key, 1))
    assert url in browser.get(listed).content.decode()
    assert "n = 1 first attempt," in browser.get(url).content.decode()
    file = browser.get(reverse("author:statistics_csv", args=(its_quiz.key, 1)))
    assert b"".join(file.streaming_content).count(b"\r\n") == 7


def test_what_was_never_asked_says_so(signed_in, aude, edition):
    question = Document.objects.get(slug="consent-check")
    page = signed_in(aude).get(reverse("author:statistics", args=(question.key,)))
    assert "No quiz that was handed in has asked this question." in page.content.decode()


def test_a_lesson_or_a_revision_that_there_is_not_has_no_statistics(
    signed_in, aude, its_quiz, edition
):
    browser = signed_in(aude)
    lesson = Document.objects.get(slug="consent")
    for url in (
        reverse("author:statistics", args=(lesson.key,)),
        reverse("author:quiz_statistics", args=(its_quiz.key, 9)),
        reverse("author:quiz_statistics", args=(its_quiz.key, 10**25)),
        reverse("author:quiz_statistics", args=(lesson.key, 1)),
        reverse("author:question_statistics", args=(its_quiz.key, 1, lesson.key, 10**25)),
    ):
        assert browser.get(url).status_code == 404, url


def test_the_lists_cost_the_same_whatever_was_handed_in(
    signed_in, aude, classmates, noon, its_quiz, django_assert_num_queries
):
    browser = signed_in(aude)
    people = classmates(5)
    question = sit(people.pop(), noon, right=2).items.first().document
    for url, most in (
        (reverse("author:statistics", args=(its_quiz.key,)), 7),
        (reverse("author:statistics", args=(question.key,)), 5),
    ):
        sit(people.pop(), noon, right=2)
        browser.get(url)
        with django_assert_num_queries(most):
            browser.get(url)
        sit(people.pop(), noon, right=4)
        browser.get(url)
        with django_assert_num_queries(most):
            browser.get(url)
