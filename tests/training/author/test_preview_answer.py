"""A question in the preview can be answered like a trainee's, and nothing of it is stored."""

import uuid

import pytest
from django.urls import reverse

from curriculum.documents.models import Document
from tests.tiny_course import publish_tiny_course, tiny_files
from training.attempts.models import Attempt, Response


@pytest.fixture
def preview(signed_in, aude, edition):
    """Answer a question of the tiny course in its preview."""
    client = signed_in(aude)

    def act(slug, **fields):
        question = Document.objects.get(slug=slug, kind="question")
        url = reverse("author:preview", args=[question.key])
        if not fields:
            return client.get(url)
        return client.post(url, {"key": uuid.uuid4(), "sequence": 1, **fields})

    return act


def test_the_form_is_that_of_a_trainee(preview):
    page = preview("consent-check").content.decode()
    assert 'type="radio"' in page
    assert "Answer and see why" in page


@pytest.mark.parametrize("slug", ["kind-short", "kind-cloze", "kind-written"])
def test_what_must_not_be_entered_is_told_as_a_trainee_is_told(preview, slug):
    page = preview(slug).content.decode()
    assert "Unclassified training: do not enter operational information." in page


def test_an_answer_is_explained_and_nothing_is_stored(preview):
    page = preview("consent-check", answer="ask")
    assert page.status_code == 200
    assert "The receiving State need not explain its decision." in page.content.decode()
    assert "Answer again" in page.content.decode()
    assert not Attempt.objects.exists()
    assert not Response.objects.exists()


def test_an_unknown_option_is_refused_with_a_message(preview):
    page = preview("consent-check", answer="nobody")
    assert page.status_code == 400
    assert "There is a problem" in page.content.decode()


def test_every_kind_can_be_answered_in_its_preview(preview):
    sent = {
        "kind-short": {"answer": "agrément"},
        "kind-numeric": {"answer": "1961"},
        "kind-true-false": {"answer": "false"},
        "kind-cloze": {"blank-b1": "sending", "blank-b2": "receiving"},
        "kind-matching": {"match-a4": "consent", "match-a9": "png"},
        "kind-ordering": {"place-ask": "1", "place-receive": "2", "place-send": "3"},
        "kind-judgement": {"answer": "ask"},
        "kind-multiple": {"answer": ["refuse", "png"]},
    }
    for slug, fields in sent.items():
        page = preview(slug, **fields)
        assert page.status_code == 200, slug
        assert 'class="feedback ok"' in page.content.decode(), slug


def test_a_lesson_takes_no_answer(signed_in, aude, edition):
    lesson = Document.objects.get(slug="consent", kind="lesson")
    url = reverse("author:preview", args=[lesson.key])
    assert signed_in(aude).post(url).status_code == 405


def test_draft_weights_are_told_to_the_author(preview):
    told = "The weights are a draft of the authors"
    assert told not in preview("kind-judgement").content.decode()
    files = tiny_files()
    path = "tiny/01-first/questions/kind-judgement.md"
    files[path] = files[path].replace("panel: 7", "panel: 7\nweights: draft")
    publish_tiny_course(files=files)
    assert told in preview("kind-judgement").content.decode()
    assert told in preview("kind-judgement", answer="ask").content.decode()
