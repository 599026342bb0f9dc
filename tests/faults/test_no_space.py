"""The disk is full: saves are refused with a word, and nothing that was saved is lost (F14)."""

import pytest
from django.db import connection

from tests.answering import KnowsOptions
from tests.training.learn.conftest import (  # noqa: F401 - fixtures
    attempt,
    clock,
    course,
    edition,
    of,
    position_of,
    sent,
)
from training.attempts.models import Response

# PostgreSQL cannot be told how full the disk is.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


def pragma(words):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return cursor.fetchone()[0]


@pytest.fixture
def thea_browser(thea):
    browser = KnowsOptions(raise_request_exception=False)
    browser.force_login(thea)
    return browser


@pytest.fixture
def no_space():
    """Not one page more for the database file, until it is told otherwise."""
    before = pragma("max_page_count")
    # What other tests left free would hold more saves than one person may send.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    yield lambda: pragma(f"max_page_count = {pragma('page_count')}")
    pragma(f"max_page_count = {before}")


def test_a_full_disk_refuses_saves_and_shows_pages(
    thea_browser,
    no_space,
    of,  # noqa: F811
    position_of,  # noqa: F811
):
    url = of("question", position_of("short"))
    saved = 0
    free = pragma("max_page_count")
    no_space()
    while saved < 150:
        # Until the pages that have room are full.
        answer = thea_browser.post(url, sent({"answer": f"{saved} " + "a" * 90}, saved + 1))
        if answer.status_code != 303:
            break
        saved += 1
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert Response.objects.count() == saved
    assert thea_browser.get(url).status_code == 200
    assert pragma("integrity_check") == "ok"
    pragma(f"max_page_count = {free}")
    assert thea_browser.post(url, sent({"answer": "there is space"}, saved + 1)).status_code == 303
    assert Response.objects.count() == saved + 1
