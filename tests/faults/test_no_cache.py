"""The cache only counts: without it everything is done as well (F28)."""

import pytest
from django.core.cache.backends.base import BaseCache

from tests.training.learn.conftest import (  # noqa: F401 - fixtures
    at,
    clock,
    course,
    edition,
    sent,
    thea_browser,
)
from training.attempts.models import Attempt, Response


class Gone(BaseCache):
    """A cache whose server is away."""

    def __init__(self, *arguments):
        super().__init__({})

    def away(self, *arguments, **more):
        raise ConnectionError("the cache is away")

    get = set = add = delete = touch = incr = get_many = set_many = has_key = away


@pytest.fixture
def no_cache(settings):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.Gone"}}


def test_a_quiz_is_taken_without_a_cache(no_cache, at, thea_browser):  # noqa: F811
    first = thea_browser.post(at("start", "quiz-first")).url
    (attempt,) = Attempt.objects.quizzes()
    position = attempt.items.filter(kind="short").first().position
    question = first.replace("/1/", f"/{position}/")
    assert thea_browser.post(question, sent({"answer": "a word"})).status_code == 303
    assert Response.objects.get().item.attempt == attempt
    assert thea_browser.post(first.replace("/1/", "/hand-in/")).status_code == 303
    assert Attempt.objects.open().count() == 0
