"""A delivery: published once, all or nothing, and only what was shown."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Edition, Revision
from curriculum.exchange.models import Delivery
from curriculum.publishing.actions import Note
from curriculum.publishing.actions import publish as publish_files
from curriculum.publishing.checking import check
from tests.factories.training import AppointmentFactory, AttemptFactory, PersonFactory
from tests.tiny_course import tiny_files
from tests.training.author.conftest import LESSON, QUESTION
from training.audit.models import AuditEntry


def test_publishing_gives_one_revision_and_one_edition(delivery, publish, at_desk):
    revisions = Revision.objects.count()
    answer = publish(delivery, note="A clearer sentence.", change="editorial")
    assert answer.url == reverse("author:delivery", args=[delivery.key])
    edition = Edition.objects.get(course__slug="tiny", number=2)
    assert (edition.byline, edition.note) == ("Aude Auteur", "A clearer sentence.")
    assert Revision.objects.count() == revisions + 1
    new = Revision.objects.get(document__path=LESSON, number=2)
    assert (new.change, new.note) == ("editorial", "A clearer sentence.")
    page = at_desk.get(answer.url).content.decode()
    assert "Published: 1 new edition." in page
    assert "Edition 2 of tiny" in page


def test_publishing_stands_in_the_audit_trail_with_what_it_did(delivery, publish, aude):
    publish(delivery)
    entry = AuditEntry.objects.get(verb="published")
    assert entry.actor_key == aude.key
    assert entry.object_key == str(delivery.key)
    made = str(Edition.objects.get(number=2).key)
    assert entry.detail == {"editions": [made], "added": [], "changed": [LESSON], "retired": []}


def test_a_second_click_publishes_nothing_more(delivery, publish, at_desk):
    mark = at_desk.get(reverse("author:delivery", args=[delivery.key])).context["form"]["mark"]
    publish(delivery, mark=mark.value())
    again = publish(delivery, mark=mark.value())
    assert again.status_code == 302
    assert "settled before" in at_desk.get(again.url).content.decode()
    assert Edition.objects.filter(course__slug="tiny").count() == 2
    assert AuditEntry.objects.filter(verb="published").count() == 1


def test_what_somebody_else_published_since_is_shown_before_anything_is_lost(
    delivery, publish, at_desk
):
    mark = at_desk.get(reverse("author:delivery", args=[delivery.key])).context["form"]["mark"]
    theirs = tiny_files()
    theirs[LESSON] = theirs[LESSON].replace("A third paragraph.", "Their third paragraph.")
    publish_files(check(theirs), Note("Somebody"), at=timezone.now())
    editions = Edition.objects.count()
    answer = publish(delivery, mark=mark.value(), note="Kept words.")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "What is published has changed since this page was shown." in page
    assert "Their third paragraph." in page
    assert 'value="Kept words."' in page
    assert Edition.objects.count() == editions
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING
    fresh = answer.context["form"]["mark"].value()
    assert publish(delivery, mark=fresh).status_code == 302


def test_errors_that_came_up_since_keep_it_from_being_published(delivery, publish, at_desk):
    mark = at_desk.get(reverse("author:delivery", args=[delivery.key])).context["form"]["mark"]
    broken = {LESSON: delivery.files[LESSON].replace("agrément", "nobody")}
    Delivery.objects.filter(pk=delivery.pk).update(files=broken)
    answer = publish(delivery, mark=mark.value())
    assert answer.status_code == 409
    assert "1 error keeps these files from being published." in answer.content.decode()
    assert not Edition.objects.filter(number=2).exists()


def test_publishing_is_undone_where_the_audit_trail_cannot_be_written(
    delivery, publish, monkeypatch
):
    def refuse(*args, **kwargs):
        raise RuntimeError("no room")

    monkeypatch.setattr("training.flows.delivering.audit.record", refuse)
    with pytest.raises(RuntimeError):
        publish(delivery)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING
    assert not Edition.objects.filter(number=2).exists()


def test_a_running_cohort_stays_on_its_edition(delivery, publish, cohort, edition):
    before = course_of(edition)
    publish(delivery)
    cohort.refresh_from_db()
    assert cohort.edition == edition
    assert course_of(cohort.edition) is before


def test_the_page_says_what_publishing_means_for_those_who_are_running(
    delivery, at_desk, enrolment, edition
):
    AttemptFactory(enrolment=enrolment, edition=edition)
    page = at_desk.get(reverse("author:delivery", args=[delivery.key]))
    (course,) = page.context["page"].courses
    assert (course.title, course.number, course.cohorts, course.open_attempts) == (
        "Tiny course",
        2,
        1,
        1,
    )
    text = " ".join(page.content.decode().split())
    assert "Its 1 cohort stays on its edition until it is moved." in text
    assert "The 1 open attempt does not change." in text


def test_a_withdrawn_delivery_is_kept_and_cannot_be_published(delivery, publish, at_desk):
    mark = at_desk.get(reverse("author:delivery", args=[delivery.key])).context["form"]["mark"]
    answer = at_desk.post(reverse("author:withdraw", args=[delivery.key]))
    assert "Withdrawn. Nothing was published." in at_desk.get(answer.url).content.decode()
    publish(delivery, mark=mark.value())
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WITHDRAWN
    assert delivery.files
    assert not Edition.objects.filter(number=2).exists()


def test_a_removed_document_is_retired_and_earlier_editions_keep_it(
    hand_in, publish, edition, at_desk
):
    files = tiny_files()
    del files[QUESTION]
    hand_in(files)
    publish(Delivery.objects.get())
    assert edition.entries.filter(path=QUESTION).exists()
    newest = Edition.objects.get(course=edition.course, number=2)
    assert not newest.entries.filter(path=QUESTION).exists()


def test_another_author_does_not_find_the_delivery(delivery, signed_in):
    other = PersonFactory(username="second")
    AppointmentFactory(person=other)
    client = signed_in(other)
    for name in ("delivery", "publish", "withdraw"):
        address = reverse(f"author:{name}", args=[delivery.key])
        answer = client.get(address) if name == "delivery" else client.post(address)
        assert answer.status_code == 404
    assert str(delivery.key) not in client.get(reverse("author:home")).content.decode()


def test_an_admin_may_publish_what_an_author_handed_in(delivery, publish, signed_in, ada):
    publish(delivery, client=signed_in(ada))
    assert Edition.objects.get(number=2).byline == "Aude Auteur"
    assert AuditEntry.objects.get(verb="published").actor_key == ada.key


def test_publishing_needs_the_token(delivery, aude):
    client = Client(enforce_csrf_checks=True)
    client.force_login(aude)
    address = reverse("author:publish", args=[delivery.key])
    assert client.post(address, {"mark": "x", "change": "material"}).status_code == 403


def test_the_longest_rank_and_name_fit_into_the_byline(hand_in, signed_in, changed_files):
    long = PersonFactory(name="N" * 200, rank="R" * 60)
    AppointmentFactory(person=long)
    hand_in(changed_files, client=signed_in(long))
    assert Delivery.objects.get().byline == long.shown_name


def test_a_delivery_costs_the_same_for_one_change_and_for_many(
    hand_in, at_desk, django_assert_num_queries
):
    few, many = tiny_files(), tiny_files()
    few[LESSON] = few[LESSON].replace("A third", "Another third")
    many = {path: text.replace("State", "Kingdom") for path, text in many.items()}
    for files in (few, many):
        address = hand_in(files).url
        with django_assert_num_queries(14):
            at_desk.get(address)
