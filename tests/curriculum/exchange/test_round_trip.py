"""Loading what was dumped changes nothing; neither does dumping what was loaded."""

from django.conf import settings

from curriculum.documents.models import Document, Edition, Entry, Revision
from curriculum.exchange.archive import read_archive, write_archive
from curriculum.exchange.folder import read_folder, write_folder
from curriculum.exchange.published import difference, published_files, published_texts
from curriculum.publishing.actions import Note, publish
from curriculum.publishing.checking import check
from tests.factories import NOON
from tests.tiny_course import tiny_files


def put_out(files):
    return publish(check(files), Note("Anybody"), at=NOON)


def state():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Document, Revision, Edition, Entry)
    ]


def comes_back_unchanged(files, folder):
    """Publish, dump, load through a folder and through a zip: nothing has changed anywhere."""
    put_out(files)
    before = state()
    dumped = published_files()
    write_folder(folder, dumped)
    from_folder, problems = read_folder(folder)
    from_zip, more = read_archive(write_archive(dumped))
    assert problems + more == []
    for loaded in (from_folder, from_zip):
        assert loaded == dumped
        checked = check(loaded)
        assert difference(checked) == []
        result = publish(checked, Note("Somebody else"), at=NOON)
        assert (result.added, result.changed, result.retired, result.editions) == ([], [], [], [])
    assert state() == before
    return dumped


def test_the_tiny_course_comes_back_as_it_was_written(db, tmp_path):
    assert comes_back_unchanged(tiny_files(), tmp_path) == tiny_files()


def test_the_shipped_courses_come_back_unchanged(db, tmp_path):
    files, problems = read_folder(settings.CONTENT_DIR)
    assert problems == []
    assert [str(one) for one in check(files).errors] == []
    assert set(comes_back_unchanged(files, tmp_path)) == set(files)


def test_what_is_published_costs_two_queries(edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert published_files() == tiny_files()
    with django_assert_num_queries(2):
        assert len(published_texts(["tiny"])) == len(tiny_files())
    assert published_files(["nothing"]) == {}


def test_a_renamed_course_is_a_course_moved(edition):
    files = {path.replace("tiny/", "small/"): text for path, text in tiny_files().items()}
    found = difference(check(files))
    assert {one.change for one in found} == {"moved"}
    assert len(found) == len(files) - 2


def test_an_empty_difference_is_one_that_publishing_does_nothing_about(edition):
    files = tiny_files()
    assert difference(check(files)) == []
    assert put_out(files).editions == []
    del files["tiny/01-first/questions/kind-short.md"]
    assert [one.change for one in difference(check(files))] == ["removed"]
    assert len(put_out(files).editions) == 1
