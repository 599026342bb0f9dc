"""Before the release no response holds a key, a feedback, an explanation or a weight."""

import json

import pytest

from tests.answering import names_of
from tests.training.answers.test_forms import RIGHT, WRONG
from tests.training.learn.conftest import sent

# What stands only in feedback, explanations and keys of the tiny course.
MARKS = (
    "FEEDBACK",
    "EXPLANATION",
    "feedback",  # the class of an explanation, and the field of a body
    "is-right",
    "is-wrong",
    "is-missed",
    "tolerance",
    "accepted",
    "weight",
    '"share',
    "of the panel",
    "0.29",
    "0.71",
    '"right"',
    "credit",
)


def test_a_whole_run_tells_nothing_before_it_is_handed_in(
    thea_browser, of, at, attempt, position_of
):
    seen = [thea_browser.get(at(page)) for page in ("course", "progress", "glossary")]
    seen += [thea_browser.get("/learn/"), thea_browser.get(at("quiz", "quiz-first"))]
    for kind, fields, _answer in RIGHT:
        url = of("question", position_of(kind))
        seen.append(thea_browser.get(url))
        seen.append(thea_browser.post(url, sent(fields), headers={"accept": "application/json"}))
        seen.append(thea_browser.post(url, sent(fields, flag="on"), follow=True))
        seen.append(thea_browser.post(url, sent(fields, 2), follow=True))
        seen.append(thea_browser.post(url, sent(fields, 1, clear="1")))
        seen.append(thea_browser.post(url, sent(fields, 2, clear="1"), follow=True))
        seen.append(thea_browser.post(url, sent(fields, 1), follow=True))
    for kind, fields in WRONG:
        seen.append(thea_browser.post(of("question", position_of(kind)), sent(fields, 9)))
    seen += [
        thea_browser.get(of(page), follow=True)
        for page in ("resume", "review", "result", "paper", "clock")
    ]
    seen += [thea_browser.get(of("question", n)) for n in range(1, attempt.items.count() + 1)]
    assert {200, 400, 409} <= {response.status_code for response in seen}
    for response in seen:
        told = response.content.decode() + json.dumps(dict(response.headers))
        assert [mark for mark in MARKS if mark in told] == [], response.request["PATH_INFO"]


@pytest.mark.parametrize("kind", ["ordering", "single", "multiple", "matching", "judgement"])
def test_the_order_of_options_does_not_follow_the_key(thea_browser, of, attempt, position_of, kind):
    item = attempt.items.get(position=position_of(kind))
    page = thea_browser.get(of("question", item.position)).content.decode()
    ids = [names_of(item).of(each) for each in item.order]
    attribute = 'name="place-{}"' if kind == "ordering" else 'value="{}"'
    places = [page.index(attribute.format(each)) for each in ids]
    assert places == sorted(places)
    assert kind != "ordering" or item.order != ["ask", "receive", "send"]


def test_after_handing_in_the_same_marks_are_there(thea_browser, of, handed_in):
    told = thea_browser.get(of("result")).content.decode()
    assert "FEEDBACK" in told and "EXPLANATION" in told and "is-right" in told
