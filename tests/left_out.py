"""Nothing is left out unseen: what a test run skips, it names; the check run skips nothing."""

import os

import pytest

from tests import machine

left_out: dict[str, str] = {}
# Whoever asks for one of these, or for something that does, meets the database.
FIXTURES_OF_THE_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--with-database",
        action="store_true",
        help="only the tests that meet the database: the others pass or fail with any alike",
    )
    parser.addoption(
        "--rounds",
        type=int,
        default=60,
        help="how many saves meet their hand-in, in the race of the two (60; 1000 once in a while)",
    )


def pytest_collection_modifyitems(config, items):
    """Without a browser or a database the tests that need one are left out, and say so."""
    if config.getoption("--with-database"):
        others = [item for item in items if not _meets_the_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _meets_the_database(item)]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        others = [item for item in items if item.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
    if machine.nothing_may_be_left_out():
        return
    for item in items:
        for marker, reason in machine.missing().items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def _meets_the_database(item):
    asked = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or asked & FIXTURES_OF_THE_DATABASE)


def pytest_runtest_logreport(report):
    _remember(report)


def pytest_collectreport(report):
    _remember(report)


def _remember(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        left_out[report.nodeid] = str(reason).removeprefix("Skipped: ")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """In the check run a skipped test fails the run."""
    # Workers of xdist report to the main process, which alone decides.
    if (
        left_out
        and machine.nothing_may_be_left_out()
        and not hasattr(session.config, "workerinput")
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if left_out and machine.nothing_may_be_left_out():
        terminalreporter.section("skipped, and nothing may be skipped in the check run")
        for name, reason in sorted(left_out.items()):
            terminalreporter.line(f"{name}: {reason}")
