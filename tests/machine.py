"""What this machine has of the things that some tests need."""

import os
import shutil
from functools import cache

from tests import pooler, postgres

# The first is Chromium without its windows: the same pages for two thirds of the work.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def nothing_may_be_left_out() -> bool:
    """Whether this is the check run (CI=true), in which a missing tool is a failure."""
    return os.environ.get("CI", "").casefold() in {"1", "true"}


@cache
def browser() -> str | None:
    """The path of a Chromium: the one named in CHROMIUM, or the first found. None without one."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@cache
def missing() -> dict[str, str]:
    """The marker of each kind of test that cannot run here, with the reason in plain words."""
    absent = {}
    if not browser():
        absent["browser"] = "left out: no Chromium browser on this machine"
    if not shutil.which("xgettext"):
        absent["gettext"] = "left out: no GNU gettext on this machine"
    try:
        postgres.binaries()
    except postgres.NotInstalled:
        absent["postgres"] = "left out: no PostgreSQL server on this machine"
    try:
        pooler.program()
    except pooler.NotInstalled:
        absent["pooler"] = "left out: no PgBouncer on this machine"
    return absent
