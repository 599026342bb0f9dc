"""The lists of a cohort, what each did, and taking one back from its page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from training.accounts.models import Person
from training.cohorts.models import Enrolment, Roster

LIST = "Service number;Rank;Name\r\nN-1;Lt;One\r\nN-2;Lt;<b>Two</b>\r\nN-3;;\r\n"


@pytest.fixture
def applied(signed_in, ada, cohort):
    """Ada has applied a list with a row in error; gives her browser and the list."""
    browser = signed_in(ada)
    browser.post(reverse("oversee:roster", args=(cohort.key,)), {"text": LIST})
    roster = Roster.objects.get()
    browser.post(page_of("roster_plan", roster), {"rows": "good"})
    roster.refresh_from_db()
    return browser, roster


def page_of(name, roster):
    return reverse(f"oversee:{name}", args=(roster.key,))


def test_the_cohort_tells_who_handed_in_what_and_what_it_did(applied, cohort):
    browser, roster = applied
    for url in (
        reverse("oversee:cohort", args=(cohort.key,)),
        reverse("oversee:rosters", args=(cohort.key,)),
    ):
        page = browser.get(url).content.decode()
        assert "New person 2, Refused 1" in page
        assert page_of("roster_plan", roster) in page
        assert page_of("roster_undo", roster) in page
    page = browser.get(page_of("roster_plan", roster)).content.decode()
    assert "Account made" in page
    assert "Correct the refused rows" in page
    assert "&lt;b&gt;Two" in page


def test_taking_back_is_shown_row_by_row_and_done_once(applied):
    browser, roster = applied
    url = page_of("roster_undo", roster)
    page = browser.get(url)
    assert "Account and enrolment removed" in page.content.decode()
    assert Enrolment.objects.count() == 2
    page = browser.post(url, follow=True).content.decode()
    assert "The list is taken back: 2 acts." in page
    assert "When it was taken back" in page
    assert not Enrolment.objects.exists()
    assert not Person.objects.filter(service_number__startswith="N-").exists()
    page = browser.post(url, follow=True).content.decode()
    assert "nothing was changed." in page
    assert "It was taken back" in browser.get(url).content.decode()


def test_after_a_day_it_is_not_offered_and_not_done(applied):
    browser, roster = applied
    Roster.objects.update(applied_at=roster.applied_at - timedelta(hours=24))
    assert page_of("roster_undo", roster) not in (
        browser.get(page_of("roster_plan", roster)).content.decode()
    )
    assert "more than 24 hours ago" in browser.get(page_of("roster_undo", roster)).content.decode()
    page = browser.post(page_of("roster_undo", roster), follow=True).content.decode()
    assert "A list can be taken back within 24 hours; nothing was changed." in page
    assert Enrolment.objects.count() == 2


def test_a_list_of_another_branch_is_404(applied, signed_in, cole, other_cohort):
    _browser, roster = applied
    Roster.objects.update(cohort=other_cohort)
    browser = signed_in(cole)
    assert browser.get(page_of("roster_undo", roster)).status_code == 404
    assert browser.post(page_of("roster_undo", roster)).status_code == 404
    assert Enrolment.objects.count() == 2


@pytest.mark.parametrize("name", ["roster_undo", "roster_plan"])
def test_the_pages_cost_the_same_for_one_row_and_for_thirty(signed_in, ada, cohort, queries, name):
    browser = signed_in(ada)

    def cost(rows):
        browser.post(
            reverse("oversee:roster", args=(cohort.key,)),
            {"text": "Service number;Name\n" + rows},
        )
        roster = Roster.objects.first()
        browser.post(page_of("roster_plan", roster), {"rows": "all"})
        return queries(browser, page_of(name, roster))

    one = cost("A-1;One\n")
    assert cost("".join(f"B-{n};P {n}\n" for n in range(30))) == one <= 13


def test_the_list_of_lists_costs_the_same_for_one_and_for_thirty(
    applied, cohort, ada, queries, noon
):
    browser, _roster = applied
    url = reverse("oversee:rosters", args=(cohort.key,))
    one = queries(browser, url)
    Roster.objects.bulk_create(
        Roster(cohort=cohort, text="x", created_at=noon, created_by=ada) for _ in range(29)
    )
    assert queries(browser, url) == one <= 6
