"""Making a cohort, staffing it, enrolling in it."""

import pytest
from django.urls import reverse

from tests.factories.training import PersonFactory
from training.audit.models import AuditEntry
from training.cohorts.models import Cohort, Enrolment

NEW = reverse("oversee:cohort_new")


def page_of(name, cohort):
    return reverse(f"oversee:{name}", args=(cohort.key,))


@pytest.fixture
def filled(edition, unit):
    return {
        "name": "Summer 2030",
        "edition": edition.key,
        "unit": unit.key,
        "starts_on": "2030-06-01",
        "ends_on": "2030-08-01",
    }


def test_the_newest_edition_is_proposed(signed_in, ada, edition):
    form = signed_in(ada).get(NEW).context["form"]
    assert form.fields["edition"].choices[0] == (str(edition.key), "Tiny course, edition 1")


@pytest.mark.parametrize("who", ["ada", "cole"])
def test_a_cohort_is_made(signed_in, who, request, filled):
    browser = signed_in(request.getfixturevalue(who))
    answer = browser.post(NEW, filled)
    made = Cohort.objects.get(name="Summer 2030")
    assert answer.url == page_of("cohort", made)
    assert made.course_id == made.edition.course_id


def test_a_coordinator_makes_none_for_another_unit_nor_without_one(
    signed_in, cole, filled, other_unit
):
    for unit in (other_unit.key, ""):
        page = signed_in(cole).post(NEW, filled | {"unit": unit})
        assert "unit" in page.context["form"].errors
    assert not Cohort.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Spring 2030"}, "name"),
        ({"starts_on": "x"}, "starts_on"),
        ({"ends_on": "2030-05-01"}, "ends_on"),
        ({"edition": "00000000-0000-0000-0000-000000000000"}, "edition"),
        ({"edition": "x"}, "edition"),
        ({"unit": "x"}, "unit"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_made(
    signed_in, ada, cohort, filled, change, field
):
    page = signed_in(ada).post(NEW, filled | change)
    assert field in page.context["form"].errors
    assert Cohort.objects.count() == 1


def test_an_instructor_is_found_added_and_removed(signed_in, ada, cohort, sam):
    browser = signed_in(ada)
    found = browser.get(page_of("cohort", cohort), {"instructor": "stranger"})
    assert found.context["shown"].instructors_found == [sam]
    browser.post(page_of("staff", cohort), {"person": sam.key})
    assert cohort.staffing.get().person == sam
    found = browser.get(page_of("cohort", cohort), {"instructor": "stranger"})
    assert found.context["shown"].instructors_found == []
    leave = reverse("oversee:unstaff", args=(cohort.key, sam.key))
    assert "Nobody else teaches this cohort." in browser.get(leave).content.decode()
    assert cohort.staffing.exists()
    page = browser.post(leave, follow=True).content.decode()
    assert not cohort.staffing.exists()
    assert "Removed an instructor: Sam Stranger" in page
    assert browser.post(leave).status_code == 404


def test_a_registered_person_is_found_and_enrolled(signed_in, ada, cohort, sam):
    browser = signed_in(ada)
    page = browser.get(page_of("cohort", cohort), {"person": "sam"})
    assert page.context["shown"].people_found == [sam]
    page = browser.post(page_of("enrol", cohort), {"person": sam.key}, follow=True)
    assert "Sam Stranger is enrolled." in page.content.decode()
    assert Enrolment.objects.get().trainee == sam


def test_a_coordinator_neither_finds_staffs_nor_enrols_people_elsewhere(
    signed_in, cole, cohort, far
):
    browser = signed_in(cole)
    page = browser.get(page_of("cohort", cohort), {"person": "far", "instructor": "far"})
    assert page.context["shown"].people_found == page.context["shown"].instructors_found == []
    for name in ("staff", "enrol"):
        assert browser.post(page_of(name, cohort), {"person": far.key}).status_code == 404
    assert not cohort.staffing.exists()
    assert not cohort.enrolments.exists()


def test_a_foreign_cohort_is_404_for_everything(signed_in, cole, thea, other_cohort, otto):
    browser = signed_in(cole)
    assert browser.get(page_of("cohort", other_cohort)).status_code == 404
    assert browser.get(page_of("roster", other_cohort)).status_code == 404
    for name in ("rosters", "cohort_edit", "cohort_move"):
        assert browser.get(page_of(name, other_cohort)).status_code == 404
    leave = reverse("oversee:unstaff", args=(other_cohort.key, otto.key))
    assert [browser.get(leave).status_code, browser.post(leave).status_code] == [404, 404]
    assert other_cohort.staffing.exists()
    for name in ("staff", "enrol", "roster", "cohort_edit", "cohort_move"):
        sent = browser.post(page_of(name, other_cohort), {"person": thea.key, "text": "x"})
        assert sent.status_code == 404
    assert not other_cohort.enrolments.exists()


def test_people_elsewhere_in_an_own_cohort_are_not_listed(signed_in, cole, thea, guest, cohort):
    page = signed_in(cole).get(page_of("cohort", cohort))
    assert "Thea Trainee" in page.content.decode()
    assert "Guest" not in page.content.decode()
    assert page.context["shown"].page.paginator.count == 1


@pytest.mark.parametrize("name", ["staff", "enrol"])
def test_a_form_that_names_nobody_is_404_and_a_look_is_405(signed_in, ada, cohort, name):
    browser = signed_in(ada)
    for person in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert browser.post(page_of(name, cohort), {"person": person}).status_code == 404
    assert browser.get(page_of(name, cohort)).status_code == 405


def test_a_closed_account_is_neither_staffed_nor_enrolled(signed_in, ada, cohort):
    closed = PersonFactory(username="closed", is_active=False)
    for name in ("staff", "enrol"):
        sent = signed_in(ada).post(page_of(name, cohort), {"person": closed.key})
        assert sent.status_code == 404


def test_fields_that_the_form_does_not_have_change_nothing(signed_in, ada, filled, sam):
    more = {"is_admin": "1", "course": "1", "key": "1", "staffing": sam.pk, "id": 7}
    signed_in(ada).post(NEW, filled | more)
    sam.refresh_from_db()
    assert not sam.is_admin
    assert AuditEntry.objects.get(verb="created cohort").detail == {"name": "Summer 2030"}


def test_the_page_costs_the_same_for_one_and_for_thirty(
    signed_in, ada, thea, cohort, crowd, queries
):
    browser = signed_in(ada)
    url = page_of("cohort", cohort) + "?person=a&instructor=a"
    one = queries(browser, url)
    crowd(29)
    assert queries(browser, url) == one <= 13
