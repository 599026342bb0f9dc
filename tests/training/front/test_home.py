import pytest
from django.urls import reverse

from tests.factories.training import AppointmentFactory, EnrolmentFactory
from training.accounts.models import Role

HOMES = {
    "thea": "learn:today",
    "ines": "teach:home",
    "aude": "author:home",
    "cole": "oversee:home",
    "ada": "oversee:home",
}


@pytest.fixture
def cast(thea, ines, aude, cole, ada):
    return {person.username: person for person in (thea, ines, aude, cole, ada)}


@pytest.mark.parametrize("name", HOMES)
def test_everybody_is_sent_to_their_own_desk(cast, signed_in, name):
    answer = signed_in(cast[name]).get("/")
    assert (answer.status_code, answer.url) == (302, reverse(HOMES[name]))


def test_a_visitor_is_sent_to_the_sign_in(client, db):
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, reverse("account_login"))


def test_who_has_nothing_assigned_is_told_whom_to_ask(sam, signed_in):
    page = signed_in(sam).get("/")
    assert page.status_code == 200
    assert "Nothing is assigned to you yet" in page.content.decode()
    assert "Ask the coordinator" in page.content.decode()


def test_learning_goes_before_teaching_and_oversight(ines, ada, cohort, signed_in):
    for person in (ines, ada):
        EnrolmentFactory(trainee=person, cohort=cohort)
        AppointmentFactory(person=person, role=Role.AUTHOR)
        assert signed_in(person).get("/").url == reverse("learn:today")


def test_the_navigation_shows_the_desks_that_are_open(ines, cohort, signed_in):
    EnrolmentFactory(trainee=ines, cohort=cohort)
    page = signed_in(ines).get(reverse("front:help"))
    assert [item["url"] for item in page.context["navigation"]] == [
        reverse("learn:today"),
        reverse("teach:home"),
    ]
    html = page.content.decode()
    assert f'href="{reverse("teach:home")}"' in html
    assert f'href="{reverse("oversee:home")}"' not in html


def test_the_way_back_to_an_outsider_page_is_refused_to_other_roles(sam, signed_in):
    page = signed_in(sam).get(reverse("front:help"))
    assert page.context["navigation"] == []


def test_a_page_for_a_visitor_asks_the_database_nothing(client):
    # Without the mark for the database any query here would fail.
    assert client.get(reverse("front:help")).status_code == 200


def test_a_signed_in_page_costs_two_queries(thea, signed_in, django_assert_num_queries):
    client = signed_in(thea)
    # The session; the person with the roles.
    with django_assert_num_queries(2):
        client.get(reverse("front:help"))
