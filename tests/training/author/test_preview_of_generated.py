"""An author sees a question that is made anew as one of many, and may ask for another."""

import uuid

import pytest
from django.urls import reverse

from curriculum.documents.models import Document
from tests.tiny_course import publish_tiny_course, put, tiny_files

QUESTION = """kind: generated
objective: refusal-recall
level: recall
source: vcdr 16
generator: time_zones
options: {ask: group}
---
"""


@pytest.fixture
def edition(db):
    files = tiny_files()
    put(files, "tiny/01-first/questions/made.md", QUESTION)
    return publish_tiny_course(files=files)


@pytest.fixture
def browser(signed_in, aude, edition):
    return signed_in(aude)


def url(slug, **query):
    key = Document.objects.get(slug=slug, kind="question").key
    return reverse("author:preview", args=[key], query=query)


def prompt(page):
    words = page.content.decode()
    return words[words.index("keeps ") : words.index("The log is kept")]


def test_each_seed_shows_its_own_question_and_links_to_the_next(browser):
    first = browser.get(url("made"))
    assert prompt(first) == prompt(browser.get(url("made", seed=0)))
    words = first.content.decode()
    assert "This question is made anew for each attempt." in words
    assert "?revision=1&amp;seed=1" in words
    assert prompt(first) != prompt(browser.get(url("made", seed=1)))


def test_an_answer_is_marked_against_the_question_of_its_seed(browser):
    page = browser.get(url("made", seed=3)).content.decode()
    assert "?revision=1&amp;seed=3" in page
    sent = {"key": uuid.uuid4(), "sequence": 1, "answer": "010000ZJAN30"}
    why = browser.post(url("made", seed=3), sent)
    assert why.status_code == 200
    assert "To UTC" in why.content.decode()


def test_a_seed_that_is_no_number_is_not_found(browser):
    assert browser.get(url("made", seed="x")).status_code == 404


def test_an_ordinary_question_has_no_other_seed(browser):
    page = browser.get(url("consent-check")).content.decode()
    assert "made anew" not in page
    assert "seed=" not in page


def test_the_page_of_the_document_shows_one_and_says_what_it_is(browser):
    key = Document.objects.get(slug="made", kind="question").key
    page = browser.get(reverse("author:document", args=[key])).content.decode()
    assert "made anew for each attempt" in page
    assert "generator: time_zones" in page
    assert "One moment in two time zones" in page


def test_the_course_page_counts_it_by_its_kind(browser):
    page = browser.get(reverse("author:course", args=["tiny"])).content.decode()
    assert "made anew for each attempt" in page
