"""A written question that was wrong: everybody is credited, whenever marked; and it is undone."""

import re
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import NOON
from tests.training.flows.correcting import Wrong, someone, undone
from tests.training.flows.late import HOUR, all_agree, count, too_late
from tests.written_course import FULL, HALF, NONE, sit
from training.evidence.models import Evidence
from training.flows import marking_an_answer as marking
from training.grading.models import Correction
from training.marking.actions import Given
from training.marking.models import Sheet
from training.progress.models import Score

HALVED = Decimal("0.5")
EVERYBODY = {"form": "everybody"}
LATE = {"text": "Consent is free, says article 9, and no reason is owed."}


def give(item, points, by, at=NOON + HOUR):
    sheet = Sheet.objects.get(item=item, aside=False)
    return marking.give(Sheet.objects.taught_by(by), sheet.key, Given(points), at=at, by=by)


def change(item, points, by, at):
    sheet = Sheet.objects.get(item=item, aside=False)
    given = Given(points, reason="Read again.")
    return marking.change(Sheet.objects.taught_by(by), sheet.key, given, at=at, by=by)


def written(attempt):
    return list(attempt.items.filter(kind="written").order_by("position"))


def standing(item):
    return item.grades.latest("pk").fraction


def pieces(item):
    found = Evidence.objects.filter(attempt=item.attempt, revision=item.revision).in_force()
    return [one.outcome for one in found]


@pytest.fixture
def item(enrolment, ines):
    """Marked with nothing, then changed to a half: the second piece of evidence stands."""
    one, other = written(sit(enrolment, NOON))
    give(one, NONE, ines)
    give(other, FULL, ines)
    change(one, HALF, ines, NOON + HOUR)
    return one


def test_who_was_marked_who_left_it_blank_and_who_waits_are_all_credited(
    item, enrolment, cohort, ines, ada
):
    wrong = Wrong(item.document.slug)
    blank = sit(someone(cohort, "anton", NOON), NOON, "")
    waits = sit(someone(cohort, "berta", NOON), NOON)
    own = {one.attempt_id: one for one in wrong_items(wrong)}
    correction = wrong.corrected(EVERYBODY, ines, ada, NOON + 2 * HOUR)
    assert correction.decision.counts["attempts_changed"] == 2
    assert (standing(item), pieces(item)) == (1, [1])
    assert standing(own[blank.pk]) == 1
    assert not own[waits.pk].grades.exists()
    for one in written(waits):
        give(one, NONE, ines, NOON + 3 * HOUR)
    assert (standing(own[waits.pk]), pieces(own[waits.pk])) == (1, [1])
    all_agree()
    undone(correction, ines, ada, NOON + 4 * HOUR)
    assert (standing(item), standing(own[blank.pk]), standing(own[waits.pk])) == (HALVED, 0, 0)
    assert pieces(own[waits.pk]) == [0]
    all_agree()


def wrong_items(wrong):
    from training.attempts.models import Item

    return Item.objects.filter(document=wrong.document).order_by("attempt")


def test_no_mark_is_changed_while_everybody_is_credited_and_again_afterwards(item, ines, ada):
    correction = Wrong(item.document.slug).corrected(EVERYBODY, ines, ada, NOON + 2 * HOUR)
    with pytest.raises(marking.NotNow):
        change(item, NONE, ines, NOON + 3 * HOUR)
    assert standing(item) == 1
    undone(correction, ines, ada, NOON + 4 * HOUR)
    change(item, FULL, ines, NOON + 5 * HOUR)
    assert (standing(item), pieces(item)) == (1, [1])
    all_agree()


def test_a_late_answer_that_counts_is_credited_too(item, ines, ada):
    late = too_late(item.attempt, item.position, LATE)
    Wrong(item.document.slug).corrected(EVERYBODY, ines, ada, NOON + 2 * HOUR)
    count(item.attempt, ines, {item.position: late}, at=NOON + 3 * HOUR)
    give(item, NONE, ines, NOON + 4 * HOUR)
    assert (standing(item), pieces(item)) == (1, [1])
    count(item.attempt, ines, {item.position: None}, at=NOON + 5 * HOUR)
    count(item.attempt, ines, {item.position: late}, at=NOON + 6 * HOUR)
    assert (standing(item), pieces(item)) == (1, [1])
    all_agree()


def test_the_page_says_what_can_be_done_and_offers_nothing_else(signed_in, item, ines):
    browser = signed_in(ines)
    taken = browser.get(reverse("teach:attempt", args=[item.attempt.key])).content.decode()
    url = reverse("teach:correct", args=[item.document.key])
    assert f'{url}?revision={item.revision.number}"' in taken
    page = browser.get(url).content.decode()
    assert "A written answer has no key that could be corrected." in page
    assert re.findall(r'name="form" value="([a-z]+)"', page) == ["everybody"]
    sent = {"key": str(uuid.uuid4()), "form": "everybody", "policy": "never-lower"}
    sent |= {"revisions": "1", "reason": "The case named no date.", "step": "preview"}
    shown = browser.post(url, sent).content.decode()
    assert "Whose results would change" in shown
    assert browser.post(url, sent | {"form": "key"}).status_code == 422
    browser.post(url, sent | {"step": "propose"})
    assert Correction.objects.get().policy == Correction.Policy.CREDIT_ALL
    assert Score.objects.exists()
