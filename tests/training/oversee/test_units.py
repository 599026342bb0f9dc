"""Building the tree of units and appointing coordinators."""

import pytest
from django.urls import reverse

from training.accounts.models import Appointment, Unit
from training.cohorts.permissions import roles_of

UNITS, NEW = reverse("oversee:units"), reverse("oversee:unit_new")


def page_of(name, unit):
    return reverse(f"oversee:{name}", args=(unit.key,))


def test_an_admin_builds_three_levels_and_the_coordinator_of_one_branch_sees_that_only(
    signed_in, ada, sam
):
    browser = signed_in(ada)
    browser.post(NEW, {"name": "Root", "code": "R"})
    root = Unit.objects.get(code="R")
    for code in ("A", "B"):
        browser.post(NEW, {"name": f"Branch {code}", "code": code, "parent": root.key})
    branch = Unit.objects.get(code="A")
    browser.post(NEW, {"name": "Leaf", "code": "L", "parent": branch.key})
    browser.post(page_of("appoint", branch), {"person": sam.key})
    seen = [line.unit.code for line, _who in signed_in(sam).get(UNITS).context["lines"]]
    assert seen == ["A", "L"]
    browser.post(page_of("dismiss", branch), {"person": sam.key})
    assert signed_in(sam).get(UNITS).status_code == 403


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "", "code": "X"}, "name"),
        ({"name": "X", "code": ""}, "code"),
        ({"name": "X", "code": "HALV"}, "code"),
        ({"name": "X", "code": "x" * 41}, "code"),
        ({"name": "X", "code": "X", "parent": "x"}, "parent"),
    ],
)
def test_a_mistake_is_told_at_its_field(signed_in, ada, unit, sent, field):
    page = signed_in(ada).post(NEW, sent)
    assert field in page.context["form"].errors
    assert Unit.objects.count() == 1


def test_a_coordinator_neither_builds_nor_appoints(signed_in, cole, sam, unit):
    browser = signed_in(cole)
    assert browser.get(UNITS).status_code == 200
    assert browser.get(NEW).status_code == 403
    assert browser.post(NEW, {"name": "X", "code": "X"}).status_code == 403
    for name in ("appoint", "dismiss"):
        assert browser.post(page_of(name, unit), {"person": cole.key}).status_code == 403
    assert Appointment.objects.count() == 1
    assert not roles_of(sam).coordinator


def test_whom_to_appoint_is_searched_for(signed_in, ada, sam, unit):
    page = signed_in(ada).get(UNITS, {"unit": unit.key, "person": "stranger"})
    assert page.context["people_found"] == [sam]
    assert page_of("appoint", unit) in page.content.decode()
    for bad in ({"unit": "x", "person": "a"}, {"unit": unit.key, "person": "\x00"}):
        assert signed_in(ada).get(UNITS, bad).status_code == 200


@pytest.mark.parametrize("name", ["appoint", "dismiss"])
def test_appointing_is_done_by_post_and_names_somebody(signed_in, ada, unit, name):
    browser = signed_in(ada)
    assert browser.get(page_of(name, unit)).status_code == 405
    for person in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert browser.post(page_of(name, unit), {"person": person}).status_code == 404
