"""Taking a quiz in a browser, question by question."""

import re

import pytest

from curriculum.questions import registry
from tests.answering import names_of
from training.attempts.models import Attempt


def answer(page, *, right=True):
    """Answer the question of the page as its key says, or wrong, and go on."""
    key, position = re.search(r"attempts/([0-9a-f-]+)/(\d+)/", page.url).groups()
    item = Attempt.objects.get(key=key).items.get(position=position)
    given = names_of(item).answer(registry.key(item.kind, item.body))
    form = page.locator("section.question form").first
    if not right:
        go_on(page)
        return
    for each in [given["option"]] if "option" in given else given.get("options", []):
        form.locator(f"input[value='{each}']").check()
    for place, each in enumerate(given.get("order", []), start=1):
        form.locator(f"[name='place-{each}']").select_option(str(place))
    for left, side in given.get("pairs", {}).items():
        form.locator(f"[name='match-{left}']").select_option(side)
    for blank, words in given.get("blanks", {}).items():
        form.locator(f"[name='blank-{blank}']").fill(words)
    if "value" in given or "text" in given:
        form.locator("[name='answer']").fill(given.get("value") or given.get("text"))
    go_on(page)


def go_on(page):
    """Press the button, and wait for the page that it leads to."""
    here = page.url
    page.get_by_role("button", name=re.compile("Save and (continue|review)$")).click()
    page.wait_for_url(lambda url: url != here)


def touch(page, nth=0):
    """Answer the question that is shown, whatever its kind, with its nth possibility.

    Gives its position. Once the page is read to its end: what is not there yet nobody touches.
    """
    until(lambda: page.evaluate("document.readyState") != "loading", page)
    form = page.locator("form[data-answer]")
    chosen = form.locator("input[type=radio], input[type=checkbox]").all()[nth : nth + 1]
    typed = form.locator("input[type=text], input:not([type])").all()
    selects = form.locator("select").all()
    assert chosen or typed or selects, f"nothing to answer on {page.url}"
    for each in chosen:
        each.check()
    for each in typed:
        each.fill(str(72 + nth))
    for place, each in enumerate(selects, start=nth):
        each.select_option(index=1 + place % len(selects))
    return int(form.get_attribute("data-position"))


def until(true, page):
    """Wait for what the page itself cannot be asked to wait for: its policy forbids eval."""
    for _times in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    pytest.fail("it did not come about within ten seconds")
