"""Handing in: a dry run that finds everything wrong, and publishes nothing."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from curriculum.documents.models import Document, Edition, Revision
from curriculum.exchange.models import Delivery
from tests.marking import every_sentence_marked, untranslated
from tests.tiny_course import GLOSSARY, tiny_files
from tests.training.author.conftest import LESSON, QUESTION
from training.audit.models import AuditEntry
from training.author import uploads


def counted():
    return Revision.objects.count(), Edition.objects.count()


def test_files_that_are_published_already_say_so_and_nothing_is_kept(hand_in):
    page = hand_in(tiny_files())
    assert page.status_code == 200
    assert "These files are what is published already." in page.content.decode()
    assert not Delivery.objects.exists()


def test_a_changed_lesson_shows_exactly_that_change(hand_in, at_desk, changed_files):
    before = counted()
    page = at_desk.get(hand_in(changed_files).url)
    rows = page.context["page"].changes.rows
    assert [row.difference.path for row in rows] == [LESSON]
    shown = [(line.sign, line.text) for line in rows[0].lines if line.sign in "+-"]
    assert shown == [("-", "A third paragraph."), ("+", "A third paragraph, changed.")]
    assert counted() == before


def test_handing_in_is_written_into_the_audit_trail(delivery, aude):
    entry = AuditEntry.objects.get(object_kind="delivery", object_key=str(delivery.key))
    assert (entry.verb, entry.actor_key) == ("handed in", aude.key)


def test_every_error_is_shown_by_file_and_line_and_nothing_is_kept(hand_in):
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("[[term: agrément]]", "[[term: nobody knows]]")
    files[QUESTION] = files[QUESTION].replace("level: recall", "level: hearsay")
    page = hand_in(files)
    text = page.content.decode()
    assert page.status_code == 422
    line = (
        files[LESSON]
        .split("\n")
        .index("The receiving State gives its [[term: nobody knows]] first.[^vcdr-4]")
    )
    found = {(one.path, one.line) for one in page.context["problems"].shown if one.is_error}
    assert (LESSON, line + 1) in found
    assert any(path == QUESTION for path, _ in found)
    assert "Nothing was published and nothing was kept." in text
    assert "<title>Error:" in text
    assert not Delivery.objects.exists()


def test_a_single_file_is_known_by_its_id_whatever_its_name(hand_in, at_desk, changed_files):
    answer = hand_in(name="draft of aude.md", raw=changed_files[LESSON].encode())
    rows = at_desk.get(answer.url).context["page"].changes.rows
    assert [(row.difference.change, row.difference.path) for row in rows] == [("changed", LESSON)]


def test_a_single_course_file_removes_nothing_from_its_course(hand_in, at_desk):
    text = tiny_files()["tiny/course.md"].replace("A course for tests.", "Another summary.")
    rows = at_desk.get(hand_in(name="course.md", raw=text.encode()).url).context["page"].changes
    assert (rows.changed, rows.removed) == (1, 0)


def test_a_single_file_that_nobody_knows_is_refused_with_its_line(hand_in):
    text = tiny_files()[LESSON].splitlines(keepends=True)
    text[1] = "id: 00000000-0000-4000-8000-000000000001\n"
    page = hand_in(name="new.md", raw="".join(text).encode())
    (problem,) = page.context["problems"].shown
    assert (problem.path, problem.line) == ("new.md", 2)
    assert "as a zip archive" in problem.message


def test_a_file_of_a_removed_document_says_how_to_bring_it_back(hand_in):
    text = tiny_files()[QUESTION]
    Document.objects.filter(path=QUESTION).update(state=Document.State.RETIRED)
    (problem,) = hand_in(name="q.md", raw=text.encode()).context["problems"].shown
    assert "was removed from its course" in problem.message


def test_a_zip_of_one_course_uses_the_published_glossary_and_sources(hand_in, changed_files):
    del changed_files["glossary.yaml"], changed_files["sources.yaml"]
    assert hand_in(changed_files).status_code == 302


def test_part_of_a_course_leaves_the_rest_as_it_is(hand_in, at_desk, changed_files):
    answer = hand_in({LESSON: changed_files[LESSON]})
    rows = at_desk.get(answer.url).context["page"].changes
    assert (rows.changed, rows.removed, len(rows.rows)) == (1, 0, 1)


def test_a_file_missing_from_a_whole_course_is_named_before_it_is_removed(hand_in, at_desk):
    files = tiny_files()
    del files[QUESTION]
    page = at_desk.get(hand_in(files).url)
    assert page.context["removed"] == [QUESTION]
    (row,) = page.context["page"].changes.rows
    assert row.title == "In which year was the Convention signed?"
    assert "would be removed from its course" in page.content.decode()


def test_a_glossary_by_itself_is_checked_against_every_course(hand_in, at_desk):
    text = GLOSSARY.replace("  term: agrément\n", "  term: consent\n").replace("agrement", "yes")
    page = hand_in(name="glossary.yaml", raw=text.encode())
    assert page.status_code == 422
    assert {one.path for one in page.context["problems"].shown if one.is_error} >= {LESSON}
    better = GLOSSARY.replace("An officer", "A serving officer")
    rows = at_desk.get(hand_in(name="glossary.yaml", raw=better.encode()).url).context["page"]
    assert [row.difference.path for row in rows.changes.rows] == ["glossary.yaml"]
    assert [one.title for one in rows.courses] == ["Tiny course"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("x.zip", b"PK\x03\x04 broken"),
        ("x.md", b"\xff\xfe\x00"),
        ("x.md", b""),
        ("x.md", b"no front matter"),
        ("x.zip", b"PK\x05\x06" + bytes(18)),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(hand_in, name, raw):
    page = hand_in(name=name, raw=raw)
    assert page.status_code == 422
    assert page.context["problems"].errors >= 1


def test_a_zip_that_leads_out_of_its_folder_is_refused(hand_in):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../etc/evil.md", "x")
    page = hand_in(raw=buffer.getvalue())
    assert page.status_code == 422
    assert "leads out of the archive" in page.content.decode()


def test_hostile_names_and_texts_are_shown_as_text(hand_in):
    bad = "<script>alert(1)</script>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"{bad}.md", "x")
    shown = hand_in(name=f"{bad}.zip", raw=buffer.getvalue()).content.decode()
    assert bad not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_without_a_file_the_form_says_so(at_desk):
    page = at_desk.post(reverse("author:hand_in"))
    assert page.status_code == 422
    assert "Choose a file. Nothing was handed in." in page.content.decode()


def test_a_file_above_20_mb_is_refused(hand_in):
    page = hand_in(name="big.zip", raw=b"PK" + bytes(20_000_001))
    assert page.status_code == 422
    assert "larger than 20 MB" in page.content.decode()


def test_a_body_above_25_mb_is_refused_before_it_is_parsed(at_desk, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_BODY", 1_000)
    upload = SimpleUploadedFile("big.zip", bytes(2_000))
    page = at_desk.post(reverse("author:hand_in"), {"file": upload})
    assert page.status_code == 413
    assert "larger than 20 MB. Nothing was kept." in page.content.decode()


def test_a_delivery_without_the_token_is_refused(aude):
    client = Client(enforce_csrf_checks=True)
    client.force_login(aude)
    upload = SimpleUploadedFile("c.zip", b"PK")
    assert client.post(reverse("author:hand_in"), {"file": upload}).status_code == 403
    client.get(reverse("author:hand_in"))
    token = client.cookies["csrftoken"].value
    answer = client.post(reverse("author:hand_in"), {"file": upload, "csrfmiddlewaretoken": token})
    assert answer.status_code == 422


def test_what_is_wrong_is_said_in_the_language_of_the_reader(hand_in):
    files = tiny_files()
    files["tiny/nowhere.txt"] = "x"
    files[LESSON] = files[LESSON].replace("[[term: agrément]]", "[[term: nobody knows]]")
    files[LESSON] = files[LESSON].replace("minutes: ", "minutes: many # ")
    files[QUESTION] = files[QUESTION].replace("level: recall", "level: hearsay").replace("= ", "~ ")
    with every_sentence_marked():
        page = hand_in(files)
        found = [one.message for one in page.context["problems"].shown]
        left = set(untranslated(page))
    assert len(found) > 5
    names = {"Training for military diplomacy", "Chancery · Training for military diplomacy"}
    assert left <= {*names, "Aude Auteur", *files}
