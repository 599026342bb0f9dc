"""The form of each kind: what it shows, what answer it gives, what it refuses."""

import re
import uuid

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from training.answers.form import Asked, ClearForm
from training.answers.kinds import FORMS, form_for

# Kind, what is sent, the answer it makes.
RIGHT = [
    ("single", {"answer": "recall"}, {"option": "recall"}),
    ("true_false", {"answer": "false"}, {"option": "false"}),
    ("multiple", {"answer": ["refuse", "png"]}, {"options": ["refuse", "png"]}),
    ("judgement", {"answer": "ask"}, {"option": "ask"}),
    (
        "ordering",
        {"place-ask": "1", "place-receive": "2", "place-send": "3"},
        {"order": ["ask", "receive", "send"]},
    ),
    (
        "matching",
        {"match-a4": "consent", "match-a9": "png"},
        {"pairs": {"a4": "consent", "a9": "png"}},
    ),
    ("numeric", {"answer": "1961"}, {"value": "1961"}),
    ("short", {"answer": "  agrément "}, {"text": "agrément"}),
    (
        "cloze",
        {"blank-b1": "sending", "blank-b2": "receiving"},
        {"blanks": {"b1": "sending", "b2": "receiving"}},
    ),
]
# What a person has to mark; it stands in no paper unless the blueprint asks for it.
BY_HAND = [
    (
        "written",
        {"answer": "Consent stays free.\r\nSo says article 9."},
        {"text": "Consent stays free.\nSo says article 9."},
    ),
]
WRONG = [
    ("single", {"answer": "recall'; drop"}),
    ("single", {"answer": ["recall", "ask"]}),
    ("true_false", {"answer": "maybe"}),
    ("multiple", {"answer": ["refuse", "elsewhere"]}),
    ("multiple", {"answer": ["refuse", "refuse"]}),
    ("judgement", {"answer": "elsewhere"}),
    ("judgement", {"answer": ["ask", "nothing"]}),
    ("ordering", {"place-ask": "1", "place-receive": "1", "place-send": "3"}),
    ("ordering", {"place-ask": "1"}),
    ("ordering", {"place-ask": "9", "place-receive": "2", "place-send": "3"}),
    ("matching", {"match-a4": "elsewhere"}),
    ("numeric", {"answer": "nineteen"}),
    ("numeric", {"answer": "1" * 500}),
    ("short", {"answer": "a\0b"}),
    ("short", {"answer": "a" * 501}),
    ("short", {"answer": "a" * 3000}),
    ("cloze", {"blank-b1": "\x07"}),
]
WRONG_BY_HAND = [
    ("written", {"answer": "a\0b"}),
    ("written", {"answer": "a" * 40_001}),
    ("written", {"answer": ["one", "two"]}),
]


@pytest.fixture
def asked(edition):
    """The question of one kind in the tiny course."""
    course = course_of(edition)

    def find(kind):
        found = next(one for one in course.questions.values() if one.kind == kind)
        body = course.body(found.revision_id)
        return Asked(kind, body, registry.shown_order(kind, body, 7))

    return find


def data(fields, **more):
    sent = QueryDict(mutable=True)
    sent["key"], sent["sequence"] = str(uuid.uuid4()), "1"
    for name, value in {**fields, **more}.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def test_there_is_a_form_for_every_kind():
    assert set(FORMS) == set(registry.KINDS)


@pytest.mark.parametrize(("kind", "fields", "answer"), RIGHT + BY_HAND)
def test_a_form_gives_the_answer_in_the_shape_that_its_kind_marks(asked, kind, fields, answer):
    form = form_for(asked(kind), data(fields))
    assert form.is_valid(), form.errors
    assert form.save_wanted.answer == answer
    by_hand = registry.waits(kind, form.asked.body, answer)
    assert by_hand or registry.mark(kind, form.asked.body, answer).fraction == 1


@pytest.mark.parametrize(("kind", "fields", "answer"), RIGHT + BY_HAND)
def test_a_form_shows_the_answer_that_stands(asked, kind, fields, answer):
    form = form_for(asked(kind), stands=answer, sequence=4)
    for name, value in fields.items():
        same = value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
        assert form[name].value() == same
    assert form["sequence"].value() == 4


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_blank_form_is_an_empty_answer_unless_one_is_required(asked, kind):
    form = form_for(asked(kind), data({}))
    assert form.is_valid()
    assert form.save_wanted.answer == {}
    assert not form_for(asked(kind), data({}), required=True).is_valid()


@pytest.mark.parametrize(("kind", "fields"), WRONG + WRONG_BY_HAND)
def test_a_form_refuses_what_is_no_answer_and_says_what_is_wrong(asked, kind, fields):
    form = form_for(asked(kind), data(fields))
    assert not form.is_valid()
    assert all(error for errors in form.errors.values() for error in errors)


@pytest.mark.parametrize(
    "broken", [{"key": ""}, {"key": "no-uuid"}, {"sequence": "0"}, {"sequence": "x"}]
)
def test_a_form_without_a_usable_key_and_sequence_is_incomplete(asked, broken):
    form = form_for(asked("single"), data({"answer": "recall"}, **broken))
    assert not form.is_valid()
    assert form.non_field_errors() and set(form.errors) == {"__all__"}


def test_some_entries_without_a_place_are_counted_and_repeated_places_named(asked):
    form = form_for(asked("ordering"), data({"place-ask": "2", "place-send": "2"}))
    said = " ".join(form.non_field_errors())
    assert "Given more than once: 2." in said
    assert "Entries without a place: 1." in said


def test_taking_an_answer_back_needs_no_fields(asked):
    form = ClearForm(asked("numeric"), data({"answer": "not a number"}, clear="1"))
    assert form.is_valid()
    assert form.save_wanted.answer == {}


NOTE = "Unclassified training: do not enter operational information."


@pytest.mark.parametrize("kind", sorted(FORMS))
@pytest.mark.parametrize("prefix", [None, "q1"])
def test_every_box_for_words_is_described_by_what_must_not_stand_in_it(asked, kind, prefix):
    form = form_for(asked(kind), name="q1", prefix=prefix)
    page = render_to_string("questions/asked.html", {"form": form, "name": form.name})
    boxes = re.findall(r'<(?:textarea|input type="text")[^>]*>', page)
    if kind not in {"short", "cloze", "written"}:
        assert NOTE not in page
        return
    assert page.count(NOTE) == 1
    told = re.search(rf'id="([^"]+)"[^>]*>[^<]*{NOTE}', page)[1]
    assert boxes
    assert all(f'aria-describedby="{told}"' in box for box in boxes)


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_every_control_has_a_name_and_nothing_of_the_key_is_in_the_page(asked, kind):
    form = form_for(asked(kind), name="q1")
    page = render_to_string("questions/asked.html", {"form": form, "name": form.name})
    labels = page.count("<label") + page.count("aria-label=")
    # But for the key and the sequence.
    controls = page.count("<select") + page.count("<input") + page.count("<textarea") - 2
    assert labels == controls
    assert "FEEDBACK" not in page
    assert "EXPLANATION" not in page
    assert "LEVEL" not in page and "Names the rule" not in page
    assert kind != "numeric" or "1961" not in page
    assert kind != "short" or "agrément" not in page


def test_the_questions_text_is_the_name_of_its_group_of_radio_buttons(asked):
    form = form_for(asked("single"), name="q1")
    page = render_to_string("questions/asked.html", {"form": form, "name": form.name})
    assert 'aria-labelledby="q1-prompt q1-how"' in page
    assert "<legend" in page and 'id="q1-prompt"' in page
