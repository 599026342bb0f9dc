import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from tests.factories.training import AppointmentFactory, StaffingFactory
from training.accounts.models import Person, Role
from training.cohorts.models import Enrolment
from training.cohorts.permissions import Roles, desk, roles_of

CAST = {
    "thea": (Roles(trainee=True), {"learn"}),
    "ines": (Roles(instructor=True), {"teach"}),
    "aude": (Roles(author=True), {"author"}),
    "cole": (Roles(coordinator=True), {"oversee"}),
    "ada": (Roles(admin=True), {"author", "oversee"}),
    "sam": (Roles(), set()),
}


@pytest.fixture
def cast(thea, ines, aude, cole, ada, sam):
    return {person.username: person for person in (thea, ines, aude, cole, ada, sam)}


def enters(person, name):
    request = RequestFactory().get("/")
    request.user = person
    try:
        return desk(name)(lambda request: HttpResponse("in"))(request).content == b"in"
    except PermissionDenied:
        return False


@pytest.mark.parametrize("name", CAST)
def test_everybody_has_their_own_roles_and_no_other(cast, name):
    assert roles_of(cast[name]) == CAST[name][0]


@pytest.mark.parametrize("name", CAST)
def test_a_desk_lets_in_those_it_is_for_and_nobody_else(cast, name):
    desks = {"learn", "teach", "author", "oversee"}
    assert {each for each in desks if enters(cast[name], each)} == CAST[name][1]


def test_a_visitor_enters_no_desk_without_a_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert roles_of(AnonymousUser()) == Roles()
        assert not enters(AnonymousUser(), "learn")


def test_roles_cost_one_query_however_often_they_are_asked(
    thea, ines, cohort, django_assert_num_queries
):
    for _ in range(30):
        AppointmentFactory(role=Role.AUTHOR)
        StaffingFactory(cohort=cohort)
    with django_assert_num_queries(1):
        for each in ("learn", "teach", "author", "oversee"):
            enters(thea, each)


def test_who_was_withdrawn_is_no_longer_a_trainee(thea):
    Enrolment.objects.filter(trainee=thea).update(state=Enrolment.State.WITHDRAWN)
    assert roles_of(thea) == Roles()


def test_a_role_that_was_taken_away_is_gone_at_the_next_request(ines):
    assert roles_of(ines).instructor
    ines.staffing.all().delete()
    assert not roles_of(Person.objects.get(pk=ines.pk)).instructor


def test_a_closed_account_has_no_roles(ada):
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    assert roles_of(ada) == Roles()


def test_an_unknown_desk_is_an_error_when_the_page_is_written():
    with pytest.raises(KeyError):
        desk("kitchen")
