"""Calibration: the rule, and the running sums behind it."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from tests.training.flows.correcting import Wrong, approved
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start
from training.statistics import actions, certainty
from training.statistics.models import ItemSums
from training.statistics.sums import POINT, Answered, ItemTotals, Paper

COUNTS = st.dictionaries(
    st.sampled_from(certainty.LEVELS),
    st.lists(st.integers(0, 60), min_size=3, max_size=3),
)


@given(st.lists(COUNTS, max_size=5))
def test_the_levels_hold_every_answer_once(several):
    total = certainty.together(several)
    found = certainty.levels(total)
    assert sum(one.n for one in found) == sum(sum(row) for one in several for row in one.values())
    for one in found:
        assert one.n == one.right + one.part + one.wrong
        assert one.judged == (one.n >= 30)
        if one.n:
            assert one.share.low - 1e-9 <= one.right / one.n <= one.share.high + 1e-9


@given(st.lists(st.tuples(st.sampled_from("abc"), COUNTS), max_size=6))
def test_sure_and_wrong_is_counted_by_name_and_nothing_stands_out_below_thirty(named):
    found = certainty.wrongly_sure(named)
    expected = sum(counts.get("3", [0, 0, 0])[2] for _name, counts in named)
    assert sum(one.wrong for one in found) == expected
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert 0 < one.wrong <= one.sure
        assert one.sure >= 30 or not one.stands_out


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, 1, 2, 3]), st.sampled_from([0, POINT // 2, POINT]), st.booleans()
        ),
        max_size=12,
    )
)
def test_an_answer_is_counted_by_its_certainty_unless_it_is_blank(answers):
    totals = ItemTotals()
    for sure, points, omitted in answers:
        one = Answered(1, 0 if omitted else points, POINT, omitted, certainty=sure)
        totals.add(one, Paper((one,), 50))
    counted = [(sure, points) for sure, points, omitted in answers if sure and not omitted]
    assert sum(map(sum, totals.certain.values())) == len(counted)
    for level, (right, _part, wrong) in totals.certain.items():
        assert right == counted.count((int(level), POINT))
        assert wrong == counted.count((int(level), 0))


@pytest.fixture
def edition(db):
    files = tiny_files()
    put_rules(files, "certainty: true\n")
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 6}", "{objective: consent-recall, count: 3}")
    return publish_tiny_course(files=files)


def sit(enrolment, at, plan):
    """Sit the quiz of module 1 by plan, in the order of the files: whether right, and how sure."""
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=at, by=enrolment.trainee, seed=1)
    items = attempt.items.order_by("document__path")
    for item, (right, sure) in zip(items, plan, strict=True):
        key = uuid.uuid4()
        answer = registry.key(item.kind, item.body) if right else {"option": "expel"}
        with locked_item(Attempt.objects.all(), attempt.key, item.position, key) as one:
            record_answer(one, Save(answer, key, 1, sure), at=at)
    later = at + timedelta(minutes=1)
    hand_in(Attempt.objects.all(), attempt.key, at=later, by=enrolment.trainee)
    return attempt


def kept():
    return sorted(str(one) for one in ItemSums.objects.values_list("question", "certain"))


def test_the_sums_are_kept_with_the_others_and_rebuilt_from_the_records(enrolment, quiz, noon):
    sit(enrolment, noon, [(True, 3), (False, 3), (True, None)])
    actions.catch_up(at=noon)
    rows = list(
        ItemSums.objects.order_by("question__document__path").values_list("certain", flat=True)
    )
    assert rows == [{"3": [1, 0, 0]}, {"3": [0, 0, 1]}, {}]
    before = kept()
    call_command("recompute_statistics", "--check", stdout=StringIO())
    ItemSums.objects.update(certain={})
    with pytest.raises(CommandError):
        call_command("recompute_statistics", "--check", stdout=StringIO(), stderr=StringIO())
    call_command("recompute_statistics", stdout=StringIO())
    assert kept() == before


def test_the_last_thing_said_counts(enrolment, noon):
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=noon, by=enrolment.trainee, seed=1)
    for sequence, sure in enumerate((3, 1), start=1):
        key = uuid.uuid4()
        with locked_item(Attempt.objects.all(), attempt.key, 1, key) as one:
            save = Save(registry.key(one.kind, one.body), key, sequence, sure)
            record_answer(one, save, at=noon)
    hand_in(Attempt.objects.all(), attempt.key, at=noon, by=enrolment.trainee)
    actions.catch_up(at=noon)
    assert [one for one in ItemSums.objects.values_list("certain", flat=True) if one] == [
        {"1": [1, 0, 0]}
    ]


def test_a_correction_turns_sure_and_wrong_into_sure_and_right(enrolment, ines, ada, noon):
    attempt = sit(enrolment, noon, [(False, 3), (True, 3), (True, 3)])
    actions.catch_up(at=noon)
    item = attempt.items.select_related("document").order_by("document__path").first()
    wrong = Wrong(item.document.slug)
    approved(wrong.proposed({"form": "everybody"}, ines, noon, "credit-all"), ada, noon)
    actions.catch_up(at=noon)
    call_command("recompute_statistics", "--check", stdout=StringIO())
    total = certainty.together(ItemSums.objects.values_list("certain", flat=True))
    assert total == {"3": [3, 0, 0]}
