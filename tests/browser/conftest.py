"""A real browser in front of the real site, with the rules of accessibility beside it.

Every page that a test opens is watched: a message in the console, an error in a script, a request
to another host, or anything that the content security policy refused fails the test.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe, AxeResults
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

from tests import machine
from training.accounts.models import Person

# Playwright keeps an event loop in the test's thread; the database is still used by one at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WIDE = 1280
NARROW = 375
HEIGHT = 900
# For a busy machine; what is expected of a page has as long as what is looked for in it.
PATIENCE = 10_000
expect.set_options(timeout=PATIENCE)
# How many times slower the browser is to think. A test that bets on being quicker than a page, or
# slower, then loses its bet, which in the check run it does once in some hundred times.
SLOWER = float(os.environ.get("CHANCERY_TEST_SLOWER", "1"))
SERVER_ERROR = 500
press_at_once, focus_at_once = Locator.press, Locator.focus


def press_when_drawn(self: Locator, key: str, **options: Any) -> None:
    """A key as somebody presses it: who has not seen the page yet does not.

    Until its style sheet is there nothing in a page can have the focus, and the part that its
    address names takes it: a key pressed before goes nowhere.
    """
    self.wait_for()
    self.page.wait_for_load_state()
    press_at_once(self, key, **options)


def focus_when_drawn(self: Locator, **options: Any) -> None:
    """The same for whoever goes to a place and types there."""
    self.wait_for()
    self.page.wait_for_load_state()
    focus_at_once(self, **options)


Locator.press, Locator.focus = press_when_drawn, focus_when_drawn
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # It would copy the style sheets into the page, which the content security policy refuses.
    "preload": False,
    # To write down each part that passed takes two thirds of the time.
    "resultTypes": ["violations"],
}


# What may differ between two looks at the same page: its colours, its sizes, what scrolls.
OF_STYLE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]


class Shared:
    """The one browser of this process, whoever asks for it: Playwright starts once in a thread."""

    running: AbstractContextManager[Playwright] | None = None
    browser: Browser | None = None
    users = 0

    @classmethod
    def take(cls) -> Browser:
        if cls.browser is None:
            # Chromium refuses its sandbox to root, which is who runs checks in a container.
            arguments = ["--no-sandbox"] if os.getuid() == 0 else []
            cls.running = sync_playwright()
            playwright = cls.running.__enter__()
            cls.browser = playwright.chromium.launch(
                executable_path=machine.browser(), args=arguments
            )
        cls.users += 1
        return cls.browser

    @classmethod
    def give_back(cls) -> None:
        cls.users -= 1
        if cls.users == 0 and cls.browser is not None and cls.running is not None:
            cls.browser.close()
            cls.running.__exit__(None, None, None)
            cls.browser = cls.running = None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run. Fails, in the check run, where there is none."""
    if not machine.browser():
        pytest.fail("no Chromium browser on this machine", pytrace=False)
    yield Shared.take()
    Shared.give_back()


@pytest.fixture
def open_page(chromium, live_server) -> Iterator[Callable[..., Page]]:
    """Open a page of the site: `open_page("/learn/", thea, width=375)`.

    Signed in as the person, if one is given. Other arguments go to the browser's context, for
    example `java_script_enabled=False`, `color_scheme="dark"`, `locale="ar"`.
    """
    contexts, complaints = [], []

    def go(path: str, person: Person | None = None, *, width: int = WIDE, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHT},
            # A request that passes through one is not seen by the tests that block requests.
            service_workers="block",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if person is not None:
            context.add_cookies([session_of(person, live_server.url)])
        page = context.new_page()
        watch(page, live_server.url, complaints)
        answer = page.goto(path)
        assert answer is None or answer.status < SERVER_ERROR, f"{path} answers {answer.status}"
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def session_of(person: Person, url: str) -> dict[str, str]:
    """The cookie of a session in which this person is signed in."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def watch(page: Page, home: str, complaints: list[str]) -> None:
    """Write down whatever a careful visitor would find in the browser's tools."""

    if SLOWER > 1:
        tools = page.context.new_cdp_session(page)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def request(sent: Any) -> None:
        if not sent.url.startswith((home, "data:", "blob:")):
            complaints.append(f"asked another host: {sent.url}")

    def console(message: Any) -> None:
        # A 4xx or 5xx is for the test to judge: some pages are meant to answer so.
        meant = ("Failed to load resource", "blocked by Playwright")
        if message.type in {"error", "warning"} and not any(one in message.text for one in meant):
            complaints.append(f"console, on {page.url}: {message.text}")

    page.on("request", request)
    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"script, on {page.url}: {error}"))


def barriers(page: Page) -> str:
    """What axe finds on the page as it stands, once its style sheet is there: a report, or ""."""
    page.wait_for_load_state()
    return _report(page, Axe().run(page, options=AXE))


def barriers_of_style(page: Page) -> str:
    """The same for the rules of style alone, of a page that `barriers` has read before.

    Axe is in the page already: to bring it there takes longer than these rules.
    """
    options = AXE | {"runOnly": {"type": "rule", "values": OF_STYLE}}
    return _report(page, AxeResults(page.evaluate("options => axe.run(options)", options)))


def _report(page: Page, found: AxeResults) -> str:
    theme = (
        "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    )
    looked = f"{page.url} ({theme}, {page.evaluate('innerWidth')} px)"
    return f"{looked}\n{found.generate_report()}" if found.violations_count else ""


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    return wide - page.evaluate("document.documentElement.clientWidth")


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Fail with axe's report unless the page as it stands breaks none of its rules."""

    def check(page: Page) -> None:
        if report := barriers(page):
            pytest.fail(report, pytrace=False)

    return check


def look(page: Page, theme: str, width: int) -> None:
    """The page as it is with these settings; colours change at once, which else takes a while."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    if (page.viewport_size or {}).get("width") != width:
        page.set_viewport_size({"width": width, "height": HEIGHT})


@pytest.fixture(scope="session")
def sound() -> Callable[..., None]:
    """Fail unless the page as it stands is for everybody and fits, in the dark and in the light.

    `sound(page)` looks at the width it has, `sound(page, NARROW, WIDE)` at these. Axe reads all of
    the page in the dark, and then in the light by the rules that depend on colours and sizes. The
    page is left in the light, at the width it had.
    """

    def check(page: Page, *widths: int) -> None:
        had = (page.viewport_size or {}).get("width", WIDE)
        found = []
        for width in widths or (had,):
            look(page, "dark", width)
            found.append(barriers(page))
            look(page, "light", width)
            found.append(barriers_of_style(page))
            assert overflow(page) <= 0, f"{page.url} is too wide for {width} px"
        look(page, "light", had)
        if any(found):
            pytest.fail("\n".join(filter(None, found)), pytrace=False)

    return check


@pytest.fixture(scope="session")
def fits() -> Callable[[Page], None]:
    """Fail if the page is wider than the window: nobody reads by moving it sideways."""

    def check(page: Page) -> None:
        assert overflow(page) <= 0, f"{page.url} is too wide for its window"

    return check
