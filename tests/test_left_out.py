"""A test that is left out is named, and fails the check run (CI=true)."""

import os
import subprocess
import sys

import pytest

from tests.house import ROOT

SAMPLE = """
import pytest

@pytest.mark.browser
def test_in_a_browser():
    pass

@pytest.mark.skip(reason="too tired")
def test_skipped():
    raise AssertionError
"""


def run(folder, sample=SAMPLE, *more, **environment):
    """Run the sample with our hooks alone; answer with status and text."""
    (folder / "test_sample.py").write_text(sample)
    (folder / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n  browser\n  django_db\naddopts = -ra\n"
    )
    options = [
        *more,
        "-p",
        "tests.left_out",
        "-p",
        "no:django",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-c", str(folder / "pytest.ini"), str(folder)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "CI"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_check_run_fails_on_a_skipped_test_and_names_it(tmp_path):
    status, said = run(tmp_path, CI="true", CHROMIUM="any")
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "test_skipped: too tired" in said


def test_elsewhere_a_skipped_test_is_only_named(tmp_path):
    status, said = run(tmp_path, CHROMIUM="any")
    assert status == pytest.ExitCode.OK
    assert "too tired" in said


def test_without_a_browser_its_tests_are_left_out_with_a_sentence(tmp_path):
    status, said = run(tmp_path, PATH=str(tmp_path), CHROMIUM="")
    assert status == pytest.ExitCode.OK
    assert "left out: no Chromium browser on this machine" in said


def test_the_check_run_leaves_out_no_test_for_want_of_a_browser(tmp_path):
    status, said = run(tmp_path, PATH=str(tmp_path), CHROMIUM="", CI="true")
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "1 passed, 1 skipped" in said


def test_only_what_meets_the_database_is_chosen_when_asked_for(tmp_path):
    sample = """
import pytest

@pytest.fixture
def db():
    pass

@pytest.fixture
def thea(db):
    pass

def test_of_a_person(thea):
    pass

@pytest.mark.django_db
def test_marked():
    pass

def test_pure():
    pass
"""
    status, said = run(tmp_path, sample, "--with-database", "-v")
    assert status == pytest.ExitCode.OK
    assert "test_of_a_person" in said
    assert "test_marked" in said
    assert "test_pure" not in said
    assert "1 deselected" in said
