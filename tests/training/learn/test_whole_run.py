"""From the first page to the result and the retake, with forms and links alone: no scripts."""

import re
from datetime import timedelta
from html import unescape

from tests.training.answers.test_forms import RIGHT
from tests.training.learn.conftest import KINDS, words

FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
ANSWERS = {kind: fields for kind, fields, _answer in RIGHT}


def press(browser, page, label, **fields):
    """Send the first form whose button says this, with its hidden fields."""
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        button = re.search(r"<button([^>]*)>\s*[^<]*" + re.escape(label), form)
        if button:
            hidden = {name: value for name, value in FIELD.findall(form)}
            pressed = re.search(r'name="(\w+)" value="([^"]*)"', button[1])
            more = {pressed[1]: pressed[2]} if pressed else {}
            action = unescape(re.search(r'action="([^"]*)"', form)[1])
            return browser.post(action, hidden | fields | more, follow=True)
    raise AssertionError(f"no button {label!r}")


def follow(browser, page, label):
    """Follow the first link that says this."""
    link = re.search(r'<a[^>]*href="([^"]+)"[^>]*>\s*' + re.escape(label), page)
    assert link, f"no link {label!r}"
    return browser.get(unescape(link[1]).partition("#")[0], follow=True)


def test_a_course_is_taken_without_scripts(thea_browser, attempt_kinds, clock):
    today = words(thea_browser.get("/learn/"))
    lesson = words(follow(thea_browser, today, "Start with lesson 1.1"))
    lesson = words(press(thea_browser, lesson, "Answer and see why", answer="recall"))
    assert "Your answer, right" in lesson
    second = words(press(thea_browser, lesson, "Mark as read and go on"))
    quiz = words(press(thea_browser, second, "Mark as read and go on"))
    page = words(press(thea_browser, quiz, "Start, 20 minutes"))
    for position in range(1, KINDS + 1):
        assert f"Question {position} of {KINDS}" in page
        label = "Save and review" if position == KINDS else "Save and continue"
        page = words(press(thea_browser, page, label, **ANSWERS[attempt_kinds(position)]))
    assert "All 14 questions are answered." in page
    clock.shift(timedelta(minutes=5))
    result = words(press(thea_browser, page, "Hand in"))
    assert "<strong>100 %</strong>" in result
    assert "Your answer, right" in result
    third = words(follow(thea_browser, result, "Go on to lesson 2.1"))
    assert "2.1 Recall" in third
