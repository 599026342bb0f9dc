"""Two markers, and a marker and a correction, at the same moment: each effect once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from tests.training.flows.correcting import Wrong
from tests.training.flows.test_at_once import at_once
from tests.written_course import FULL, HALF, sit
from training.flows import correcting
from training.flows import marking_an_answer as marking
from training.grading.models import Correction, Grade
from training.marking import actions
from training.marking.actions import Given
from training.marking.models import Mark, Sheet
from training.notices.models import Notice
from training.progress.models import Score

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
LATER = timedelta(hours=1)


def all_agree():
    call_command("recompute_progress", "--check", stdout=StringIO())
    call_command("recompute_statistics", "--check", stdout=StringIO())


def test_of_many_who_claim_the_same_answer_one_gets_it(enrolment, ines, olga, noon):
    sit(enrolment, noon)
    sheet = Sheet.objects.order_by("pk").first()
    one = Sheet.objects.filter(pk=sheet.pk)

    def claim(person):
        return lambda: actions.claim(one.all(), person, at=noon + LATER)

    outcomes = at_once(*[claim(ines), claim(olga)] * 4)
    holder = Sheet.objects.get(pk=sheet.pk).holder
    assert set(outcomes) == {True, False}
    assert holder in (ines, olga)


def test_two_marks_at_once_are_one_mark_and_one_grade(enrolment, ines, olga, noon):
    sit(enrolment, noon)
    sheet = Sheet.objects.order_by("pk").first()

    def give(person, points):
        own = Sheet.objects.taught_by(person)
        return lambda: marking.give(own, sheet.key, Given(points), at=noon + LATER, by=person)

    outcomes = at_once(*[give(ines, FULL), give(olga, HALF)] * 3)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 5
    assert {type(one) for one in refused} <= {marking.NotNow, marking.HeldByAnother}
    assert Mark.objects.count() == Grade.objects.filter(source="hand").count() == 1
    all_agree()


def test_the_last_two_marks_of_a_paper_at_once_finish_it_once(enrolment, ines, olga, noon):
    sit(enrolment, noon)

    def give(sheet, person):
        own = Sheet.objects.taught_by(person)
        return lambda: marking.give(own, sheet.key, Given(FULL), at=noon + LATER, by=person)

    first, second = Sheet.objects.order_by("pk")
    outcomes = at_once(give(first, ines), give(second, olga))
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Score.objects.get().percent == 100
    assert Notice.objects.count() == 1
    all_agree()


def test_a_last_mark_and_a_correction_at_once_lose_neither(enrolment, ines, ada, noon):
    attempt = sit(enrolment, noon, right=False)
    first, second = Sheet.objects.order_by("pk")
    own = Sheet.objects.taught_by(ines)
    marking.give(own, first.key, Given(FULL), at=noon + LATER, by=ines)
    slug = attempt.items.filter(kind="single").order_by("position").first().document.slug
    draft = Wrong(slug).draft({"form": "everybody"})
    key = first.key
    proposed = correcting.propose(draft, key, reason="No key.", at=noon, by=ines)
    digest = correcting.preview_of(proposed).digest

    def mark():
        return marking.give(own, second.key, Given(FULL), at=noon + LATER, by=ines)

    def correct():
        found = Correction.objects.all()
        return correcting.approve(
            found, proposed.key, digest=digest, reason="", at=noon + LATER, by=ada
        )

    outcomes = at_once(mark, correct)
    moved = [one for one in outcomes if isinstance(one, correcting.Moved)]
    assert len(moved) == sum(isinstance(one, Exception) for one in outcomes)
    # Of two questions by the key, which were left blank, the correction credits one.
    assert Score.objects.get().percent == (50 if moved else 75)
    all_agree()


def test_a_changed_mark_and_a_hand_in_of_the_next_attempt_at_once(enrolment, ines, noon):
    sit(enrolment, noon)
    own = Sheet.objects.taught_by(ines)
    for sheet in Sheet.objects.all():
        marking.give(own, sheet.key, Given(FULL), at=noon + LATER, by=ines)
    changed = Sheet.objects.order_by("pk").first()

    def change():
        given = Given(HALF, reason="Read again.")
        return marking.change(own, changed.key, given, at=noon + 2 * LATER, by=ines)

    outcomes = at_once(change, lambda: sit(enrolment, noon + 3 * LATER))
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Score.objects.get().points == 3.5
    assert Sheet.objects.waiting().count() == 2
    all_agree()
