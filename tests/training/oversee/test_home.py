"""Cohorts and units at a glance: every count is people, and opens their names."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.training import CohortFactory, PersonFactory
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.progress.models import CourseProgress, State

HOME = reverse("oversee:home")


def figures(page):
    return {figure.word: figure.n for figure in page.context["figures"]}


@pytest.fixture
def busy(cohort, unit, thea, noon):
    """Thea complete and signed in, and one more of each state."""
    thea.last_login = timezone.now()
    thea.save()
    for number, state in enumerate(State):
        person = PersonFactory(username=f"p{number}", name=f"Person {number}", unit=unit)
        enrol(cohort, person, at=noon, by=SITE)
        CourseProgress.objects.filter(enrolment__trainee=person).update(state=state)
    CourseProgress.objects.filter(enrolment__trainee=thea).update(state=State.COMPLETE)


def test_the_figures_count_people_by_state(signed_in, ada, busy):
    found = figures(signed_in(ada).get(HOME))
    assert found == {
        "people": 6,
        "enrolled": 5,
        "complete": 2,
        "on course": 1,
        "behind: a quiz not passed": 1,
        "not started": 1,
        "not yet signed in": 4,
    }


def test_every_figure_opens_as_many_names_as_it_says(signed_in, ada, busy):
    browser = signed_in(ada)
    for figure in browser.get(HOME).context["figures"]:
        found = browser.get(figure.url).context["found"].page.paginator.count
        assert found == figure.n, figure


def test_every_count_of_a_cohort_and_of_a_unit_opens_its_names(signed_in, cole, busy, cohort):
    browser = signed_in(cole)
    page = browser.get(HOME)
    people = reverse("oversee:people")
    (line,) = page.context["cohorts"].lines
    for _word, state, n in line.counts:
        found = browser.get(people, {"cohort": cohort.key, "state": state}).context["found"]
        assert found.page.paginator.count == n
    for line in page.context["units"]:
        assert counted(browser, unit=line.unit.key) == line.people
        assert counted(browser, unit=line.unit.key, state="enrolled") == line.enrolled
        for _word, state, n in line.shown_counts:
            assert counted(browser, unit=line.unit.key, state=state) == n


def counted(browser, **asked):
    page = browser.get(reverse("oversee:people"), asked)
    return page.context["found"].page.paginator.count


def test_a_unit_counts_its_branches(signed_in, ada, thea, unit, far, other_unit):
    lines = {line.unit: line for line in signed_in(ada).get(HOME).context["units"]}
    assert (lines[unit].people, lines[thea.unit].people, lines[other_unit].people) == (1, 1, 1)
    assert (lines[unit].depth, lines[thea.unit].depth) == (0, 1)


def test_a_coordinator_sees_and_counts_own_branches_only(signed_in, cole, thea, far, guest, unit):
    page = signed_in(cole).get(HOME)
    assert figures(page)["people"] == 2  # Cole and Thea
    assert figures(page)["enrolled"] == 1
    assert [line.cohort.name for line in page.context["cohorts"].lines] == ["Spring 2030"]
    assert page.context["cohorts"].lines[0].enrolled == 1
    text = page.content.decode()
    assert not any(word in text for word in ("Far Away", "Guest", "Naval", "Autumn"))


def test_a_cohort_elsewhere_is_named_when_own_people_are_in_it(
    signed_in, cole, thea, other_cohort, noon
):
    enrol(other_cohort, thea, at=noon, by=SITE)
    lines = {line.cohort: line for line in signed_in(cole).get(HOME).context["cohorts"].lines}
    assert not lines[other_cohort].own
    assert lines[other_cohort].enrolled == 1
    assert (
        signed_in(cole).get(reverse("oversee:cohort", args=(other_cohort.key,))).status_code == 404
    )


def test_closed_accounts_and_withdrawn_enrolments_are_not_counted(signed_in, ada, thea, enrolment):
    enrolment.state = "withdrawn"
    enrolment.save()
    assert figures(signed_in(ada).get(HOME))["enrolled"] == 0
    thea.is_active = False
    thea.save()
    assert figures(signed_in(ada).get(HOME))["people"] == 1


@pytest.mark.parametrize("who", ["ada", "cole"])
def test_the_page_costs_the_same_for_one_and_for_thirty(
    signed_in, who, request, thea, crowd, queries
):
    browser = signed_in(request.getfixturevalue(who))
    one = queries(browser, HOME)
    crowd(29)
    assert queries(browser, HOME) == one <= 13


def test_an_empty_site_says_what_is_missing(signed_in, ada):
    text = signed_in(ada).get(HOME).content.decode()
    assert "There is no cohort yet." in text
    assert "There is no unit yet." in text


@pytest.mark.parametrize("who", ["ada", "cole"])
def test_many_cohorts_come_in_pages_and_are_found_by_name(
    signed_in, who, request, thea, cohort, unit
):
    browser = signed_in(request.getfixturevalue(who))
    assert 'name="q"' not in browser.get(HOME).content.decode()
    for number in range(51):
        CohortFactory(name=f"Class {number:02}", edition=cohort.edition, unit=unit)
    first, second = (browser.get(HOME, {"page": page}).context["cohorts"] for page in (1, 2))
    names = [line.cohort.name for one in (first, second) for line in one.lines]
    assert len(first.lines) == 50
    assert names == [*(f"Class {number:02}" for number in range(51)), "Spring 2030"]
    found = browser.get(HOME, {"q": "spring"})
    assert [line.cohort.name for line in found.context["cohorts"].lines] == ["Spring 2030"]
    assert found.context["cohorts"].lines[0].enrolled == 1
    nothing = browser.get(HOME, {"q": "winter"}).content.decode()
    assert "No cohort has that in its name." in nothing
    assert "Show all cohorts" in nothing
