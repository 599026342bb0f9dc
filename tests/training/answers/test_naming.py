"""The names that options have in the pages of one attempt."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.answering import named
from tests.training.answers.test_forms import RIGHT, data
from training.answers.form import Asked
from training.answers.kinds import form_for
from training.answers.naming import Names, ids_in

SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=60)


@pytest.fixture
def masked(edition):
    """The question of one kind, asked under a secret of its own."""
    course = course_of(edition)

    def ask(kind):
        one = next(each for each in course.questions.values() if each.kind == kind)
        body = course.body(one.revision_id)
        order = registry.shown_order(kind, body, 7)
        return Asked(kind, body, order, Names(uuid.uuid4(), "3"))

    return ask


@given(SLUGS, SLUGS, st.uuids(), st.uuids())
def test_a_name_says_nothing_and_stays_in_its_attempt_and_question(one, other, first, second):
    names = Names(first, "1")
    assert names.of(one) == Names(first, "1").of(one)
    assert (names.of(one) == names.of(other)) == (one == other)
    assert names.of(one) != Names(first, "2").of(one)
    assert (names.of(one) == Names(second, "1").of(one)) == (first == second)
    assert Names().of(one) == one


@pytest.mark.parametrize(("kind", "fields", "answer"), RIGHT)
def test_an_answer_comes_back_by_authored_ids_and_is_shown_again_by_names(
    masked, kind, fields, answer
):
    asked = masked(kind)
    form = form_for(asked, data(named(fields, asked)))
    assert form.is_valid(), form.errors
    assert form.save_wanted.answer == answer
    again = form_for(asked, stands=answer)
    given = {name: again.initial.get(name) for name in again.fields if name in again.initial}
    bound = form_for(asked, data({name: value for name, value in given.items() if value}))
    assert bound.is_valid(), bound.errors
    assert bound.save_wanted.answer == answer


@pytest.mark.parametrize(("kind", "fields", "answer"), RIGHT)
def test_no_authored_id_stands_in_a_form_and_none_is_taken(masked, kind, fields, answer):
    asked = masked(kind)
    ids = set(ids_in(asked.shown))
    form = form_for(asked, stands=answer)
    told = {*form.fields, *(str(value) for value in form.initial.values())}
    for one in form.fields.values():
        told |= {str(value) for value, _label in getattr(one, "choices", ())}
    assert not any(told & {each, f"place-{each}", f"match-{each}", f"blank-{each}"} for each in ids)
    if ids:
        assert not form_for(asked, data(fields)).is_valid()
