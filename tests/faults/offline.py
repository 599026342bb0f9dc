"""A real browser that loses its line for minutes, and whose saves are held up and let go again.

Everything that the page said would wait on the device must be stored afterwards, once each, without
a touch of the person.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from playwright.sync_api import Page, Response, expect, sync_playwright

from tests import machine

WAITING = """() => Object.keys(localStorage).filter((name) => name.includes("answers/")).length"""
PATIENCE = 60_000
OK = 200


@dataclass(slots=True)
class Line:
    """How many answers the page promised to send, and the keys of those that were acknowledged.

    Seconds: until the page said that it is offline, and until nothing waited after the return.
    """

    promised: int = 0
    acknowledged: list[str] = field(default_factory=list)
    banner: float = 0.0
    emptied: float = 0.0


def without_a_line(port: int, cookies: dict[str, str], first: str, seconds: float) -> Line:
    """Answer question 1 online, two more offline spread over `seconds`, and come back.

    Then the same with a server that is reached and whose answers never come: saves are blocked,
    and released after as many seconds, at most ten.
    """
    seen = Line()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=machine.browser(), args=arguments)
        context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
        context.set_default_timeout(PATIENCE)
        url = f"http://127.0.0.1:{port}"
        context.add_cookies(
            [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.on("response", lambda response: seen.acknowledged.extend(_key_of(response)))
        page.goto(f"{first}1/")
        _has_the_paper(page)
        _answer(page, 0)
        seen.promised += 1
        _until_empty(page)
        context.set_offline(True)
        began = time.monotonic()
        expect(page.locator("[data-offline]")).to_be_visible(timeout=PATIENCE)
        seen.banner = time.monotonic() - began
        for position in (2, 3):
            page.locator(f".navigator button[value='{position}']").click()
            expect(page.locator(f"form[data-position='{position}']")).to_be_visible()
            _answer(page, 0)
            page.wait_for_timeout(500 * seconds)
        seen.promised += _waiting(page, 2)
        context.set_offline(False)
        seen.emptied = _until_empty(page)
        page.route("**/attempts/**", lambda route: None)
        _answer(page, 1)
        seen.promised += _waiting(page, 1)
        page.wait_for_timeout(1000 * min(seconds, 10))
        page.unroute("**/attempts/**")
        page.goto("/learn/")
        seen.emptied = max(seen.emptied, _until_empty(page))
        browser.close()
    return seen


def _key_of(response: Response) -> list[str]:
    """The key of the save that this answer says is stored; nothing for any other answer."""
    asked = response.request
    if asked.method != "POST" or response.status != OK:
        return []
    return parse_qs(asked.post_data or "").get("key", [])


def _has_the_paper(page: Page) -> None:
    """Until the script has the whole paper, so that it can go on without a line."""
    _until(page, lambda: "paper" in page.evaluate("Object.keys(sessionStorage).join()"))


def _answer(page: Page, nth: int) -> None:
    form = page.locator("form[data-answer]")
    boxes = form.locator("input[type=radio], input[type=checkbox]").all()
    if boxes:
        boxes[nth % len(boxes)].check()
    for typed in form.locator("input[type=text], textarea").all():
        typed.fill(str(72 + nth))
    selects = form.locator("select").all()
    for place, select in enumerate(selects, start=nth):
        select.select_option(index=1 + place % len(selects))


def _waiting(page: Page, least: int) -> int:
    """How many answers wait on the device, once at least so many do."""
    _until(page, lambda: page.evaluate(WAITING) >= least)
    return int(page.evaluate(WAITING))


def _until_empty(page: Page) -> float:
    """Seconds until nothing waits any more and the last save was answered."""
    began = time.monotonic()
    page.wait_for_timeout(100)
    _until(page, lambda: not page.evaluate(WAITING))
    return time.monotonic() - began


def _until(page: Page, true) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while not true():
        if time.monotonic() > until:
            raise RuntimeError(f"{page.evaluate(WAITING)} answers wait at {page.url}")
        page.wait_for_timeout(100)
