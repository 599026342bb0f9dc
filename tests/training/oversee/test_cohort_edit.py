"""Changing a cohort from its page: nothing written over unseen, nothing typed lost."""

import pytest
from django.urls import reverse

from tests.training.flows.test_editing_a_cohort import next_edition
from training.audit.models import AuditEntry
from training.cohorts.models import Cohort, Enrolment
from training.flows.enrolling import withdraw


def page_of(name, cohort):
    return reverse(f"oversee:{name}", args=(cohort.key,))


@pytest.fixture
def filled(cohort, unit):
    return {
        "name": cohort.name,
        "unit": unit.key,
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": "",
        "version": 0,
    }


@pytest.mark.parametrize("who", ["ada", "cole"])
def test_name_and_dates_are_changed_and_told(signed_in, who, request, cohort, filled):
    browser = signed_in(request.getfixturevalue(who))
    sent = filled | {"name": "Summer 2030", "ends_on": "2035-08-01"}
    page = browser.post(page_of("cohort_edit", cohort), sent, follow=True).content.decode()
    assert "The cohort is changed." in page
    assert "Name: Spring 2030 became Summer 2030" in page
    cohort.refresh_from_db()
    assert (cohort.name, str(cohort.ends_on), cohort.version) == ("Summer 2030", "2035-08-01", 1)


def test_saving_what_is_there_changes_and_records_nothing(signed_in, ada, cohort, filled):
    page = signed_in(ada).post(page_of("cohort_edit", cohort), filled, follow=True)
    assert "Nothing was changed." in page.content.decode()
    assert not AuditEntry.objects.filter(verb="changed cohort").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Autumn 2030"}, "name"),
        ({"ends_on": "2001-01-01"}, "ends_on"),
        ({"unit": "x"}, "unit"),
        ({"version": "-1"}, "version"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_changed(
    signed_in, ada, cohort, other_cohort, filled, change, field
):
    page = signed_in(ada).post(page_of("cohort_edit", cohort), filled | change)
    assert field in page.context["form"].errors
    assert Cohort.objects.get(pk=cohort.pk).version == 0


def test_a_coordinator_gives_a_cohort_to_no_other_unit(signed_in, cole, cohort, filled, other_unit):
    page = signed_in(cole).post(page_of("cohort_edit", cohort), filled | {"unit": other_unit.key})
    assert "unit" in page.context["form"].errors


def test_the_later_of_two_is_told_and_loses_nothing(signed_in, ada, cole, cohort, filled):
    url = page_of("cohort_edit", cohort)
    signed_in(cole).post(url, filled | {"name": "Cole's name", "ends_on": "2035-08-01"})
    browser = signed_in(ada)
    page = browser.post(url, filled | {"name": "Ada's name"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Somebody changed this cohort while you did." in text
    assert "Col Cole Coordinator" in text
    assert "Last day: – became 2035-08-01" in text
    assert "<strong>Cole&#x27;s name</strong>" in text
    form = page.context["form"]
    assert form["name"].value() == "Ada's name"
    assert str(form["ends_on"].value()) == "2035-08-01"
    assert form["version"].value() == 1
    cohort.refresh_from_db()
    assert cohort.name == "Cole's name"
    again = filled | {"name": "Ada's name", "ends_on": "2035-08-01", "version": 1}
    assert browser.post(url, again).status_code == 302
    cohort.refresh_from_db()
    assert (cohort.name, str(cohort.ends_on)) == ("Ada's name", "2035-08-01")


def test_the_page_says_what_moving_would_change_before_it_is_done(
    signed_in, ada, enrolment, cohort
):
    newer = next_edition()
    browser = signed_in(ada)
    assert "Move to edition 2" in browser.get(page_of("cohort", cohort)).content.decode()
    page = browser.get(page_of("cohort_move", cohort))
    found = {(line.title, str(line.word)) for line in page.context["shown"].lines}
    assert found == {
        ("Added", "Added"),
        ("Consent", "New text"),
        ("The second", "Removed"),
        ("Recall", "Removed"),
        ("Quiz of second", "Removed"),
    }
    cohort.refresh_from_db()
    assert cohort.edition != newer
    sent = {"edition": 2, "version": 0}
    page = browser.post(page_of("cohort_move", cohort), sent, follow=True).content.decode()
    assert "The cohort runs edition 2 now." in page
    assert "Edition: 1 became 2" in page
    assert "runs the newest edition" in (
        browser.get(page_of("cohort_move", cohort)).content.decode()
    )


@pytest.mark.parametrize(
    "sent", [{}, {"edition": "1", "version": "0"}, {"edition": "x", "version": "0"}, {"edition": 2}]
)
def test_an_edition_that_is_not_newer_moves_nobody(signed_in, ada, cohort, sent):
    next_edition()
    assert signed_in(ada).post(page_of("cohort_move", cohort), sent).status_code == 422
    assert Cohort.objects.get(pk=cohort.pk).edition.number == 1


def test_a_move_looked_at_before_a_change_is_looked_at_again(signed_in, ada, cohort, filled):
    next_edition()
    browser = signed_in(ada)
    browser.post(page_of("cohort_edit", cohort), filled | {"name": "Other"})
    sent = {"edition": 2, "version": 0}
    page = browser.post(page_of("cohort_move", cohort), sent, follow=True).content.decode()
    assert "Somebody changed the cohort while you looked" in page
    assert Cohort.objects.get(pk=cohort.pk).edition.number == 1


def test_the_withdrawn_find_nothing_and_come_back_with_everything(
    signed_in, ada, cole, enrolment, noon
):
    from tests.training.flows.correcting import sit

    done, running = sit(enrolment, noon), sit(enrolment, noon, module=1, handed_in=False)
    thea = signed_in(enrolment.trainee)
    old = [
        reverse("learn:course", args=(enrolment.key,)),
        reverse("learn:progress", args=(enrolment.key,)),
        reverse("learn:lesson", args=(enrolment.key, "consent")),
        reverse("learn:question", args=(running.key, 1)),
        reverse("learn:result", args=(done.key,)),
    ]
    withdraw(enrolment, at=noon, by=ada, reason="posted")
    assert {thea.get(url).status_code for url in old} == {404}
    browser = signed_in(cole)
    person = browser.get(reverse("oversee:person", args=(enrolment.trainee.key,)))
    url = reverse("oversee:readmit", args=(enrolment.key,))
    assert url in person.content.decode()
    page = browser.post(url, follow=True).content.decode()
    assert "is enrolled again, with every record." in page
    assert thea.get(old[-1]).status_code == 200
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.ACTIVE


def test_a_closed_account_is_not_enrolled_again(signed_in, ada, enrolment, noon):
    withdraw(enrolment, at=noon, by=ada, reason="posted")
    enrolment.trainee.is_active = False
    enrolment.trainee.save()
    url = reverse("oversee:readmit", args=(enrolment.key,))
    page = signed_in(ada).post(url, follow=True).content.decode()
    assert "The account is closed; nothing was changed." in page
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.WITHDRAWN
