"""The three commands: the same checks as in the browser, all or nothing, and repeatable."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.documents.models import Edition, Revision
from curriculum.exchange.folder import read_folder, write_folder
from curriculum.publishing.checking import check
from tests.tiny_course import tiny_files

LESSON = "tiny/01-first/01-consent.md"
QUESTION = "tiny/01-first/questions/kind-numeric.md"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(tmp_path):
    write_folder(tmp_path, tiny_files())
    return tmp_path


def spoil(folder):
    """Break three things. Returns the errors that the check must find."""
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("[[term: agrément]]", "[[term: nobody]]")
    files[LESSON] = files[LESSON].replace("minutes: 10", "minutes: ten")
    files[QUESTION] = files[QUESTION].replace("= 1961", "= year")
    write_folder(folder, files)
    return [str(one) for one in check(files).errors]


def run(command, *args, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue()


def refused(command, *args):
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as found:
        call_command(command, *map(str, args), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue() + str(found.value)


def warnings_of(folder):
    return run("check_content", folder).count("warning: ")


def test_a_good_folder_is_counted(folder):
    assert run("check_content", folder, "--no-warnings") == (
        f"{len(tiny_files())} files (course: 1, module: 2, lesson: 3, "
        f"question: {sum('questions/' in path for path in tiny_files())}, quiz: 2, glossary: 1, "
        f"sources: 1): 0 errors, {warnings_of(folder)} warnings, "
        "0 accepted; 0 judgements with draft weights.\n"
    )


def test_draft_weights_are_counted(folder):
    path = folder / "tiny/01-first/questions/kind-judgement.md"
    path.write_text(path.read_text().replace("panel: 7", "panel: 7\nweights: draft"))
    told = run("check_content", folder, "--no-warnings")
    assert "0 errors" in told
    assert "; 1 judgements with draft weights." in told


def test_every_error_is_printed_with_file_and_line(folder):
    errors = spoil(folder)
    said = refused("check_content", folder)
    assert len(errors) >= 3
    assert all(f"error: {error}\n" in said for error in errors)
    assert f"{LESSON}:4: `minutes`" in said
    assert "it cannot be published" in said


def test_facts_are_due_on_the_day_that_is_asked_for(folder):
    path = folder / LESSON
    path.write_text(path.read_text().replace("minutes: 10", "minutes: 10\nreview_by: 2027-01-01"))
    said = "were to be checked again by 2027-01-01"
    assert said not in run("check_content", folder, "--on", "2027-01-01")
    assert said in run("check_content", folder, "--on", "2027-01-02")


def test_warnings_can_be_left_out_and_do_not_refuse(folder):
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("A third paragraph.", "Again [[term: agrément]].")
    write_folder(folder, files)
    assert f"warning: {LESSON}:" in run("check_content", folder)
    short = run("check_content", folder, "--no-warnings")
    assert "warning: " not in short
    assert f"0 errors, {warnings_of(folder)} warnings, 0 accepted;" in short


def test_what_cannot_be_read_is_an_error_too(folder):
    (folder / "tiny" / "link.md").symlink_to("/etc/hostname")
    (folder / QUESTION).write_bytes(b"\xff")
    said = refused("check_content", folder)
    assert "tiny/link.md:0: Symbolic links" in said
    assert f"{QUESTION}:1: The file is not UTF-8." in said


def test_checking_needs_no_database_and_its_exit_code_tells(folder):
    def exit_code():
        settings = {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": "sqlite:////nowhere",
        }
        command = [sys.executable, "manage.py", "check_content", str(folder)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    assert exit_code()[0] == 0
    errors = spoil(folder)
    code, said = exit_code()
    assert code == 1
    assert all(error in said for error in errors)


def test_loading_publishes_and_loading_again_changes_nothing(db, folder):
    assert "published: tiny edition 1" in run("load_content", folder)
    said = run("load_content", folder)
    assert "published" not in said
    assert f"0 added, 0 changed, 0 retired, {len(tiny_files())} unchanged." in said
    assert Edition.objects.count() == 1


def test_loading_says_who_and_why(db, folder):
    run("load_content", folder, "--byline", "Aude Auteur", "--note", "First.", "--editorial")
    edition = Edition.objects.get()
    assert (edition.byline, edition.note) == ("Aude Auteur", "First.")
    assert set(Revision.objects.values_list("change", flat=True)) == {"editorial"}


def test_loading_with_an_error_writes_nothing_and_says_where(db, folder):
    run("load_content", folder)
    errors = spoil(folder)
    said = refused("load_content", folder)
    assert all(f"error: {error}\n" in said for error in errors)
    assert "Nothing was published" in said
    assert Edition.objects.count() == 1
    assert Revision.objects.count() == len(tiny_files())


def test_loading_names_what_it_retires(db, folder):
    run("load_content", folder)
    (folder / QUESTION).unlink()
    said = run("load_content", folder)
    assert f"retired: {QUESTION}\n" in said
    assert "published: tiny edition 2" in said


def test_dumping_writes_what_is_published(edition, tmp_path):
    said = run("dump_content", tmp_path / "out")
    assert said == f"{len(tiny_files())} files, {len(tiny_files())} written.\n"
    assert read_folder(tmp_path / "out") == (tiny_files(), [])
    assert f"{len(tiny_files())} files, 0 written." in run("dump_content", tmp_path / "out")
    assert "0 added, 0 changed, 0 retired" in run("load_content", tmp_path / "out")
    assert Edition.objects.count() == 1


def test_dumping_a_course_that_there_is_not_is_told(edition, tmp_path):
    assert "Nothing is published under that name." in refused(
        "dump_content", tmp_path, "--course", "nothing"
    )
    assert f"{len(tiny_files())} files" in run("dump_content", tmp_path, "--course", "tiny")
