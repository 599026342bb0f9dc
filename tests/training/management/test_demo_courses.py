"""The demo publishes the shipped courses once; what is published then belongs to its authors."""

import pytest

from curriculum.documents.models import Document, Edition, Revision
from curriculum.exchange.completing import completed
from curriculum.exchange.folder import write_folder
from curriculum.publishing.actions import Note, publish
from curriculum.publishing.checking import check
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put, tiny_files
from training.management.schoolhouse import courses

LESSON = "tiny/01-first/01-consent.md"
QUESTION = "tiny/01-first/questions/kind-numeric.md"


@pytest.fixture
def shipped(tmp_path, settings, db):
    """The folder of shipped content holds the tiny course."""
    settings.CONTENT_DIR = tmp_path
    write_folder(tmp_path, tiny_files())
    return tmp_path


def load():
    said = []
    return courses.load(at=NOON, say=said.append), "\n".join(said)


def editions():
    return sorted(Edition.objects.values_list("course__slug", "number"))


def of_another_course():
    """The tiny course once more, under another name and with other ids."""
    files = {}
    for path, text in tiny_files().items():
        if path.startswith("tiny/"):
            put(files, path.replace("tiny", "other", 1), _body(text))
    return files


def _body(text):
    return text.split("\n", 2)[2]


def test_what_is_published_is_kept_and_how_to_load_the_files_is_told(shipped):
    assert load()[0]
    assert editions() == [("tiny", 1)]
    done, said = load()
    assert done
    assert said.startswith("Courses: what is published is kept.")
    assert said.endswith("manage.py load_content")
    assert editions() == [("tiny", 1)]


def test_a_lesson_changed_at_the_desk_and_a_question_added_stay(shipped):
    load()
    changed = tiny_files()[LESSON].replace("First heading", "Ines's heading")
    more = {}
    put(more, "tiny/01-first/questions/added.md", _body(tiny_files()[QUESTION]))
    publish_tiny_course(files=tiny_files() | {LESSON: changed} | more)
    before = (editions(), Revision.objects.count(), Document.objects.living().count())
    done, said = load()
    assert done
    assert "Not the same as the shipped files: tiny (edition 2)" in said
    assert before == (editions(), Revision.objects.count(), Document.objects.living().count())


def test_newer_shipped_files_are_named_and_not_published(shipped):
    load()
    text = tiny_files()[LESSON].replace("First heading", "A newer heading")
    write_folder(shipped, {LESSON: text})
    assert "Not the same as the shipped files: tiny (edition 1)" in load()[1]
    assert editions() == [("tiny", 1)]


def test_a_shipped_course_that_is_new_is_published_beside_the_others(shipped):
    load()
    glossary = tiny_files()["glossary.yaml"].replace("an officer", "An author's officer")
    publish_tiny_course(files=completed({"glossary.yaml": glossary + "\n# by an author\n"}))
    kept = editions()
    write_folder(shipped, of_another_course())
    assert load()[0]
    assert editions() == [("other", 1), *kept]
    newest = Revision.objects.filter(document__path="glossary.yaml").latest("number")
    assert "by an author" in newest.text


def test_a_new_course_that_does_not_fit_what_stands_is_named_and_changes_nothing(shipped):
    load()
    files = of_another_course()
    cited = "vienna"
    files = {path: text.replace("vcdr", cited) for path, text in files.items()}
    sources = tiny_files()["sources.yaml"]
    write_folder(shipped, files | {"sources.yaml": sources + sources.replace("vcdr", cited)})
    done, said = load()
    assert not done
    assert "Not published: other." in said
    assert editions() == [("tiny", 1)]


def test_a_course_whose_folder_an_author_renamed_is_not_published_again(shipped):
    load()
    files = {path.replace("tiny/", "small/"): text for path, text in tiny_files().items()}
    publish(check(files), Note("Ines"), at=NOON)
    before = Revision.objects.count(), Edition.objects.count()
    assert load()[0]
    assert before == (Revision.objects.count(), Edition.objects.count())
