"""I-3: break what can be broken. Publishing is refused with line numbers, here and by command."""

import io

import pytest
from django.core.management import CommandError, call_command
from playwright.sync_api import expect

from curriculum.documents.models import Edition
from curriculum.exchange.archive import write_archive
from curriculum.exchange.folder import write_folder
from curriculum.exchange.models import Delivery
from curriculum.publishing.checking import check
from tests.tiny_course import tiny_files

pytestmark = pytest.mark.browser

LESSON = "tiny/01-first/01-consent.md"
OTHER = "tiny/01-first/02-refusal.md"
QUESTION = "tiny/01-first/questions/consent-1.md"
DRAWN = "tiny/02-second/01-recall.md"
ALT = "alt: The Congress of Vienna ranks heads of mission in 1815, and a second one in 1961.\n"
FIGURE = f"""
```figure
kind: timeline
title: Two congresses
{ALT}events:
  - {{when: 1815, what: Vienna}}
  - {{when: 1961, what: Vienna again}}
```
"""


def drawn_files() -> dict[str, str]:
    """The course with a figure in it, and nothing wrong."""
    files = tiny_files()
    files[DRAWN] += FIGURE
    return files


def broken_files() -> dict[str, str]:
    """A bad link, an id that stands twice, a key with no right option, a figure without words."""
    files = drawn_files()
    files[DRAWN] = files[DRAWN].replace(ALT, "")
    files[LESSON] = files[LESSON].replace("A third", "[A](http://example.org) third")
    files[OTHER] = files[OTHER].replace(files[OTHER].split("\n")[1], files[LESSON].split("\n")[1])
    files[QUESTION] = files[QUESTION].replace("[x]", "[ ]")
    return files


def lines_of_the_command(folder) -> set[str]:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_content", folder, "--no-warnings", stdout=out)
    return {line for line in out.getvalue().splitlines() if line.startswith("error: ")}


@pytest.mark.parametrize("width", [1280, 375])
def test_what_is_broken_is_refused_with_the_lines_that_the_command_line_names(
    open_page, sound, author, published, hand_in, tmp_path, width
):
    files = broken_files()
    write_folder(tmp_path / "content", files)
    archive = tmp_path / "content.zip"
    archive.write_bytes(write_archive(files))

    page = open_page("/author/hand-in/", author, width=width)
    hand_in(page, archive)
    expect(page.get_by_text("Nothing was published and nothing was kept.")).to_be_visible()
    assert page.title().startswith("Error:")
    sound(page)
    rows = [row.locator("td").all_inner_texts() for row in page.locator("tr.row-bad").all()]
    shown = {f"error: {file}:{line}: {message}" for file, line, _kind, message in rows}
    expected = lines_of_the_command(tmp_path / "content")
    broken = {LESSON, OTHER, QUESTION, DRAWN}
    assert {path for path in broken if any(path in it for it in expected)} == broken
    line = drawn_files()[DRAWN].splitlines().index("```figure") + 1
    without_words = [it for it in shown if it.startswith(f"error: {DRAWN}:")]
    assert without_words == [f"error: {DRAWN}:{line}: The figure has no alt here. Add it."]
    assert shown == expected
    assert not Delivery.objects.exists()
    assert Edition.objects.count() == 1


def test_with_its_words_the_figure_is_nothing_to_refuse():
    assert check(drawn_files()).errors == []


def test_the_command_line_refuses_to_load_what_is_broken(published, tmp_path):
    write_folder(tmp_path, broken_files())
    with pytest.raises(CommandError, match="Nothing was published"):
        call_command("load_content", tmp_path, stderr=io.StringIO())
    assert Edition.objects.count() == 1
