"""The file that a trainee downloaded: checked, shown beside what stands, stored as late, once."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON
from tests.training.flows.correcting import sit
from tests.training.flows.test_at_once import at_once
from training.answers.kinds import form_of_item
from training.attempts.actions import Save, Saved, locked_item, record_answer
from training.attempts.answers_file import LARGEST, Refused, Wrong, read_answers
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import Attempt, Response
from training.audit.models import AuditEntry
from training.flows.loading_answers import Brought, LoadedBefore, load
from training.grading.models import Grade


@pytest.fixture
def attempt(enrolment):
    """Handed in with an answer to every question drawn but one."""
    return sit(enrolment, NOON, {f"consent-{n}": None for n in range(1, 7)})


def unanswered(attempt):
    return attempt.items.filter(kind="single").order_by("position").first().position


def value_of(attempt, option):
    """How the form of the first question names an option."""
    item = attempt.items.with_answers().get(position=unanswered(attempt))
    for value, _label in form_of_item(item).fields["answer"].choices:
        data = QueryDict(mutable=True)
        data.update({"answer": value, "key": str(uuid.uuid4()), "sequence": "1"})
        form = form_of_item(item, data)
        if form.is_valid() and form.save_wanted.answer == {"option": option}:
            return value
    raise LookupError(option)


def written(attempt, **changes):
    """What the browser writes for one answer."""
    entry = {
        "answer": f"{attempt.key}/{unanswered(attempt)}",
        "fields": [["answer", value_of(attempt, "recall")]],
        "url": "/",
        "at": int((NOON + timedelta(seconds=30)).timestamp() * 1000),
        "state": "waiting",
        "sequence": 1,
    }
    held = {"person": str(attempt.enrolment.trainee.key), "answers": [entry | changes]}
    return json.dumps(held).encode()


@pytest.fixture
def url(attempt):
    return reverse("teach:answers_file", args=(attempt.key,))


@pytest.fixture
def upload(signed_in, ines, url):
    browser = signed_in(ines)
    return lambda raw: browser.post(url, {"file": SimpleUploadedFile("answers.json", raw)})


@pytest.fixture
def store(signed_in, ines, url):
    browser = signed_in(ines)
    return lambda raw, reason="The line was down.": browser.post(
        url, {"content": raw.decode(), "reason": reason}, follow=True
    )


def rows():
    return Response.objects.count(), Grade.objects.count(), LoadedAnswer.objects.count()


def test_the_file_is_shown_beside_what_stands_and_nothing_is_stored(upload, attempt):
    before = rows()
    page = upload(written(attempt))
    [line] = page.context["lines"]
    assert (line.stands, line.sent) == ("No answer", "Recall the attaché or end their functions.")
    assert "Nobody can prove what such a file says." in page.content.decode()
    assert rows() == before


def test_it_is_stored_as_late_with_who_and_why_and_grades_nothing(store, attempt, ines):
    responses, grades, _loaded = rows()
    page = store(written(attempt))
    assert rows() == (responses + 1, grades, 1)
    late = Response.objects.get(late=True)
    assert (late.answer, late.sequence) == ({"option": "recall"}, 1)
    loaded = LoadedAnswer.objects.get()
    assert (loaded.loader_name, loaded.reason) == (ines.shown_name, "The line was down.")
    places = AuditEntry.objects.get(verb="loaded answers").detail["positions"]
    assert places == [unanswered(attempt)]
    assert "1 answer is stored as received late." in page.content.decode()
    assert Attempt.objects.get(pk=attempt.pk).score.percent == attempt.score.percent


def test_loaded_twice_it_is_stored_once(store, attempt):
    store(written(attempt))
    before = rows()
    assert "loaded before" in store(written(attempt)).content.decode()
    assert rows() == before


SENT = "0199b1c4-7a51-4c3e-9d0e-3f6f3b1c2a10"


def sent_before(attempt, **changes):
    """The same of an answer whose save was sent, and of which no word came back."""
    fields = [["answer", value_of(attempt, "recall")]]
    trying = {"key": SENT, "sequence": 1, "fields": fields}
    return written(attempt, **{"fields": fields, "trying": trying} | changes)


@pytest.fixture
def send(attempt, thea):
    """The save comes by the line after all."""

    def act():
        place = unanswered(attempt)
        with locked_item(Attempt.objects.of(thea), attempt.key, place, uuid.UUID(SENT)) as item:
            save = Save({"option": "recall"}, uuid.UUID(SENT), 1)
            return record_answer(item, save, at=NOON + timedelta(minutes=10))

    return act


@pytest.mark.parametrize("first", ["file", "line"])
def test_a_save_that_comes_by_file_and_by_the_line_is_one_answer(
    store, send, attempt, first, signed_in, ines
):
    acts = [lambda: store(sent_before(attempt)), send]
    came = [act() for act in (acts if first == "file" else acts[::-1])]
    assert (Saved.REPEATED if first == "file" else Saved.CLOSED) in came
    late = Response.objects.get(late=True)
    assert str(late.key) == SENT
    assert LoadedAnswer.objects.get().response == late
    before = rows()
    assert "loaded before" in store(sent_before(attempt)).content.decode()
    assert rows() == before
    page = signed_in(ines).get(reverse("teach:attempt", args=[attempt.key])).content.decode()
    assert page.count("<strong>Late:</strong>") == 1
    assert "The file is not signed" in page
    assert ("The time is the server’s." in page) == (first == "line")


@pytest.mark.parametrize(
    "trying", [None, [], {}, {"key": SENT}, {"key": "forged", "fields": [["answer", "x"]]}]
)
def test_what_the_file_says_of_an_earlier_or_a_forged_save_is_not_taken(store, attempt, trying):
    store(sent_before(attempt, trying=trying))
    assert str(Response.objects.get(late=True).key) != SENT


def test_a_save_of_the_same_key_that_said_something_else_stays_beside_it(store, attempt, send):
    send()
    fields = [["answer", value_of(attempt, "ask")]]
    store(sent_before(attempt, fields=fields, trying={"key": SENT, "fields": fields}))
    late = Response.objects.filter(late=True).order_by("sequence")
    assert [one.answer["option"] for one in late] == ["recall", "ask"]
    assert LoadedAnswer.objects.get().response == late[1]


def test_a_reason_is_asked_for_and_the_file_is_kept(store, attempt):
    page = store(written(attempt), reason="")
    assert page.status_code == 400
    assert value_of(attempt, "recall") in page.content.decode()
    assert not LoadedAnswer.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: b"x" * (LARGEST + 1), "too large"),
        (lambda raw: raw.decode().encode("utf-16"), "not text in UTF-8"),
        (lambda raw: raw[:-5], "cut off, or was changed"),
        (lambda raw: b"[1]", "none that a quiz page wrote"),
        (
            lambda raw: raw.replace(b'["answer", "', b'["answer", "\\u0000'),
            "none that a quiz page wrote",
        ),
        (lambda raw: raw.replace(b'"person": "', b'"person": "0'), "somebody else"),
        (lambda raw: raw.replace(b'"answer": "', b'"answer": "0'), "no answer to this attempt"),
        (lambda raw: b"", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(upload, attempt, change, said):
    before = rows()
    page = upload(change(written(attempt)))
    assert page.status_code == 400
    assert said in page.content.decode()
    assert rows() == before


def test_an_answer_that_the_question_does_not_have_is_not_stored(store, attempt):
    store(written(attempt, fields=[["answer", "forged"]]))
    assert not LoadedAnswer.objects.exists()


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_are_they_are_refused_and_nothing_breaks(raw):
    key = Attempt().key
    with pytest.raises(Refused):
        read_answers(raw, key, key)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["person", "answers", "answer", "fields", "at"]), inner, max_size=5
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_read_or_refused(held):
    key = Attempt().key
    raw = json.dumps({"person": str(key), "answers": held}).encode()
    with pytest.raises(Refused) as refused:
        read_answers(raw, key, key)
    assert refused.value.wrong in (Wrong.NOT_ANSWERS, Wrong.OTHER_ATTEMPT)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_file_loaded_from_two_rooms_at_once_is_stored_once(attempt, ines):
    made_at = NOON + timedelta(seconds=30)
    brought = [Brought(unanswered(attempt), {"option": "recall"}, made_at)]

    def press():
        return load(
            Attempt.objects.all(), attempt.key, brought, digest="d", reason="r", at=NOON, by=ines
        )

    outcomes = at_once(*[press] * 5)
    assert sum(one == 1 for one in outcomes) == 1
    assert sum(isinstance(one, LoadedBefore) for one in outcomes) == 4
    assert LoadedAnswer.objects.count() == 1
