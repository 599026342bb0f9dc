"""What pages weigh before they are packed: a poor line pays for every kilobyte."""

from django.urls import reverse

from tests.training.learn.conftest import KINDS

KILO = 1024


def kilobytes(browser, url):
    answer = browser.get(url)
    assert answer.status_code == 200
    return len(answer.content) / KILO


def test_a_question_of_any_kind_weighs_at_most_20_kilobytes(thea_browser, of):
    heaviest = max(kilobytes(thea_browser, of("question", n)) for n in range(1, KINDS + 1))
    assert heaviest <= 20


def test_the_pages_that_lead_to_work_weigh_at_most_15_kilobytes(thea_browser, at):
    for url in (reverse("learn:today"), at("course"), at("quiz", "quiz-first")):
        assert kilobytes(thea_browser, url) <= 15
