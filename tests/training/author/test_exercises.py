"""An exercise at the authors' desk: in the outline of its course, and read whole."""

import pytest
from django.urls import reverse

from curriculum.courses import shelf
from curriculum.documents.models import Document
from curriculum.publishing.actions import Note, publish
from curriculum.publishing.checking import check
from tests.curriculum.exercises.ferry import PATH, TEXT
from tests.factories import NOON
from tests.tiny_course import tiny_files


@pytest.fixture
def ferry(edition):
    rude = TEXT.replace("It is printed.", "It is <i>printed</i>.".replace("<", "&lt;"))
    publish(check(tiny_files() | {PATH: rude}), Note("Aude Auteur", "An exercise."), at=NOON)
    shelf._kept.cache_clear()
    return Document.objects.get(path=PATH)


def test_the_outline_of_its_course_names_it(ferry, aude, signed_in):
    text = signed_in(aude).get(reverse("author:course", args=["tiny"])).content.decode()
    assert reverse("author:document", args=[ferry.key]) in text
    assert "2 moments" in text
    assert "draft weights" in text


def test_its_page_shows_every_moment_choice_and_ending(
    ferry, aude, signed_in, django_assert_max_num_queries
):
    client = signed_in(aude)
    with django_assert_max_num_queries(8):
        answer = client.get(reverse("author:document", args=[ferry.key]))
    view = answer.context["page"].compiled.exercise
    assert [(one.at, one.id) for one in view.moments] == [
        ("D0 23:30", "the-quay"),
        ("D1 00:10", "the-gate"),
    ]
    assert view.moments[0].choices[1].effects == "hum -20"
    text = answer.content.decode()
    for words in ("The rule was known before.", "Ending: Away", "Who wrote the list?", "list-lost"):
        assert words in text
    assert "<i>printed" not in text


def test_it_comes_and_goes_with_its_file(ferry):
    publish(check(tiny_files()), Note("Aude Auteur", "Without it."), at=NOON)
    ferry.refresh_from_db()
    assert ferry.state == Document.State.RETIRED
