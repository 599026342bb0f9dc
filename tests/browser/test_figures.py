"""Figures as a browser draws them: letters inside the frame, readable, told in words on paper."""

import pytest
from django.urls import reverse

from tests.browser.conftest import NARROW, barriers, overflow
from tests.tiny_course import publish_tiny_course, tiny_files

pytestmark = pytest.mark.browser

ALT = "Whoever cannot see this picture learns the same from these words."
FIGURES = {
    "timeline": """events:
  - {when: 18 April 1961, what: "Vienna Convention on Diplomatic Relations"}
  - {when: "1963", what: Consular relations}""",
    "seating": """shape: long
top: {who: Host, note: "1"}
bottom: Co-host
left: [{who: Ambassador of Orlund, note: "2"}, Interpreter]
right: [Minister, {who: Defence attaché of Sarremar, note: between the two}]""",
    "line": """of: flags
viewer: seen from the front
items: [{who: Kestria, note: host}, {who: Halvenia}, {who: Meridian Compact}, {who: Orlund},
  {who: Sarremar}, {who: Tavisk}]""",
    "channels": """columns:
  - {title: Home, nodes: [{id: a, label: Ministry of Foreign Affairs}, {id: b, label: Staff}]}
  - {title: Mission, nodes: [{id: c, label: Head of mission}, {id: d, label: Defence attaché}]}
  - {title: Host, nodes: [{id: e, label: Humanitarian desk}]}
links:
  - {from: a, to: c, what: instructions}
  - {from: b, to: e, what: hot line, style: dashed}
  - {from: a, to: b, what: advice}
  - {from: e, to: d, what: news}""",
    "steps": """steps:
  - {who: Unit, what: Asks, note: ten days before}
  - {who: Attaché, what: Sends the note}""",
    "decision": """questions:
  - {ask: "Force or threat against a State?", answer: "No", then: "Consent is enough"}
otherwise: "No ground: do not go" """,
    "ranks": "columns: [Code, Army, Navy]\nrows: [[OF-5, Colonel, Captain], [OF-3, Major, Lt Cdr]]",
}
# Letters outside their picture, and how many pixels high the smallest are.
LETTERS = """() => {
  const texts = [...document.querySelectorAll(".drawing text")];
  const outside = texts.filter((text) => {
    const box = text.getBBox(), frame = text.ownerSVGElement.viewBox.baseVal;
    return box.x < 0 || box.y < 0
      || box.x + box.width > frame.width || box.y + box.height > frame.height;
  });
  const sizes = texts.map((text) => parseFloat(getComputedStyle(text).fontSize)
    * text.ownerSVGElement.getBoundingClientRect().width / 360);
  return [texts.length, outside.map((text) => text.textContent), Math.min(...sizes)];
}"""
BOXES = """() => [...document.querySelectorAll(".drawn-box + .drawn-words")].filter((text) => {
  const words = text.getBBox(), box = text.previousElementSibling.getBBox();
  return words.x < box.x || words.x + words.width > box.x + box.width;
}).map((text) => text.textContent)"""


@pytest.fixture
def edition(db):
    files = tiny_files()
    for kind, own in FIGURES.items():
        figure = f"\n```figure\nkind: {kind}\ntitle: A {kind}\nalt: {ALT}\n{own}\n```\n"
        files["tiny/01-first/01-consent.md"] += figure
    return publish_tiny_course(files=files)


def test_figures_are_readable_on_a_telephone_in_the_dark_and_on_paper(open_page, enrolment, thea):
    url = reverse("learn:lesson", args=[enrolment.key, "consent"])
    page = open_page(url, thea, width=NARROW, color_scheme="dark")
    page.evaluate("document.fonts.ready")
    assert page.locator("figure").count() == len(FIGURES)
    count, outside, smallest = page.evaluate(LETTERS)
    assert count > 40
    assert outside == []
    assert smallest >= 12
    assert page.evaluate(BOXES) == []
    assert overflow(page) == 0
    assert barriers(page) == ""
    words = page.get_by_text(ALT).last
    assert not words.is_visible()
    page.emulate_media(media="print")
    assert words.bounding_box()["height"] > 10
