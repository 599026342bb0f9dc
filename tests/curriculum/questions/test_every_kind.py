"""What holds for every kind of question, whatever its text and whatever is answered."""

import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.prose.inline import render
from curriculum.questions import registry
from curriculum.questions.compiling import compiled
from curriculum.questions.kinds import written
from tests.curriculum.prose.reading_html import dangers
from tests.curriculum.questions.made import JSON, SECRET, bodies

KINDS = sorted(registry.KINDS)
each_kind = pytest.mark.parametrize("kind", KINDS)
by_machine = pytest.mark.parametrize("kind", [one for one in KINDS if one not in registry.BY_HAND])
patient = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def front(body):
    if "criteria" in body:
        return {name: each for name, each in written.front_matter(body).items() if each is not None}
    return {name: body[name] for name in ("credit", "panel", "weights") if name in body}


def near_answers(kind, body):
    """Answers that look right: the key with pieces changed, taken away or doubled."""
    key = registry.key(kind, body)
    [(name, value)] = key.items()
    ids = st.sampled_from([*registry.kind(kind).ids(body), "nobody", ""])
    if isinstance(value, list):
        return st.lists(ids, max_size=9).map(lambda each: {name: each})
    if isinstance(value, dict):
        return st.dictionaries(
            st.sampled_from([*value, "nobody"]), st.one_of(ids, st.text(max_size=5), JSON)
        ).map(lambda each: {name: each})
    return st.one_of(ids, st.text(max_size=50)).map(lambda each: {name: each})


@each_kind
@patient
@given(data=st.data())
def test_reading_what_was_written_gives_the_same_body(kind, data):
    body = data.draw(bodies(kind))
    read, problems = registry.read(kind, registry.write(kind, body), front(body), 1)
    assert [problem for problem in problems if problem.is_error] == []
    assert read == body


@each_kind
@patient
@given(data=st.data())
def test_writing_what_was_read_changes_nothing_more(kind, data):
    body = data.draw(bodies(kind))
    text = registry.write(kind, body)
    read, _ = registry.read(kind, text, front(body), 1)
    assert registry.write(kind, read) == text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@by_machine
@patient
@given(data=st.data())
def test_the_key_is_worth_one_and_is_accepted(kind, data):
    body = data.draw(bodies(kind))
    key = registry.key(kind, body)
    assert registry.accepts(kind, body, key) is None
    assert not registry.is_blank(kind, key)
    assert registry.mark(kind, body, key).fraction == 1
    assert json.loads(json.dumps(key)) == key


@each_kind
@patient
@given(data=st.data())
def test_any_answer_is_marked_and_explained_without_fail(kind, data):
    body = data.draw(bodies(kind))
    made = compiled(body, render) if data.draw(st.booleans()) else body
    answer = data.draw(st.one_of(JSON, near_answers(kind, body)))
    if registry.waits(kind, made, answer):
        mark = written.award(made, {one["id"]: 0 for one in made["criteria"]})
    else:
        mark = registry.mark(kind, made, answer)
    assert isinstance(mark.fraction, Fraction)
    assert 0 <= mark.fraction <= 1
    assert all(0 <= part <= 1 for part in mark.parts.values())
    refused = registry.accepts(kind, made, answer)
    assert refused is None or refused.endswith(".")
    if refused is not None or registry.is_blank(kind, answer):
        assert mark.fraction == 0
        assert set(mark.parts.values()) <= {Fraction(0)}
    explanation = registry.explain(kind, made, answer)
    assert explanation.lines
    for line in explanation.lines:
        assert isinstance(line.chosen, str | bool)
        assert str(line.chosen).encode().decode() == str(line.chosen)


@each_kind
@pytest.mark.parametrize("answer", [None, {}, [], ""])
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_nothing_answered_is_blank_and_worth_nothing(kind, answer, data):
    body = data.draw(bodies(kind))
    assert registry.is_blank(kind, answer)
    assert registry.mark(kind, body, answer).fraction == 0
    assert all(line.right is not True for line in registry.explain(kind, body, answer).lines)


@each_kind
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_an_empty_field_is_blank_and_accepted(kind, data):
    body = data.draw(bodies(kind))
    [(name, value)] = registry.key(kind, body).items()
    for empty in (None, "", type(value)()):
        assert registry.is_blank(kind, {name: empty})
        assert registry.accepts(kind, body, {name: empty}) is None


@each_kind
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_an_answer_with_another_field_is_refused(kind, data):
    body = data.draw(bodies(kind))
    key = {**registry.key(kind, body), "score": 1}
    assert registry.accepts(kind, body, key) is not None
    assert registry.mark(kind, body, key).fraction == 0


@each_kind
@patient
@given(data=st.data())
def test_nothing_secret_is_in_what_is_asked(kind, data):
    body = data.draw(bodies(kind))
    for made in (body, compiled(body, render)):
        shown = json.dumps(registry.asked(kind, made), ensure_ascii=False)
        assert SECRET not in shown
        for word in ("feedback", 'right": true', 'right": false', "accepted", "tolerance"):
            assert word not in shown
        for name in ("share", "panel", "votes"):
            assert f'"{name}' not in shown
        assert "explanation" not in json.loads(shown)


@each_kind
@patient
@given(data=st.data())
def test_compiled_html_is_safe_and_compiling_again_changes_nothing(kind, data):
    body = data.draw(bodies(kind))
    made = compiled(body, render)
    assert json.loads(json.dumps(made)) == made
    assert compiled(made, render) == made
    assert list(html_in(made))
    assert [danger for html in html_in(made) for danger in dangers(html)] == []
    assert registry.write(kind, made) == registry.write(kind, body)


def html_in(value):
    if isinstance(value, list):
        for each in value:
            yield from html_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name.endswith("_html"):
                yield each
            yield from html_in(each)


@each_kind
@patient
@given(data=st.data(), seed=st.integers())
def test_options_are_shown_in_the_order_given(kind, data, seed):
    body = data.draw(bodies(kind))
    order = registry.shown_order(kind, body, seed, "salt")
    assert sorted(order) == sorted(registry.kind(kind).ids(body))
    asked = registry.asked(kind, body, order)
    listed = asked.get("options") or asked.get("entries") or asked.get("right") or []
    assert [each["id"] for each in listed] == order


@each_kind
@patient
@given(data=st.data(), seed=st.integers())
def test_options_that_are_not_shuffled_stand_as_authored_where_that_tells_nothing(kind, data, seed):
    body = data.draw(bodies(kind))
    kept = registry.shown_order(kind, body, seed, shuffle=False)
    if kind in ("single", "multiple", "judgement"):
        assert kept == registry.kind(kind).ids(body)
    else:
        assert kept == registry.shown_order(kind, body, seed)


@patient
@given(body=bodies("ordering"), seed=st.integers())
def test_the_right_order_is_never_shown(body, seed):
    right = registry.kind("ordering").ids(body)
    assert registry.shown_order("ordering", body, seed) != right
    assert [each["id"] for each in registry.asked("ordering", body)["entries"]] != right


@given(body=bodies("true_false"), seed=st.integers())
def test_true_stands_before_false_whatever_the_seed(body, seed):
    assert registry.shown_order("true_false", body, seed) == ["true", "false"]
    asked = registry.asked("true_false", body, ["false", "true"])
    assert [each["id"] for each in asked["options"]] == ["true", "false"]


@each_kind
@patient
@given(data=st.data(), text=st.text(alphabet="-[] x{}#abc:=~|>1.\n ± ", max_size=120))
def test_reading_never_raises(kind, data, text):
    body, problems = registry.read(kind, text, {}, 7)
    assert (body is None) == any(problem.is_error for problem in problems)
    assert all(problem.line >= 7 for problem in problems)
    if body is not None:
        assert registry.check(kind, body) == []


@each_kind
def test_a_text_without_answers_is_told_how_to_write_them(kind):
    body, problems = registry.read(kind, "Only a prompt.\n", {}, 5)
    assert body is None
    assert problems[0].line == 5
    assert "No answer lines were found" in " ".join(problem.message for problem in problems)


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        registry.kind("essay")


@each_kind
def test_each_kind_knows_its_name(kind):
    name = registry.kind(kind).NAME
    assert name == kind


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 501])
@pytest.mark.parametrize("kind", ["short", "cloze", "numeric", "single"])
@given(data=st.data())
@settings(max_examples=3, deadline=None)
def test_text_that_cannot_be_stored_or_shown_is_refused(kind, text, data):
    body = data.draw(bodies(kind))
    [(name, value)] = registry.key(kind, body).items()
    answer = {name: dict.fromkeys(value, text) if isinstance(value, dict) else text}
    assert registry.accepts(kind, body, answer) is not None
    assert registry.mark(kind, body, answer).fraction == 0
    for line in registry.explain(kind, body, answer).lines:
        shown = str(line.chosen)
        assert "\x00" not in shown.encode().decode()
        assert len(shown) <= 500
