"""A correction approved twice at once, or beside people who hand in: applied once, to everybody."""

import re
import uuid

import pytest

from tests.races.conftest import at_once, statuses
from tests.races.test_at_once import hand_in_of, press, started
from tests.visitor import Visitor

pytestmark = pytest.mark.race
CLICKS, PEOPLE, TURNS = 20, 12, 20
FOUND, CONFLICT = 302, 409


def question(site, number):
    """Each test corrects a question of its own: its slug and its address."""
    slug = f"consent-{number}"
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"tiny/01-first/questions/{slug}.md")
    return slug, f"/teach/questions/{key}/correct/"


@pytest.fixture
def ada(site):
    with staff(site, "ada") as ada:
        yield ada


def staff(site, name):
    return Visitor(site.port, dict(site.scene["sessions"][name]))


def proposed(site, number):
    """Ines proposes to credit everybody: the slug of the question, the address of the proposal."""
    slug, form = question(site, number)
    fields = {"key": str(uuid.uuid4()), "form": "everybody", "policy": "never-lower"}
    fields |= {"revisions": "1", "reason": "No option was right.", "step": "propose"}
    with staff(site, "ines") as ines:
        ines.get(form)
        answer = ines.post(form, fields)
    assert answer.status == FOUND, answer.text
    return slug, answer.location


def approval(ada, page):
    """What Ada's button sends, with the counts that she sees now."""
    digest = re.search('name="digest" value="([0-9a-f]{64})"', ada.get(page).text)
    assert digest is not None
    return {"digest": digest[1], "outcome": "approve", "reason": ""}


def standing(site, slug):
    return site.told(f"corrected {slug}")


def sound(found):
    assert found["differences"] == []
    assert found["pieces"] == found["items"]
    assert found["asked"] == found["credited"] == found["grades"] > 0


def test_twenty_approvals_apply_once(site, ada):
    for _ in range(PEOPLE):
        _name, visitor, first = started(site)
        visitor.post(hand_in_of(first))
    slug, page = proposed(site, 1)
    sent = approval(ada, page)
    answers = at_once([press(ada, page + "decide/", sent) for _ in range(CLICKS)])
    assert statuses(answers) == {FOUND: 1, CONFLICT: CLICKS - 1}
    found = standing(site, slug)
    sound(found)
    assert found["changed"] == [found["asked"]]


def test_an_approval_beside_hand_ins_reaches_everybody_or_is_asked_for_again(site, ada):
    people = [started(site) for _ in range(PEOPLE)]
    slug, page = proposed(site, 2)
    hand_ins = [press(visitor, hand_in_of(first)) for _name, visitor, first in people]
    answers = at_once([*hand_ins, press(ada, page + "decide/", approval(ada, page))])
    last = answers[-1].status
    for _turn in range(TURNS):
        if last == FOUND:
            break
        assert last == CONFLICT
        last = ada.post(page + "decide/", approval(ada, page)).status
    assert last == FOUND
    assert set(statuses(answers[:-1])) == {303}
    sound(standing(site, slug))
    for name, _visitor, _first in people:
        assert site.count(name)["handed in"] == 1
