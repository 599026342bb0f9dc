"""Who needs attention, found by the database: the same people as the rule names, in its order."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from tests.factories.training import CohortFactory, PersonFactory
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.cohorts.models import Enrolment
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.progress.actions import refresh
from training.progress.attention import Facts, Reason, Running, Tried, Why, reasons
from training.progress.models import CourseProgress, ModuleProgress, Score, State
from training.progress.needing import cohorts_counted, limits, needing

DAY = timedelta(days=1)
AT = datetime(2030, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def later(noon):
    return noon + 20 * DAY


def everybody(at):
    return needing(cohorts_counted(limits(at)), at, "trainee__name")


def needs(at):
    return everybody(at).pressing()[:]


def sat(enrolment, module, number, when, **more):
    """An attempt at a module's quiz."""
    quiz = module.children.get(kind="quiz")
    return Attempt.objects.create(
        enrolment=enrolment,
        purpose="quiz",
        document=quiz,
        module=module,
        revision=quiz.revisions.get(),
        edition=enrolment.cohort.edition,
        number=number,
        seed=1,
        started_at=when,
        **more,
    )


def test_somebody_who_never_began_is_found(enrolment, noon, later):
    assert needs(noon + 6 * DAY) == []
    (found,) = needs(later)
    assert found.enrolment["trainee__name"] == "Thea Trainee"
    assert [one.why for one in found.reasons] == [Why.NOT_STARTED]


def test_the_second_failed_attempt_tells_since_when(enrolment, noon, later):
    module = enrolment.modules.get(position=1).module
    for number, day in ((1, 1), (2, 4), (3, 19)):
        when = noon + day * DAY
        attempt = sat(enrolment, module, number, when, handed_in_at=when, closed_by="trainee")
        Score.objects.create(attempt=attempt, points=4, out_of=10, percent=40, passed=False)
        refresh(enrolment)
        assert bool(needs(when)) == (number > 1)
    (found,) = needs(later)
    assert found.reasons == (Reason(Why.FAILED, noon + 4 * DAY, 1, 3),)


def test_a_pass_takes_the_failure_away(enrolment, noon, later):
    module = enrolment.modules.get(position=1).module
    for number, percent in enumerate((40, 40, 100), start=1):
        attempt = sat(enrolment, module, number, later, handed_in_at=later, closed_by="trainee")
        Score.objects.create(
            attempt=attempt, points=4, out_of=10, percent=percent, passed=percent == 100
        )
    refresh(enrolment)
    assert needs(later) == []
    assert not ModuleProgress.objects.filter(failed_since__isnull=False).exists()


def test_an_attempt_whose_time_is_over_is_found_though_nobody_closed_it(enrolment, thea, noon):
    start(enrolment, course_of(enrolment.cohort.edition).modules[0], at=noon, by=thea)
    (found,) = needs(noon + timedelta(hours=1))
    assert [(one.why, one.module) for one in found.reasons] == [(Why.OVERDUE, 1)]
    assert Attempt.objects.get().handed_in_at is None


def test_withdrawn_trainees_and_cohorts_that_do_not_run_are_left_out(enrolment, later):
    cohort = enrolment.cohort
    module = enrolment.modules.get(position=1).module
    sat(enrolment, module, 1, later - DAY, due_at=later - DAY)
    for ends_on, found in (((later - DAY).date(), 0), (later.date(), 1), (None, 1)):
        cohort.ends_on = ends_on
        cohort.save()
        assert len(needs(later)) == found
        assert sum(everybody(later).by_cohort().values()) == found
    cohort.starts_on = (later + DAY).date()
    cohort.save()
    assert needs(later) == []
    cohort.starts_on = later.date()
    cohort.save()
    enrolment.state = Enrolment.State.WITHDRAWN
    enrolment.save()
    assert needs(later) == []


def test_the_number_of_queries_is_fixed(edition, noon, later, django_assert_num_queries):
    cohort = CohortFactory(edition=edition)
    enrol(cohort, _person(0), at=noon, by=SITE)
    CourseProgress.objects.update(failed_since=noon, last_at=noon)
    with django_assert_num_queries(4):
        assert len(needs(later)) == 1
    for number in range(1, 30):
        enrol(cohort, _person(number), at=noon, by=SITE)
    with django_assert_num_queries(4):
        assert len(needs(later)) == 30


def test_of_those_who_wait_as_long_the_names_decide(cohort, noon, later):
    for name in ("Cato", "Ada", "Brutus"):
        enrol(cohort, PersonFactory(username=name, name=name), at=noon, by=SITE)
    assert [one.enrolment["trainee__name"] for one in needs(later)] == ["Ada", "Brutus", "Cato"]


@pytest.mark.parametrize("wrong", [{"state": State.COMPLETE}, {"last_at": None}])
def test_the_table_refuses_a_failure_that_the_counting_would_not_see(enrolment, noon, wrong):
    CourseProgress.objects.update(failed_since=noon, last_at=noon)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseProgress.objects.update(**wrong)


def _person(number):
    return PersonFactory(username=f"number-{number}", name=f"Number {number % 3}")


def ago(*days):
    return [None if one is None else AT - one * DAY for one in days]


# Few different moments, at the limits of the rule and beside them, so that people meet in them.
PERSON = st.tuples(
    st.sampled_from(ago(6, 7, 8, 30, 40)),
    st.sampled_from([State.COMPLETE, *[State.IN_PROGRESS] * 5]),
    st.sampled_from(ago(None, 1, 13, 14, 15, 15, 30, 40)),
    st.sampled_from([*[ago(None, None)] * 4, ago(None, 1), ago(2, None), ago(2, 20), ago(30, 3)]),
    st.sampled_from([*[[]] * 5, ago(1), ago(2), ago(None), ago(-1), ago(2, 1), ago(None, 1)]),
)
PEOPLE = st.tuples(*[PERSON] * 7)


@pytest.fixture
def places(edition, noon):
    """Seven people in two cohorts."""
    cohorts = [CohortFactory(name=name, edition=edition) for name in ("B", "A")]
    return [enrol(cohorts[n % 2], _person(n), at=noon, by=SITE) for n in range(7)]


def told(enrolment, began, state, last_at, failed, due):
    """Write down what was drawn for one person, and say it as the rule hears it."""
    if state == State.COMPLETE or last_at is None:
        failed = [None, None]
    since = [one for one in failed if one]
    CourseProgress.objects.filter(enrolment=enrolment).update(
        began_at=began, state=state, last_at=last_at, failed_since=min(since, default=None)
    )
    modules = list(enrolment.modules.order_by("position"))
    for row, one in zip(modules, failed, strict=True):
        row.failed_since, row.attempts = one, 2 if one else 1
        row.percent = Decimal(40)
        row.save()
    for row, when in zip(modules, due, strict=False):
        sat(enrolment, row.module, 1, AT - 9 * DAY, due_at=when)
    tried = [Tried(n, 2 if one else 1, one) for n, one in enumerate(failed, start=1)]
    running = [Running(n, when) for n, when in enumerate(due, start=1)]
    return Facts(began, state == State.COMPLETE, last_at, tuple(tried), tuple(running))


@settings(
    max_examples=40,
    deadline=None,
    # Found is enough: making an example smaller takes minutes where each one writes to a database.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(PEOPLE)
def test_the_database_and_the_rule_agree_on_who_how_many_and_in_which_order(places, people):
    Attempt.objects.all().delete()
    expected = {
        place.pk: found
        for place, drawn in zip(places, people, strict=True)
        if (found := reasons(told(place, *drawn), AT))
    }
    agree(everybody(AT), expected)
    for cohort in {place.cohort for place in places}:
        here = {one.pk: expected[one.pk] for one in cohort.enrolments.all() if one.pk in expected}
        agree(everybody(AT).of(cohort.key), here)
        assert everybody(AT).by_cohort()[cohort.key] == len(here)


def agree(found, expected):
    whys = Counter(why for why in Why for one in expected.values() if why in kinds(one))
    assert found.by_why() == {why: whys[why] for why in Why}
    for wanted in (None, *Why):
        named = [pk for pk, one in expected.items() if wanted is None or wanted in kinds(one)]
        shown = found.pressing(wanted)
        people = shown[:]
        assert {one.enrolment["pk"]: one.reasons for one in people} == {
            pk: expected[pk] for pk in named
        }
        assert len(shown) == len(people) == len(named)
        keys = [(list(Why).index(one.reasons[0].why), one.reasons[0].since) for one in people]
        assert keys == sorted(keys)
        pages = [one.enrolment for first in range(0, 7, 2) for one in shown[first : first + 2]]
        assert pages == [one.enrolment for one in people]


def kinds(found):
    return {one.why for one in found}
