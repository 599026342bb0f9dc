"""A late answer is counted by a decision: grades are added, what follows follows, and is undone."""

import uuid
from decimal import Decimal

import pytest

from curriculum.questions import registry
from tests.factories import NOON
from tests.training.flows.correcting import Wrong, sit, undone
from tests.training.flows.late import HOUR, REASON, all_agree, count, too_late
from tests.training.flows.test_at_once import at_once
from training.attempts.models import DecidedAnswer, LateDecision, Response
from training.audit.models import AuditEntry
from training.evidence.models import Evidence
from training.flows.counting_late_answers import DecidedBefore
from training.flows.loading_answers import StillOpen
from training.grading.models import Grade
from training.notices.models import Notice
from training.progress.models import ModuleProgress, Score
from training.statistics import actions as statistics
from training.statistics.models import ItemSums

ALL_BLANK = {f"consent-{n}": None for n in range(1, 7)}


@pytest.fixture
def attempt(enrolment):
    """Handed in without an answer to any question of one choice, and counted by the statistics."""
    attempt = sit(enrolment, NOON, ALL_BLANK)
    statistics.catch_up(at=NOON + HOUR)
    attempt.refresh_from_db()
    return attempt


def blank(attempt, which=0):
    return attempt.items.filter(kind="single").order_by("position")[which]


def key_of(item):
    return registry.key(item.kind, item.body)


def standing(item):
    return Decimal(item.grades.latest("pk").fraction)


def pieces(item):
    """What the ledger says of this question now."""
    found = Evidence.objects.filter(attempt=item.attempt, revision=item.revision).in_force()
    return [one.outcome for one in found]


def test_what_was_decided_counts_everywhere_and_what_was_graded_stays(attempt, ines):
    item = blank(attempt)
    before, [first] = Score.objects.get(), item.grades.all()
    late = too_late(attempt, item.position, key_of(item))
    assert standing(item) == 0
    count(attempt, ines, {item.position: late})
    assert [(one.source, one.fraction) for one in item.grades.order_by("pk")] == [
        ("automatic", 0),
        ("decision", 1),
    ]
    assert Grade.objects.get(pk=first.pk).fraction == 0
    score = Score.objects.get()
    assert score.points == before.points + 1
    assert ModuleProgress.objects.get(enrolment=attempt.enrolment, position=1).percent == (
        score.percent
    )
    assert pieces(item) == [1]
    sums = ItemSums.objects.get(question=item.revision)
    assert (sums.omitted, sums.x) == (0, 10_000)
    all_agree()


def test_it_is_audited_with_its_reason_and_the_trainee_is_told(attempt, ines):
    item = blank(attempt)
    count(attempt, ines, {item.position: too_late(attempt, item.position, key_of(item))})
    entry = AuditEntry.objects.get(verb="decided on late answers")
    assert (entry.detail["reason"], entry.detail["counted"]) == (REASON, [item.position])
    assert entry.detail["before"] != entry.detail["percent"]
    told = Notice.objects.get()
    assert (told.kind, told.person_id) == ("late-decided", attempt.enrolment.trainee_id)
    assert not {"before", "after", "percent"} & set(told.facts)


def test_another_decision_undoes_it_and_a_third_counts_it_again(attempt, ines):
    item = blank(attempt)
    before = Score.objects.get().points
    late = too_late(attempt, item.position, key_of(item))
    count(attempt, ines, {item.position: late})
    count(attempt, ines, {item.position: None})
    assert (standing(item), pieces(item)) == (0, [0])
    assert Score.objects.get().points == before
    all_agree()
    count(attempt, ines, {item.position: late})
    assert (standing(item), pieces(item)) == (1, [1])
    assert item.grades.count() == 4
    all_agree()


def test_of_several_late_answers_the_chosen_one_counts(attempt, ines):
    item = blank(attempt)
    right = too_late(attempt, item.position, key_of(item))
    wrong = too_late(attempt, item.position, {"option": "ask"})
    count(attempt, ines, {item.position: wrong})
    assert standing(item) == 0
    count(attempt, ines, {item.position: right})
    assert standing(item) == 1


def test_the_same_form_twice_counts_once_and_nothing_new_is_said_to_be_nothing(attempt, ines):
    item = blank(attempt)
    late, sent = too_late(attempt, item.position, key_of(item)), uuid.uuid4()
    first = count(attempt, ines, {item.position: late}, sent=sent)
    assert count(attempt, ines, {item.position: late}, sent=sent) == first
    with pytest.raises(DecidedBefore):
        count(attempt, ines, {item.position: late})
    assert LateDecision.objects.count() == Notice.objects.count() == 1
    assert item.grades.count() == 2


def test_an_answer_of_another_question_or_one_in_time_is_not_listened_to(attempt, ines):
    item, other = blank(attempt), blank(attempt, 1)
    late = too_late(attempt, other.position, key_of(other))
    in_time = Response.objects.filter(item__attempt=attempt, late=False).first()
    for wrong in (late, in_time):
        with pytest.raises(DecidedBefore):
            count(attempt, ines, {item.position: wrong})
    assert not DecidedAnswer.objects.exists()


def test_nothing_is_decided_while_the_attempt_runs(enrolment, ines):
    attempt = sit(enrolment, NOON, ALL_BLANK, handed_in=False)
    item = blank(attempt)
    late = too_late(attempt, item.position, key_of(item), at=attempt.due_at + HOUR)
    with pytest.raises(StillOpen):
        count(attempt, ines, {item.position: late})


def test_corrections_before_and_after_hold_for_what_counts_by_a_decision(attempt, ines, ada):
    item = blank(attempt)
    wrong = Wrong(item.document.slug)
    also = {"form": "also", "options": ["ask"]}
    first = wrong.corrected(also, ines, ada, NOON + HOUR)
    late = too_late(attempt, item.position, {"option": "ask"})
    count(attempt, ines, {item.position: late})
    assert [one.source for one in item.grades.order_by("pk")][-2:] == ["decision", "correction"]
    assert (standing(item), pieces(item)) == (1, [1])
    all_agree()
    undone(first, ines, ada, NOON + 3 * HOUR)
    assert (standing(item), pieces(item)) == (0, [0])
    wrong.corrected({"form": "everybody"}, ines, ada, NOON + 4 * HOUR)
    assert (standing(item), pieces(item)) == (1, [1])
    count(attempt, ines, {item.position: None}, at=NOON + 5 * HOUR)
    assert (standing(item), pieces(item)) == (1, [1])
    all_agree()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_instructors_at_once_make_one_set_of_grades(attempt, ines, otto, cohort):
    from tests.factories.training import StaffingFactory

    StaffingFactory(cohort=cohort, person=otto)
    chosen = {
        item.position: too_late(attempt, item.position, key_of(item))
        for item in (blank(attempt), blank(attempt, 1))
    }
    sent = uuid.uuid4()
    acts = [lambda: count(attempt, ines, chosen, sent=sent)] * 3
    acts += [lambda: count(attempt, otto, chosen)] * 3
    outcomes = at_once(*acts)
    assert {type(one) for one in outcomes} <= {LateDecision, DecidedBefore}
    assert LateDecision.objects.count() == Notice.objects.count() == 1
    assert Grade.objects.filter(source="decision").count() == 2
    assert Evidence.objects.in_force().count() == attempt.items.count()
    all_agree()
