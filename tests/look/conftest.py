"""The look is judged in the same browser, by the same rules, as the pages themselves.

The fixtures are those of tests/browser. A fixture that is seen from two folders is set up once for
each, and Playwright may be started only once in a thread: both share the one that runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser import conftest as pages
from tests.browser.conftest import accessible, chromium, fits, open_page, sound

__all__ = ["accessible", "chromium", "fits", "open_page", "sound"]
running: list[Any] = []
users: list[object] = []


@contextmanager
def one_playwright() -> Iterator[Any]:
    """The Playwright that runs, or a new one; it stops when nobody uses it any more."""
    if not users:
        manager = sync_playwright()
        running.extend([manager, manager.__enter__()])
    manager, playwright = running
    users.append(playwright)
    try:
        yield playwright
    finally:
        users.pop()
        if not users:
            manager.__exit__(None, None, None)
            running.clear()


pages.sync_playwright = one_playwright
