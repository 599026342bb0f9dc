"""Nobody but its instructors sees anything of a cohort."""

import uuid

import pytest
from django.urls import reverse


@pytest.fixture
def pages(enrolment, sit, noon, ines):
    """Every page of the desk that shows something of Ines's cohort."""
    cohort, attempt = enrolment.cohort.key, sit(enrolment, noon)
    return [
        reverse("teach:cohort", args=(cohort,)),
        reverse("teach:cohort_csv", args=(cohort,)),
        reverse("teach:evidence", args=(cohort, enrolment.pk, 1)),
        reverse("teach:trainee", args=(cohort, enrolment.key)),
        reverse("teach:attempt", args=(attempt.key,)),
    ]


def test_another_instructor_gets_404(pages, signed_in, otto):
    assert [signed_in(otto).get(page).status_code for page in pages] == [404] * 5


@pytest.mark.parametrize("who", ["thea", "aude", "ada", "cole", "sam"])
def test_whoever_teaches_nothing_gets_403(pages, signed_in, who, request):
    browser = signed_in(request.getfixturevalue(who))
    assert [browser.get(page).status_code for page in [*pages, "/teach/"]] == [403] * 6


def test_a_visitor_is_sent_to_sign_in(pages, client, db):
    assert {client.get(page).url.split("?")[0] for page in pages} == {"/accounts/login/"}


def test_own_cohort_and_foreign_trainee_is_404_and_the_reverse(
    signed_in, otto, other_cohort, enrolment
):
    browser = signed_in(otto)
    foreign = [
        reverse("teach:trainee", args=(other_cohort.key, enrolment.key)),
        reverse("teach:trainee", args=(enrolment.cohort.key, enrolment.key)),
        reverse("teach:evidence", args=(other_cohort.key, enrolment.pk, 1)),
    ]
    assert [browser.get(page).status_code for page in foreign] == [404] * 3


def test_an_address_of_nothing_is_404(signed_in, ines, cohort):
    browser = signed_in(ines)
    unknown = uuid.uuid4()
    pages = [
        reverse("teach:cohort", args=(unknown,)),
        reverse("teach:attempt", args=(unknown,)),
        reverse("teach:trainee", args=(cohort.key, unknown)),
        reverse("teach:evidence", args=(cohort.key, 10**25, 1)),
        reverse("teach:evidence", args=(cohort.key, 0, 1)),
        "/teach/cohorts/abc/",
        "/teach/cohorts/..%2f/",
        "/teach/attempts/1'--/",
    ]
    assert [browser.get(page).status_code for page in pages] == [404] * len(pages)


def test_reading_pages_refuse_to_be_written_to(pages, signed_in, ines):
    browser = signed_in(ines)
    assert [browser.post(page).status_code for page in [*pages, "/teach/"]] == [405] * 6
