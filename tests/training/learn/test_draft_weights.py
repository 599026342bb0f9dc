"""Weights that no panel has rated yet are told as what they are: a draft of the authors."""

import pytest

from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, tiny_files
from tests.training.learn.conftest import save, words
from training.attempts.models import Attempt
from training.flows import handing_in


@pytest.fixture
def edition(db):
    """The tiny course, its judgement a draft; the quiz of module 1 asks its whole bank."""
    files = tiny_files()
    path = "tiny/01-first/questions/kind-judgement.md"
    files[path] = files[path].replace("panel: 7", "panel: 7\nweights: draft")
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("count: 6", "count: 14")
    return publish_tiny_course(files=files)


@pytest.mark.parametrize(
    ("option", "badge"),
    [
        ("ask", "First choice in draft weights"),
        ("calendar", "Some weight in draft weights"),
        ("nothing", "No weight in draft weights"),
    ],
)
def test_the_result_says_that_the_weights_are_a_draft(
    thea_browser, of, attempt, thea, position_of, option, badge
):
    save(attempt, thea, position_of("judgement"), {"option": option})
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    page = words(thea_browser.get(of("result")))
    assert "What the authors expect of a panel of 7 experts (draft weights)" in page
    assert "The weights are a draft of the authors until a panel of experts has rated" in page
    assert badge in page
    assert "What the panel chose" not in page


def test_the_paper_itself_says_nothing_of_weights(thea_browser, of, attempt, position_of):
    page = words(thea_browser.get(of("question", position_of("judgement"))))
    assert "draft" not in page.lower()
