"""A generated question in a quiz: made once when the attempt starts, and frozen with it."""

from datetime import timedelta

import pytest

from curriculum.courses.shelf import course_of
from curriculum.prose.inline import render
from curriculum.questions import generated, registry
from curriculum.questions.generators import catalogue
from tests.tiny_course import publish_tiny_course, put, tiny_files
from training.attempts import actions as attempts
from training.attempts.actions import Save
from training.attempts.keys import new_key
from training.attempts.models import Attempt, Item
from training.flows import answering_a_check, handing_in
from training.flows.starting_a_quiz import start
from training.grading.models import Grade
from training.learn.readings.checks import asked_of

QUESTION = """kind: generated
objective: {objective}
level: recall
source: vcdr 16
generator: {generator}
---
Work it out on paper first.
"""
NAMES = sorted(catalogue.GENERATORS)


@pytest.fixture
def edition(db):
    """The tiny course, whose first quiz asks one question of each generator and nothing else."""
    files = tiny_files()
    for path in [path for path in files if path.startswith("tiny/01-first/questions/")]:
        if not path.endswith("-check.md"):
            del files[path]
    for name in NAMES:
        text = QUESTION.format(objective="refusal-recall", generator=name)
        put(files, f"tiny/01-first/questions/made-{name.replace('_', '-')}.md", text)
    check = QUESTION.format(objective="consent-recall", generator="precedence")
    put(files, "tiny/01-first/questions/consent-check.md", check)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("count: 6", f"count: {len(NAMES)}")
    return publish_tiny_course(files=files)


@pytest.fixture
def course(enrolment):
    return course_of(enrolment.cohort.edition)


@pytest.fixture
def begin(enrolment, course, thea, noon):
    def act(seed, at=noon):
        return start(enrolment, course.modules[0], at=at, by=thea, seed=seed)

    return act


@pytest.fixture
def hand_in(thea, noon):
    def act(attempt, at=noon):
        handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=at, by=thea)

    return act


def answer_rightly(attempt, person, at):
    for position in range(1, attempt.items.count() + 1):
        key = new_key()
        mine = Attempt.objects.of(person)
        with attempts.locked_item(mine, attempt.key, position, key) as item:
            attempts.record_answer(item, Save(registry.key(item.kind, item.body), key, 1), at=at)


def by_slug(attempt):
    return {item.document.slug: item for item in attempt.items.select_related("document")}


def test_what_is_asked_is_of_an_ordinary_kind_and_says_where_it_came_from(begin):
    for slug, item in by_slug(begin(7)).items():
        assert item.kind in registry.KINDS
        assert registry.check(item.kind, item.body) == []
        assert item.body["prompt"].startswith("Work it out on paper first.\n\n")
        assert item.body["sources"]
        origin = item.body["provenance"]
        assert slug == f"made-{origin['generator'].replace('_', '-')}"
        assert origin["version"] == catalogue.GENERATORS[origin["generator"]].VERSION
        assert origin["seed"] == generated.seed_of(7, str(item.document.key))


def test_two_attempts_of_different_seeds_get_different_figures(begin, hand_in, noon):
    first = begin(7)
    hand_in(first)
    second = begin(8, at=noon + timedelta(hours=2))
    one, other = by_slug(first), by_slug(second)
    assert set(one) == set(other)
    for slug in one:
        assert one[slug].body != other[slug].body
        assert one[slug].body["provenance"]["seed"] != other[slug].body["provenance"]["seed"]


def test_the_same_seed_gives_everybody_the_same_figures(begin, hand_in, noon):
    first = begin(7)
    hand_in(first)
    second = begin(7, at=noon + timedelta(hours=2))
    one, other = by_slug(first), by_slug(second)
    assert {slug: item.body for slug, item in one.items()} == {
        slug: item.body for slug, item in other.items()
    }


def test_the_frozen_copy_can_be_made_again_from_its_origin(begin):
    for item in begin(7).items.all():
        origin = item.body["provenance"]
        authored = {
            "prompt": "Work it out on paper first.",
            "generator": origin["generator"],
            "options": origin["options"],
            "sources": item.body["sources"],
        }
        made = generated.asked(generated.NAME, authored, origin["seed"], render)
        assert made == (item.kind, item.body)


def test_an_attempt_shows_the_same_after_the_generator_is_gone(begin, signed_in, thea, monkeypatch):
    attempt = begin(7)
    before = [registry.asked(one.kind, one.body, one.order) for one in attempt.items.all()]
    monkeypatch.setattr(generated, "GENERATORS", {})
    monkeypatch.setattr(catalogue, "GENERATORS", {})
    assert begin(8).key == attempt.key
    after = [registry.asked(one.kind, one.body, one.order) for one in attempt.items.all()]
    assert after == before


def test_an_item_is_marked_from_its_frozen_copy_after_the_generator_changed(
    begin, hand_in, thea, noon, monkeypatch
):
    attempt = begin(7)
    answer_rightly(attempt, thea, noon)
    real = catalogue.generate
    monkeypatch.setattr(
        generated, "generate", lambda name, seed, options: real(name, seed + 1, options)
    )
    hand_in(attempt)
    grades = Grade.objects.filter(item__attempt=attempt)
    assert [grade.fraction for grade in grades] == [1] * len(NAMES)


def test_a_wrong_answer_to_a_generated_item_is_told_its_worked_answer(begin):
    item = by_slug(begin(7))["made-precedence"]
    explained = registry.explain(item.kind, item.body, {})
    assert "<ol>" in explained.general
    assert "VCDR art. 14(1)" in explained.general


def test_a_generated_check_is_the_same_at_every_look_and_as_it_is_marked(
    enrolment, course, thea, noon
):
    question = course.questions["consent-check"]
    first, second = (asked_of(enrolment, course, question) for _ in range(2))
    assert (first.kind, first.body, first.order) == (second.kind, second.body, second.order)
    assert first.kind == "ordering"
    attempt = answering_a_check.answer_check(
        enrolment,
        course.lessons["consent"],
        question,
        Save(registry.key(first.kind, first.body), new_key(), 1),
        at=noon,
        by=thea,
    )
    item = Item.objects.get(attempt=attempt)
    assert (item.kind, item.body, item.order) == (first.kind, first.body, list(first.order))
    assert Grade.objects.get(item=item).fraction == 1


def test_a_quiz_of_generated_questions_can_be_taken_on_its_pages(begin, signed_in, thea):
    attempt = begin(7)
    browser = signed_in(thea)
    for position in range(1, len(NAMES) + 1):
        page = browser.get(f"/learn/attempts/{attempt.key}/{position}/")
        assert page.status_code == 200
        words = page.content.decode()
        assert "Work it out on paper first." in words
        assert "provenance" not in words
        assert "art. 1" not in words
