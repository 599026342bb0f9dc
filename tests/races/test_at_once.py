"""Two clicks, two tabs, two workers: whatever is pressed at once has its effect once."""

import json
import re
import socket
import threading
import uuid
from contextlib import ExitStack

import pytest

from tests import serving
from tests.paper import answer_form
from tests.races.conftest import at_once, statuses

pytestmark = pytest.mark.race
# How many press at once, and how many others do the same before and after.
CLICKS = 20
PEOPLE = 5
WRITERS = 50
SAVES = 4
QUESTIONS = 10
OPPOSITES = 60
OK, SEE_OTHER, CONFLICT = 200, 303, 409


def press(visitor, path, fields=None):
    """The same form from another tab, sent when the barrier opens."""

    def send(hold):
        with visitor.twin() as tab:
            return tab.post(path, fields, hold=hold)

    return send


def started(site):
    """Somebody with an open attempt: name, visitor, and the address of the first question."""
    name, visitor = site.next_trainee()
    visitor.get("/learn/")
    begun = visitor.post(site.start_of(name))
    assert begun.status == SEE_OTHER, begun.text
    return name, visitor, begun.location


def form_at(visitor, question):
    """The form of a question's page."""
    return answer_form(visitor.get(question).text)


def choice_among_three(visitor, first):
    """A question of the attempt with three options or more, and its form."""
    for position in range(1, QUESTIONS + 1):
        question = f"{first.removesuffix('1/')}{position}/"
        form = form_at(visitor, question)
        if any(len(values) > 2 for values in form.choices.values()) and not form.selects:
            return question, form
    raise LookupError("no such question")


def hand_in_of(question: str) -> str:
    return question.removesuffix("1/") + "hand-in/"


@pytest.mark.parametrize("person", range(PEOPLE))
def test_twenty_starts_make_one_attempt(site, person):
    name, visitor = site.next_trainee()
    visitor.get("/learn/")
    answers = at_once([press(visitor, site.start_of(name)) for _ in range(CLICKS)])
    assert statuses(answers) == {SEE_OTHER: CLICKS}
    assert len({answer.location for answer in answers}) == 1
    found = site.count(name)
    assert (found["attempts"], found["started"]) == (1, 1)


def test_one_save_sent_twenty_times_counts_once(site):
    name, visitor, question = started(site)
    fields = form_at(visitor, question).filled()
    answers = at_once([press(visitor, question, fields) for _ in range(CLICKS)])
    assert statuses(answers) == {SEE_OTHER: CLICKS}
    assert site.count(name)["responses"] == 1


def test_of_twenty_different_saves_one_stands_and_who_said_otherwise_is_told(site):
    name, visitor, first = started(site)
    question, form = choice_among_three(visitor, first)
    sent = [form.filled(variant) | {"key": str(uuid.uuid4())} for variant in range(CLICKS)]
    answers = at_once([press(visitor, question, fields) for fields in sent])
    assert set(statuses(answers)) == {SEE_OTHER, CONFLICT}
    chosen = next(iter(form.choices))
    pairs = zip(sent, answers, strict=True)
    assert len({fields[chosen] for fields, answer in pairs if answer.status == SEE_OTHER}) == 1
    assert site.count(name)["responses"] == 1


@pytest.mark.parametrize("person", range(PEOPLE))
def test_twenty_hand_ins_make_one_set_of_grades(site, person):
    name, visitor, question = started(site)
    visitor.post(question, form_at(visitor, question).filled())
    answers = at_once([press(visitor, hand_in_of(question)) for _ in range(CLICKS)])
    assert statuses(answers) == {SEE_OTHER: CLICKS}
    found = site.count(name)
    assert found["grades"] == found["items"] == found["evidence"]
    assert (found["scores"], found["handed in"], found["differences"]) == (1, 1, [])


@pytest.mark.parametrize("person", range(PEOPLE))
def test_a_save_beside_the_hand_in_counts_or_is_marked_late(site, person):
    name, visitor, question = started(site)
    form = form_at(visitor, question)
    saves = [
        press(
            visitor, question, form.filled(n) | {"key": str(uuid.uuid4()), "sequence": str(n + 1)}
        )
        for n in range(CLICKS // 2)
    ]
    hand_ins = [press(visitor, hand_in_of(question)) for _ in range(CLICKS // 2)]
    answers = at_once([act for pair in zip(saves, hand_ins, strict=True) for act in pair])
    assert set(statuses(answers)) <= {SEE_OTHER, CONFLICT}
    found = site.count(name)
    assert found["marked otherwise"] == []
    assert found["grades"] == found["items"]
    assert (found["scores"], found["handed in"], found["differences"]) == (1, 1, [])


def test_fifty_people_save_at_once_and_nobody_sees_an_error(site):
    people = [started(site) for _ in range(WRITERS)]
    for round_ in range(SAVES):
        acts = [
            press(visitor, question, form_at(visitor, question).filled(round_))
            for _, visitor, question in people
        ]
        assert statuses(at_once(acts)) == {SEE_OTHER: WRITERS}
    assert all(
        site.count(name)["responses"] == SAVES for name, _, _ in people[:: WRITERS // PEOPLE]
    )


def test_many_saves_meet_their_hand_in_and_none_is_late_without_a_mark(site, request):
    """With `--rounds 1000` as many as RELIABILITY.md asks for; `-s` prints what came of them."""
    rounds = request.config.getoption("--rounds")
    told = json.loads(serving.run(site.env, "-m", "tests.races.rounds", str(rounds)))
    print(site.env.get("DATABASE_URL", "sqlite")[:10], told)  # noqa: T201
    assert told["rounds"] == rounds
    assert told["errors"] == []
    assert told["unmarked late saves"] == 0
    assert told["in time"] + told["late"] == rounds


def test_two_browsers_that_contradict_each_other_leave_a_whole_log(site):
    name, visitor, first = started(site)
    question, form = choice_among_three(visitor, first)
    outcomes: list[list[tuple[int, int, dict]]] = [[], []]

    def contradict(mine):
        sequence = 1
        with visitor.twin() as browser:
            browser.headers["Accept"] = "application/json"
            for _ in range(OPPOSITES):
                fields = form.filled(mine) | {"key": str(uuid.uuid4()), "sequence": str(sequence)}
                answer = browser.post(question, fields)
                sequence = json.loads(answer.text)["sequence"]
                outcomes[mine].append((answer.status, sequence - 1, fields))

    threads = [threading.Thread(target=contradict, args=[mine]) for mine in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = outcomes[0] + outcomes[1]
    assert len(everything) == 2 * OPPOSITES
    assert {status for status, _, _ in everything} <= {OK, CONFLICT}
    accepted = [(sequence, fields) for status, sequence, fields in everything if status == OK]
    last = max(accepted, key=lambda one: one[0])
    chosen = next(iter(form.choices))
    page = visitor.get(question).text
    assert re.search(rf'value="{last[1][chosen]}"[^>]* checked', page)
    assert site.count(name)["responses"] == len({sequence for sequence, _ in accepted})
    visitor.post(hand_in_of(first))
    assert site.count(name)["marked otherwise"] == []


def is_held(one):
    """Whether the server still waits for the rest, having said nothing and hung up on nobody."""
    one.setblocking(False)
    try:
        one.recv(1)
    except BlockingIOError:
        return True
    return False


def test_five_hundred_requests_that_never_end_keep_nobody_waiting(site):
    """Their heads are half sent. Half-sent forms are for the proxy to keep back (README).

    The server lets go of such a head after 30 s: who is served only then was kept waiting.
    """
    with ExitStack() as opened:
        halves = []
        for _ in range(500):
            one = socket.create_connection(("127.0.0.1", site.port))
            halves.append(opened.enter_context(one))
            one.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
        _name, visitor, question = started(site)
        assert visitor.post(question, form_at(visitor, question).filled()).status == SEE_OTHER
        assert all(map(is_held, halves))
