"""A full sitting of every kind of question for each preset: every response is searched.

Before its release nothing of a part of the result is in any page, JSON, header or file.
"""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from curriculum.questions import registry
from curriculum.quizzes.release import PRESETS, Matrix, Preset, What, When
from tests.factories import NOON
from tests.training.answers.test_forms import RIGHT, WRONG
from tests.training.learn.conftest import KINDS, save, sent
from training.attempts.models import Attempt
from training.attempts.rules import Window
from training.audit.actions import SITE
from training.flows import handing_in, releasing_results, setting_terms, starting_a_quiz
from training.terms.actions import Wanted

MINUTE = timedelta(minutes=1)
WINDOW = Window(NOON, NOON + 60 * MINUTE)
# What stands in a response only where this part of a result is shown.
MARKS = {
    What.SCORE: (r"\d points", r"<strong>\d+(\.\d+)? %", "<meter", "Passed", "% passes"),
    What.OBJECTIVES: ("Partly shown", "Not shown</span>", ">Shown<", "By objective"),
    What.RIGHT: ("Partly right", ">Right<", ">Wrong<", 'id="q1"'),
    What.KEY: ("is-right", "is-wrong", "is-missed", "Right answer", "tolerance", "accepted"),
    What.FEEDBACK: ("FEEDBACK", "EXPLANATION", "choice-why"),
    What.PANEL: ("of the panel", r"\b0\.29\b", r"\b0\.71\b", "weight", '"share'),
}


def marks_of(response, parts):
    told = response.content.decode() + json.dumps(dict(response.headers))
    told = re.sub(r"<dl class=\"facts\">.*?</dl>", "", told, flags=re.DOTALL)  # the rules
    return [mark for part in parts for mark in MARKS[part] if re.search(mark, told)]


@pytest.fixture
def sit(enrolment, course, cohort, thea):
    """Start the quiz of module 1 under a release, every kind answered, half of it wrong."""

    def act(release: Matrix):
        quiz = course.modules[0].quiz
        wanted = Wanted(WINDOW, "", (), release)
        setting_terms.set_terms(cohort, quiz, wanted, "exam", at=NOON, by=SITE)
        attempt = starting_a_quiz.start(enrolment, course.modules[0], at=NOON, by=thea, seed=7)
        for item in attempt.items.all():
            answer = registry.key(item.kind, item.body) if item.position % 2 else {}
            save(attempt, thea, item.position, answer)
        return attempt

    return act


@pytest.fixture
def look(thea_browser, at):
    """Everything that a trainee can open of a course and an attempt, and what each leads on to.

    What several lead on to is opened once, when all have been sent: with what all of them left to
    be told there.
    """

    def act(attempt):
        onward = {}
        for response in (*opened(thea_browser, at, attempt), *answered(thea_browser, attempt)):
            if response.has_header("Location"):
                onward[response["Location"]] = True
            yield response
        for url in onward:
            yield thea_browser.get(url, follow=True)

    return act


def opened(browser, at, attempt):
    """Every page, as a page and as JSON, and a report of each question."""
    of = [reverse(f"learn:{it}", args=[attempt.key]) for it in ("resume", "review", "result")]
    of += [reverse(f"learn:{it}", args=[attempt.key]) for it in ("paper", "clock")]
    of += [reverse("learn:question", args=[attempt.key, n]) for n in range(1, KINDS + 1)]
    pages = [at(it) for it in ("course", "progress", "glossary")]
    pages += ["/learn/", at("quiz", "quiz-first"), at("lesson", "refusal")]
    for position in range(1, KINDS + 1):
        url = reverse("learn:report", args=[attempt.key, position])
        yield browser.post(url, {"text": "Unclear."})
    for url in pages + of:
        yield browser.get(url)
        yield browser.get(url, headers={"accept": "application/json"})


def answered(browser, attempt):
    """Saves of every kind, sound and not, to a page and to the script."""
    first = {item.kind: item.position for item in attempt.items.order_by("-position")}
    for kind, fields, _answer in RIGHT:
        if kind in first:
            url = reverse("learn:question", args=[attempt.key, first[kind]])
            yield browser.post(url, sent(fields, 9))
            yield browser.post(url, sent(fields, 1), headers={"accept": "application/json"})
    for kind, fields in WRONG:
        if kind in first:
            url = reverse("learn:question", args=[attempt.key, first[kind]])
            yield browser.post(url, sent(fields, 9))


def searched(responses, parts):
    """The marks of these parts in any response, each with its address."""
    return {
        (response.request["PATH_INFO"], *found)
        for response in responses
        if (found := marks_of(response, parts))
    }


STAGES = {
    Preset.HAND_IN: [(1, set(What))],
    Preset.EXAM: [(1, {What.SCORE}), (60, set(What))],
    Preset.BY_HAND: [(1, set()), (61, set())],
    Preset.PRACTICE: [(1, set(What))],
}


@pytest.mark.parametrize("preset", Preset)
def test_before_its_release_no_part_of_a_result_is_in_any_response(sit, look, clock, thea, preset):
    attempt = sit(PRESETS[preset])
    assert searched(look(attempt), What) == set()
    handing_in.hand_in(Attempt.objects.all(), attempt.key, at=NOON + MINUTE, by=thea)
    for minute, shown in STAGES[preset]:
        clock.move_to(NOON + minute * MINUTE)
        seen = list(look(attempt))
        assert searched(seen, set(What) - shown) == set()
        for part in shown:
            assert any(marks_of(response, [part]) for response in seen), part


def test_a_release_by_hand_shows_all_to_the_one_it_was_for(sit, look, clock, thea):
    attempt = sit(PRESETS[Preset.BY_HAND])
    handing_in.hand_in(Attempt.objects.all(), attempt.key, at=NOON + MINUTE, by=thea)
    own = Attempt.objects.filter(pk=attempt.pk)
    releasing_results.release(own, at=NOON + 2 * MINUTE, by=SITE)
    clock.move_to(NOON + 2 * MINUTE)
    seen = list(look(attempt))
    assert all(any(marks_of(one, [part]) for one in seen) for part in What)
    assert any("was released on" in one.content.decode() for one in seen)


def test_the_search_finds_a_leak_that_is_planted(sit, look, clock, thea, monkeypatch):
    """Each part shown too early by the pages is found by its marks."""
    attempt = sit(PRESETS[Preset.BY_HAND])
    handing_in.hand_in(Attempt.objects.all(), attempt.key, at=NOON + MINUTE, by=thea)
    clock.move_to(NOON + MINUTE)
    whole = frozenset(What)
    monkeypatch.setattr("training.learn.readings.result.released", lambda *_: whole)
    found = {mark for _url, *marks in searched(look(attempt), What) for mark in marks}
    for part in What:
        assert found & set(MARKS[part]), part


@pytest.mark.parametrize("part", list(What))
def test_each_part_can_be_the_only_one_that_is_held_back(sit, look, clock, thea, part):
    """Where a part is never shown, what it would give away with it is not either."""
    held = {part} | {What.FEEDBACK, What.PANEL}
    if part in (What.SCORE, What.RIGHT):
        held |= {What.RIGHT, What.KEY}
    if part is What.SCORE:
        held |= {What.OBJECTIVES}
    matrix = Matrix(**{one.value: When.NEVER for one in held})
    attempt = sit(matrix)
    handing_in.hand_in(Attempt.objects.all(), attempt.key, at=NOON + MINUTE, by=thea)
    clock.move_to(NOON + MINUTE)
    assert searched(look(attempt), held) == set()
