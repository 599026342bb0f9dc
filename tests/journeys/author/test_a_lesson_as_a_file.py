"""I-2: take a lesson out as a file, change it in an editor, hand it in.

An unchanged file gives an empty difference; a changed one shows exactly the change; ids stay.
"""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from curriculum.documents.models import Document, Edition
from curriculum.exchange.folder import write_folder

pytestmark = pytest.mark.browser

LESSON = "tiny/01-first/01-consent.md"


def zip_of(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return path


def downloaded(page, folder: Path) -> Path:
    """Click the download and unpack it, as an author does."""
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download everything (zip)").click()
    with zipfile.ZipFile(io.BytesIO(Path(waited.value.path()).read_bytes())) as archive:
        write_folder(folder, {name: archive.read(name).decode() for name in archive.namelist()})
    return folder


@pytest.mark.parametrize("width", [1280, 375])
def test_a_lesson_goes_out_comes_back_and_is_published(
    open_page, sound, author, published, hand_in, tmp_path, width
):
    ids = dict(Document.objects.values_list("path", "key"))
    page = open_page("/author/", author, width=width)
    sound(page)
    folder = downloaded(page, tmp_path / "content")

    page.get_by_role("link", name="Hand in a folder or a file").click()
    sound(page)
    hand_in(page, zip_of(folder))
    expect(page.get_by_text("These files are what is published already.")).to_be_visible()
    sound(page)

    lesson = folder / LESSON
    lesson.write_text(lesson.read_text().replace("A third paragraph.", "A better paragraph."))
    hand_in(page, zip_of(folder))
    expect(page.get_by_role("heading", name="What publishing would change")).to_be_visible()
    changed = page.locator(".diff-lines tr.added, .diff-lines tr.removed")
    assert [row.inner_text().split()[-2:] for row in changed.all()] == [
        ["third", "paragraph."],
        ["better", "paragraph."],
    ]
    assert Edition.objects.count() == 1
    sound(page)

    page.get_by_label("Note").fill("A better sentence.")
    page.get_by_label("Editorial: spelling or wording").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: 1 new edition.")).to_be_visible()
    sound(page)
    assert dict(Document.objects.values_list("path", "key")) == ids
    assert Edition.objects.get(number=2).note == "A better sentence."

    page.get_by_role("link", name="Back to the courses").click()
    page.get_by_role("link", name="Edition 2").click()
    expect(page.get_by_text("What changed since edition 1")).to_be_visible()
    expect(page.get_by_text("A better paragraph.")).to_be_visible()
    sound(page)


def test_one_file_by_itself_is_enough_and_no_script_is_needed(
    open_page, author, published, hand_in, tmp_path
):
    call_command("dump_content", tmp_path / "content", verbosity=0)
    lesson = tmp_path / "content" / LESSON
    page = open_page("/author/hand-in/", author, java_script_enabled=False)
    hand_in(page, lesson)
    expect(page.get_by_text("These files are what is published already.")).to_be_visible()
    lesson.write_text(lesson.read_text().replace("A third paragraph.", "A better paragraph."))
    hand_in(page, lesson)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: 1 new edition.")).to_be_visible()


def test_what_was_published_in_the_browser_is_what_the_command_line_writes(
    open_page, author, published, hand_in, tmp_path
):
    call_command("dump_content", tmp_path / "content", verbosity=0)
    lesson = tmp_path / "content" / LESSON
    lesson.write_text(lesson.read_text().replace("A third paragraph.", "A better paragraph."))
    page = open_page("/author/hand-in/", author)
    hand_in(page, lesson)
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Published: 1 new edition.").wait_for()
    call_command("load_content", tmp_path / "content", verbosity=0)
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_of_the_desk_can_be_read_by_everybody(
    open_page, sound, author, published, width
):
    kinds = ("course", "module", "lesson", "quiz", "glossary")
    keys = [Document.objects.filter(kind=kind).first().key for kind in kinds]
    questions = [one.key for one in Document.objects.filter(slug__startswith="kind-")]
    addresses = ["/author/courses/tiny/", "/author/courses/tiny/editions/1/"]
    addresses += [f"/author/documents/{key}/" for key in [*keys, questions[0]]]
    addresses += [f"/author/documents/{key}/preview/" for key in [keys[2], *questions]]
    page = open_page("/author/", author, width=width)
    for address in addresses:
        page.goto(address)
        for fold in page.locator("details.fold summary").all():
            fold.click()
        sound(page)
