"""One enrolment: its record, read only, and its end."""

import pytest
from django.urls import reverse

from training.audit.models import AuditEntry
from training.cohorts.models import Enrolment


def page_of(name, enrolment):
    return reverse(f"oversee:{name}", args=(enrolment.key,))


def test_the_record_is_shown_and_the_look_is_written_down(signed_in, cole, enrolment):
    page = signed_in(cole).get(page_of("enrolment", enrolment))
    assert [module.title for module in page.context["record"].modules] == [
        "The first",
        "The second",
    ]
    assert AuditEntry.objects.get(verb="viewed").actor_name == "Col Cole Coordinator"
    assert "/teach/" not in page.content.decode()


def test_a_trainee_is_withdrawn_with_a_reason_and_the_record_stays(signed_in, cole, enrolment):
    browser = signed_in(cole)
    assert browser.post(page_of("withdraw", enrolment), {"reason": " "}).context["form"].errors
    browser.post(page_of("withdraw", enrolment), {"reason": "posted"})
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.WITHDRAWN
    assert AuditEntry.objects.get(verb="withdrew").detail == {"reason": "posted"}
    assert "Withdrawn from this cohort" in (
        browser.get(page_of("enrolment", enrolment)).content.decode()
    )


@pytest.mark.parametrize("name", ["enrolment", "withdraw"])
def test_people_elsewhere_are_404_even_in_an_own_cohort(signed_in, cole, guest, far, name):
    for person in (guest, far):
        enrolment = person.enrolments.get()
        browser = signed_in(cole)
        assert browser.get(page_of(name, enrolment)).status_code == 404
        sent = browser.post(page_of(name, enrolment), {"reason": "x"}).status_code
        assert sent == (405 if name == "enrolment" else 404)
        enrolment.refresh_from_db()
        assert enrolment.state == Enrolment.State.ACTIVE
