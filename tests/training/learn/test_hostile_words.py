"""Titles and typed answers that try to be HTML are words on every page of a trainee."""

import re

import pytest
from django.urls import reverse

from curriculum.questions import registry
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put_final, tiny_files
from tests.training.learn.conftest import KINDS, save
from training.attempts.models import Attempt
from training.flows import handing_in
from training.learn.readings.answered_rows import answered_rows
from training.learn.readings.result import Answered

TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
TYPED = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@pytest.fixture
def edition(db):
    """The tiny course with a final test, and with HTML in every title of it."""
    files = put_final(tiny_files())
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("count: 6", f"count: {KINDS}")
    hostile = {
        path: TITLE.sub(r"title: \1 & <i>it</i>", text) if path.startswith("tiny/") else text
        for path, text in files.items()
    }
    return publish_tiny_course(files=hostile)


@pytest.mark.parametrize("page", ["today", "course", "progress", "glossary", "lesson", "quiz"])
def test_a_title_is_words(thea_browser, at, course, page):
    more = {"lesson": ["consent"], "quiz": ["quiz-first"]}.get(page, [])
    url = reverse("learn:today") if page == "today" else at(page, *more)
    text = thea_browser.get(url).content.decode()
    assert "<i>it</i>" not in text
    assert text.count("&amp; &lt;i&gt;it&lt;/i&gt;") > 0


def test_every_title_of_the_outline_is_words(thea_browser, at, course):
    text = thea_browser.get(at("course")).content.decode()
    titles = [one.title for one in course.modules]
    titles += [lesson.title for one in course.modules for lesson in one.lessons]
    titles += [one.title for one in course.quizzes.values()]
    assert len(titles) > 6
    for title in titles:
        assert title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in text


@pytest.mark.parametrize("kind", ["short", "cloze"])
def test_a_typed_answer_is_words_in_the_result(thea_browser, thea, of, attempt, kind):
    item = attempt.items.get(kind=kind)
    given = {"text": TYPED}
    if kind == "cloze":
        given = {"blanks": dict.fromkeys(registry.key(kind, item.body)["blanks"], TYPED)}
    save(attempt, thea, item.position, given)
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    text = thea_browser.get(of("result")).content.decode()
    assert "&lt;script&gt;alert(" in text
    assert "<script>alert(" not in text
    assert "<img src=x" not in text


def test_a_case_stands_again_where_a_question_without_one_came_between(monkeypatch):
    monkeypatch.setattr(
        "training.learn.readings.answered_rows.render_to_string",
        lambda template, told: f"[{told['case'].key}]",
    )
    monkeypatch.setattr(
        "training.learn.readings.answered_rows._section", lambda one, *_: f"({one.title})"
    )

    def asked(title, case):
        told = type("Told", (), {"case": type("Case", (), {"key": case}) if case else None})
        return Answered(title, "", "", "", told, "", "", (), None, "", False, False)

    paper = [asked("1", "a"), asked("2", "a"), asked("3", None), asked("4", "a"), asked("5", "b")]
    assert "".join(answered_rows(paper, "").split()) == "[a](1)(2)(3)[a](4)[b](5)"
