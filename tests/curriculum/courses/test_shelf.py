"""An edition as it reads: in order, and without a query once it is warm."""

import pytest

from curriculum.courses import shelf
from curriculum.courses.shelf import course_of
from curriculum.documents.models import Edition
from tests.tiny_course import publish_tiny_course, tiny_files


@pytest.fixture(autouse=True)
def cold():
    shelf._kept.cache_clear()


def test_a_course_reads_in_its_order(edition):
    course = course_of(edition)
    assert (course.title, course.slug, course.edition_number) == ("Tiny course", "tiny", 1)
    assert [module.slug for module in course.modules] == ["first", "second"]
    assert [module.after for module in course.modules] == [(), ("first",)]
    numbers = {slug: lesson.number for slug, lesson in course.lessons.items()}
    assert numbers == {"consent": "1.1", "refusal": "1.2", "recall": "2.1"}
    assert list(course.quizzes) == ["quiz-first", "quiz-second"]
    assert course.minutes == 30
    assert course.objectives["consent-apply"].level == "application"


def test_the_first_reading_costs_two_queries_and_the_next_none(edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        course = course_of(edition)
    with django_assert_num_queries(0):
        again = course_of(Edition(key=edition.key))
        assert again is course
        assert len(again.lessons) == 3
        again.neighbours("refusal")
        again.pool(again.modules[0])


def test_bodies_are_read_together_and_once(edition, django_assert_num_queries):
    course = course_of(edition)
    revisions = [lesson.revision_id for lesson in course.lessons.values()]
    with django_assert_num_queries(1):
        bodies = course.bodies(revisions)
    assert all(body["blocks"] for body in bodies.values())
    with django_assert_num_queries(0):
        assert course.body(revisions[0]) is bodies[revisions[0]]
    with django_assert_num_queries(2):
        assert course.glossary["agrement"]["term"] == "agrément"
        assert course.sources["vcdr"]["unit"] == "art."
    with django_assert_num_queries(0):
        assert (len(course.glossary), len(course.sources)) == (2, 1)


def test_a_body_of_another_edition_is_not_on_the_shelf(edition):
    course = course_of(edition)
    with pytest.raises(KeyError):
        course.body(0)


def test_a_new_edition_is_another_course_and_the_old_one_stays(edition):
    before = course_of(edition)
    files = tiny_files()
    files["tiny/01-first/01-consent.md"] = files["tiny/01-first/01-consent.md"].replace(
        "title: Consent", "title: Consent given"
    )
    after = course_of(publish_tiny_course(files=files))
    assert after is not before
    assert after.lessons["consent"].title == "Consent given"
    assert course_of(edition) is before
    assert before.lessons["consent"].title == "Consent"


def test_neighbours_and_modules_are_found_by_slug(edition):
    course = course_of(edition)
    before, after = course.neighbours("refusal")
    assert (before.slug, after.slug) == ("consent", "recall")
    assert course.neighbours("consent")[0] is None
    assert course.neighbours("recall")[1] is None
    assert course.module_of("refusal").slug == "first"
    assert course.module_of("quiz-second").slug == "second"
    with pytest.raises(StopIteration):
        course.module_of("nothing")


def test_the_pool_of_a_quiz_leaves_the_inline_checks_out(edition):
    course = course_of(edition)
    assert course.inline_checks == {"consent-check", "refusal-check", "recall-check"}
    pool = {question.slug for question in course.pool(course.modules[0])}
    assert "kind-numeric" in pool
    assert not pool & course.inline_checks
    assert not any(slug.startswith("recall-") for slug in pool)
