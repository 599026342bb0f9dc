"""Many hand in while many look at the statistics: each paper is counted once."""

import pytest

from tests import serving
from tests.paper import answer_form
from tests.races.conftest import QUIZ, at_once, statuses

pytestmark = pytest.mark.race
ROUNDS = 3
PEOPLE, LOOKS = 8, 6
OK, SEE_OTHER = 200, 303
TOLD = "import django; django.setup(); from training.statistics.models import QuizSums; "
TOLD += "print(sum(QuizSums.objects.values_list('n', flat=True)))"


def press(visitor, path):
    def send(hold):
        with visitor.twin() as tab:
            return tab.post(path, hold=hold)

    return send


def look(visitor, path):
    """Everybody waits for the barrier, then the page is asked for."""

    def send(hold):
        with visitor.twin() as tab:
            hold()
            return tab.get(path)

    return send


def ready(site):
    """Somebody with one answer given: their window, and where they hand in."""
    name, visitor = site.next_trainee()
    visitor.get("/learn/")
    begun = visitor.post(site.start_of(name))
    visitor.post(begun.location, answer_form(visitor.get(begun.location).text).filled())
    return visitor, begun.location.removesuffix("1/") + "hand-in/"


def test_each_paper_is_counted_once_while_everybody_looks(site):
    ines = site.signed_in("ines")
    page = f"/teach/cohorts/{site.scene['cohort']}/statistics/{QUIZ}/"
    for round_ in range(1, ROUNDS + 1):
        hand_ins = [press(*ready(site)) for _ in range(PEOPLE)]
        looks = [look(ines, page) for _ in range(LOOKS)]
        assert statuses(at_once([*looks[:3], *hand_ins, *looks[3:]])) == {
            OK: LOOKS,
            SEE_OTHER: PEOPLE,
        }
        assert statuses(at_once([look(ines, page) for _ in range(LOOKS)])) == {OK: LOOKS}
        assert int(serving.run(site.env, "-c", TOLD)) == round_ * PEOPLE
    serving.run(site.env, "manage.py", "recompute_statistics", "--check")
