"""The pages of the authors' desk: who may see them, what they show, what they cost."""

import io
import zipfile

import pytest
from django.urls import reverse

from curriculum.courses import shelf
from curriculum.documents.models import Document, Edition
from curriculum.exchange.archive import read_archive
from curriculum.exchange.published import published_files
from curriculum.publishing.actions import Note, publish
from curriculum.publishing.checking import check
from tests.factories import NOON
from tests.factories.curriculum import EditionFactory, EntryFactory
from tests.factories.training import CohortFactory
from tests.tiny_course import tiny_files
from tests.training.author.conftest import LESSON, QUESTION


@pytest.fixture
def second_edition(edition):
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("A third paragraph.", "A third paragraph, changed.")
    publish(check(files), Note("Aude Auteur", "A clearer sentence."), at=NOON)
    return Edition.objects.get(course=edition.course, number=2)


def document(path):
    return Document.objects.get(path=path)


def addresses():
    lesson, question = document(LESSON).key, document(QUESTION).key
    return {
        "home": reverse("author:home"),
        "course": reverse("author:course", args=["tiny"]),
        "edition": reverse("author:edition", args=["tiny", 1]),
        "document": reverse("author:document", args=[lesson]),
        "preview": reverse("author:preview", args=[question]),
        "download": reverse("author:download", args=["tiny"]),
        "download_all": reverse("author:download_all"),
        "hand_in": reverse("author:hand_in"),
    }


def test_authors_and_admins_enter_and_nobody_else(
    edition, signed_in, client, aude, ada, thea, ines, cole, sam
):
    for name, address in addresses().items():
        for person in (aude, ada):
            assert signed_in(person).get(address).status_code == 200, name
        for person in (thea, ines, cole, sam):
            assert signed_in(person).get(address).status_code == 403, name
        assert client.get(address).status_code == 302, name


def test_pages_that_show_refuse_to_be_posted_to(at_desk):
    for name, address in addresses().items():
        if name not in ("hand_in", "preview"):
            assert at_desk.post(address).status_code == 405, name


def test_what_there_is_not_is_404(at_desk, edition):
    lesson = document(LESSON).key
    nowhere = "00000000-0000-4000-8000-000000000001"
    for address in (
        reverse("author:course", args=["nothing"]),
        reverse("author:edition", args=["tiny", 9]),
        reverse("author:download", args=["nothing"]),
        reverse("author:document", args=[nowhere]),
        reverse("author:delivery", args=[nowhere]),
        reverse("author:document", args=[lesson]) + "?revision=9",
        reverse("author:document", args=[lesson]) + "?revision=1&against=x",
        reverse("author:document", args=[lesson]) + "?revision=٣",
        reverse("author:preview", args=[document("tiny/course.md").key]),
        reverse("author:preview", args=[lesson]) + "?revision=" + "9" * 50,
    ):
        assert at_desk.get(address).status_code == 404, address


def test_the_first_page_counts_what_the_newest_edition_holds(at_desk, second_edition):
    CohortFactory(edition=second_edition)
    (row,) = at_desk.get(reverse("author:home")).context["courses"]
    assert (row.title, row.edition.number) == ("Tiny course", 2)
    assert (row.lessons, row.quizzes, row.cohorts) == (3, 2, 1)
    assert row.questions == Document.objects.filter(kind="question").count()


def test_the_outline_groups_questions_by_objective_and_level(at_desk, edition):
    page = at_desk.get(reverse("author:course", args=["tiny"])).context["page"]
    (refusal,) = [
        group
        for module in page.modules
        for group in module.asked
        if group.objective == "Recall what Refusal says."
    ]
    assert refusal.level == "recall"
    assert dict(refusal.kinds)["matching"] == 1
    assert len(refusal.questions) == 10


def test_the_outline_says_how_many_cohorts_run_each_edition(at_desk, edition, second_edition):
    CohortFactory.create_batch(2, edition=edition)
    text = at_desk.get(reverse("author:course", args=["tiny"])).content.decode()
    assert "run by 2 cohorts" in text
    assert "run by no cohort" in text


def test_an_edition_shows_what_it_changed(at_desk, second_edition):
    page = at_desk.get(reverse("author:edition", args=["tiny", 2]))
    (row,) = page.context["page"].changes.rows
    assert (row.difference.path, row.title) == (LESSON, "Consent")
    assert "A third paragraph, changed." in page.content.decode()
    assert second_edition.digest in page.content.decode()
    first = at_desk.get(reverse("author:edition", args=["tiny", 1])).content.decode()
    assert "This is the first edition of the course" in first


def test_a_document_shows_its_revisions_its_source_and_a_difference(at_desk, second_edition):
    address = reverse("author:document", args=[document(LESSON).key])
    newest = at_desk.get(address).content.decode()
    assert "A third paragraph, changed." in newest
    assert "A clearer sentence." in newest
    older = at_desk.get(address + "?revision=1").content.decode()
    assert "The newest is revision 2." in older
    both = at_desk.get(address + "?revision=2&against=1").context["page"]
    assert [line.text for line in both.changes.rows[0].lines if line.sign == "-"] == [
        "A third paragraph."
    ]


@pytest.mark.parametrize("kind", ["course", "module", "lesson", "question", "quiz", "glossary"])
def test_every_kind_of_document_has_a_page(at_desk, edition, kind):
    for one in Document.objects.filter(kind=kind):
        assert at_desk.get(reverse("author:document", args=[one.key])).status_code == 200


def test_every_question_can_be_previewed_without_its_key_in_what_is_asked(at_desk, edition):
    for one in Document.objects.filter(kind="question"):
        page = at_desk.get(reverse("author:preview", args=[one.key]))
        assert page.status_code == 200
        asked, _, key = page.content.decode().partition("<details")
        assert "FEEDBACK" not in asked
        assert "<table" in key


def test_a_lesson_can_be_previewed_with_links_to_its_checks(at_desk, edition):
    page = at_desk.get(reverse("author:preview", args=[document(LESSON).key])).content.decode()
    check_key = document("tiny/01-first/questions/consent-check.md").key
    assert reverse("author:preview", args=[check_key]) in page
    assert 'id="p2"' in page
    assert "<cite>Vienna Convention on Diplomatic Relations</cite>, art. 4" in page


def test_a_hostile_text_is_shown_as_text(at_desk, edition):
    files = tiny_files()
    files["tiny/course.md"] = files["tiny/course.md"].replace(
        "summary: A course for tests.", "summary: '<script>alert(1)</script>{{ settings }}'"
    )
    publish(check(files), Note("<b>Byline</b>", "<img src=x onerror=alert(1)>"), at=NOON)
    for address in addresses().values():
        text = at_desk.get(address).content
        assert b"<script>alert" not in text
        assert b"<b>Byline" not in text
        assert b"<img src=x" not in text
    shown = at_desk.get(reverse("author:course", args=["tiny"])).content.decode()
    assert "{{ settings }}" in shown


def test_a_download_holds_what_is_published_and_changes_nothing_when_loaded(at_desk, edition):
    for name in ("download", "download_all"):
        answer = at_desk.get(addresses()[name])
        assert answer["Content-Type"] == "application/zip"
        assert answer["Content-Disposition"].startswith("attachment;")
        files, problems = read_archive(answer.content)
        assert problems == []
        assert files == published_files()
        assert publish(check(files), Note("Anybody"), at=NOON).editions == []


def test_the_same_edition_downloads_as_the_same_bytes(at_desk, edition):
    first, second = (at_desk.get(addresses()["download"]).content for _ in range(2))
    assert first == second
    assert all(one.date_time[0] == 1980 for one in zipfile.ZipFile(io.BytesIO(first)).infolist())


def test_pages_cost_the_same_however_much_there_is(
    at_desk, second_edition, django_assert_num_queries
):
    lesson = reverse("author:document", args=[document(LESSON).key])
    prices = {
        reverse("author:home"): 7,
        reverse("author:course", args=["tiny"]): 5,
        reverse("author:edition", args=["tiny", 2]): 7,
        lesson: 7,
        lesson + "?revision=2&against=1": 8,
        reverse("author:preview", args=[document(LESSON).key]): 8,
        reverse("author:hand_in"): 2,
        reverse("author:download_all"): 4,
    }
    for _warm in range(2):
        for address in prices:
            at_desk.get(address)
    for address, price in prices.items():
        with django_assert_num_queries(price):
            at_desk.get(address)


def test_the_first_page_costs_the_same_for_one_course_and_for_thirty(
    at_desk, edition, django_assert_num_queries
):
    with django_assert_num_queries(7):
        at_desk.get(reverse("author:home"))
    for made in EditionFactory.create_batch(29):
        EntryFactory(edition=made, document=made.course, parent=None, revision__facts={})
        CohortFactory(edition=made)
    with django_assert_num_queries(7):
        page = at_desk.get(reverse("author:home"))
    assert len(page.context["courses"]) == 30
    assert len(page.content) < 30_000


def test_a_cold_process_pays_two_queries_more(at_desk, edition, django_assert_num_queries):
    shelf._kept.cache_clear()
    with django_assert_num_queries(7):
        at_desk.get(reverse("author:course", args=["tiny"]))
