"""What was handed in is counted once, whoever looks and however often; and can be counted anew."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training.statistics.conftest import sit
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import NotNow
from training.grading.models import Grade
from training.progress import scoring
from training.progress.models import Score
from training.statistics import actions, formulas
from training.statistics.models import ItemSums, QuizSums
from training.statistics.sums import POINT, ItemTotals


def rows():
    """Every sum, without row numbers."""
    return [
        sorted(str({k: v for k, v in row.items() if k != "id"}) for row in table.objects.values())
        for table in (QuizSums, ItemSums)
    ]


def check():
    call_command("recompute_statistics", "--check", stdout=StringIO())


def test_a_look_counts_what_was_handed_in_and_the_next_look_nothing(enrolment, quiz, noon):
    sit(enrolment, noon, right=3)
    assert not QuizSums.objects.exists()
    assert actions.catch_up([quiz], at=noon) == 1
    first = rows()
    assert actions.catch_up([quiz], at=noon) == actions.catch_up(at=noon) == 0
    assert rows() == first
    sums = QuizSums.objects.get()
    assert (sums.n, sums.t, sums.possible, sums.passed) == (1, 3 * POINT, 6 * POINT, 0)
    assert sorted(ItemSums.objects.values_list("n", "x", "omitted")) == [
        (1, 0, 0),
        (1, 0, 1),
        (1, 0, 1),
        *[(1, POINT, 0)] * 3,
    ]


def test_an_open_attempt_and_an_inline_check_count_for_nothing(enrolment, noon):
    sit(enrolment, noon, right=3, handed_in=False)
    assert actions.catch_up(at=noon) == 0


def test_only_the_first_attempt_of_a_person_counts_in_whatever_cohort(
    enrolment, other_cohort, thea, quiz, noon
):
    sit(enrolment, noon, right=1)
    sit(enrolment, noon + timedelta(hours=2), right=6)
    again = enrol(other_cohort, thea, at=noon, by=thea)
    sit(again, noon + timedelta(days=1), right=6)
    assert actions.catch_up(at=noon) == 3
    assert QuizSums.objects.get(quiz=quiz).t == POINT
    check()


def test_what_was_chosen_and_how_long_it_took_is_kept(enrolment, quiz, noon):
    sit(enrolment, noon, right=3)
    actions.catch_up([quiz], at=noon)
    wrong = ItemSums.objects.get(outcomes__has_key="wrong")
    assert {name: sum(counts) for name, counts in wrong.choices.items()} == {"expel": 1}
    # Three of the other five: band 12.
    assert wrong.choices["expel"][12] == 1
    # Thirty seconds: between 2^(19/4) and 2^(20/4).
    assert wrong.times[19] == 1


def test_a_look_takes_in_a_bounded_number_and_the_command_all(classmates, noon):
    for number, one in enumerate(classmates(5)):
        sit(one, noon, right=number)
    assert actions.catch_up(at=noon, most=2) == 2
    assert QuizSums.objects.get().n == 2
    out = StringIO()
    call_command("catch_up_statistics", stdout=out)
    assert "3 attempts counted" in out.getvalue()
    assert QuizSums.objects.get().n == 5
    check()


def test_what_is_not_wholly_marked_waits_until_it_is(enrolment, noon):
    attempt = sit(enrolment, noon, right=2)
    grade = Grade.objects.filter(item__attempt=attempt).order_by("pk")[:1]
    Grade.objects.filter(pk__in=[one.pk for one in grade]).delete()
    Score.objects.filter(attempt=attempt).delete()
    assert actions.catch_up(at=noon) == 0
    item = attempt.items.get(grades__isnull=True)
    Grade.objects.create(
        item=item, fraction=1, points=1, out_of=1, source=Grade.Source.HAND, at=noon
    )
    scoring.record_score(attempt, scoring.grades_of(attempt))
    assert actions.catch_up(at=noon) == 1


def test_the_cost_does_not_grow_with_what_was_counted_before(classmates, quiz, noon):
    def cost(people):
        for one in people:
            sit(one, noon, right=2)
        with CaptureQueriesContext(connection) as found:
            assert actions.catch_up([quiz], at=noon) == 2
        return len(found)

    everybody = classmates(8)
    first = cost(everybody[:2])
    assert cost(everybody[2:4]) == cost(everybody[4:6]) == first
    with CaptureQueriesContext(connection) as found:
        actions.catch_up([quiz], at=noon)
    assert len(found) == 1


def test_a_later_grade_changes_every_sum_of_its_papers(classmates, quiz, noon):
    for number, one in enumerate(classmates(4)):
        sit(one, noon, right=number)
    actions.catch_up(at=noon)
    before = rows()
    grade = Grade.objects.filter(fraction=0).order_by("pk").first()
    item = grade.item
    Grade.objects.create(
        item=item, fraction=1, points=1, out_of=1, source=Grade.Source.HAND, at=noon
    )
    with pytest.raises(CommandError):
        call_command("recompute_statistics", "--check", stderr=StringIO(), stdout=StringIO())
    actions.recount([item.revision_id])
    assert rows() != before
    assert QuizSums.objects.get().t == (0 + 1 + 2 + 3 + 1) * POINT
    check()


acts = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 6), st.booleans()), max_size=6
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_rebuilding_gives_the_sums_that_were_kept_up(classmates, noon, what):
    """Whatever was sat, in whatever order, with looks in between."""
    people = classmates(4)
    for number, (who, module, right, look) in enumerate(what):
        at = noon + timedelta(days=number)
        with suppress(NotNow):
            sit(people[who], at, right=right, module=module)
        if look:
            actions.catch_up(at=at)
    actions.catch_up(at=noon)
    kept = rows()
    check()
    QuizSums.objects.all().delete()
    ItemSums.objects.all().delete()
    call_command("recompute_statistics", stdout=StringIO())
    assert rows() == kept


def test_the_discrimination_of_a_question_is_that_of_the_rows(classmates, quiz, noon):
    from statistics import correlation

    for number, one in enumerate(classmates(7)):
        sit(one, noon, right=number)
    actions.catch_up(at=noon)
    row = ItemSums.objects.filter(quiz=quiz).order_by("question__document__path")[3]
    grades = Grade.objects.filter(item__revision=row.question).order_by("item__attempt")
    points = [float(grade.points) for grade in grades]
    rest = [
        float(
            sum(
                Grade.objects.filter(item__attempt=grade.item.attempt_id)
                .exclude(pk=grade.pk)
                .values_list("points", flat=True),
                Decimal(0),
            )
        )
        for grade in grades
    ]
    totals = ItemTotals(**{name: getattr(row, name) for name in actions.ITEM_FIELDS})
    found = formulas.discrimination(totals.pairs())
    assert found.value == pytest.approx(correlation(points, rest))


@pytest.mark.parametrize(
    ("table", "change", "named"),
    [(QuizSums, {"passed": 1}, "passed is 1, not 0"), (ItemSums, {"xt": 7}, "xt is 7, not ")],
)
def test_a_sum_that_differs_is_named_and_the_check_fails(enrolment, noon, table, change, named):
    sit(enrolment, noon, right=2)
    actions.catch_up(at=noon)
    table.objects.filter(pk=table.objects.order_by("pk").first().pk).update(**change)
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("recompute_statistics", "--check", stderr=errors, stdout=StringIO())
    assert named in errors.getvalue()


def test_a_missing_row_is_named_and_rebuilt(enrolment, noon):
    sit(enrolment, noon, right=2)
    actions.catch_up(at=noon)
    kept = rows()
    ItemSums.objects.order_by("pk").first().delete()
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("recompute_statistics", "--check", stderr=errors, stdout=StringIO())
    assert "the row is missing" in errors.getvalue()
    call_command("recompute_statistics", stdout=StringIO())
    assert rows() == kept
