"""Attacks on questions: what a page gives away, what a file of content can do to the site."""

import ast
import re
import time

import pytest
from django.urls import reverse

from curriculum.documents.models import Document
from curriculum.questions import numbers, registry
from curriculum.questions.kinds import short
from tests.answering import names_of
from tests.factories import NOON
from tests.house import files, nothing_offends
from tests.tiny_course import publish_tiny_course, tiny_files
from tests.training.learn.conftest import save, sent
from training.answers.form import Asked
from training.answers.naming import ids_in
from training.attempts.models import Attempt, Response
from training.flows import handing_in

JSON = {"headers": {"accept": "application/json"}}
# What differs between two looks at one page: the token of the form and the key of the next save.
CHANGING = re.compile(r'(name="(?:csrfmiddlewaretoken|key)" value=")[^"]*|nonce="[^"]*')
RUNS_CODE = {"eval", "exec", "compile", "__import__"}
QUICK = 0.05


def bare(page):
    return CHANGING.sub(r"\1", page.content.decode())


def named_ids(item):
    asked = Asked(item.kind, item.body, item.order)
    return set(ids_in(asked.shown))


def test_no_page_of_a_run_holds_an_authored_id(thea_browser, of, attempt):
    """A41: neither a page nor the paper for going on offline nor the reply to a save."""
    paper = thea_browser.get(of("paper")).content.decode()
    told = set()
    for item in attempt.items.order_by("position"):
        page = thea_browser.get(of("question", item.position)).content.decode()
        for each in named_ids(item):
            forms = (
                f'value="{each}"',
                *(f'{part}-{each}"' for part in ("place", "match", "blank")),
            )
            assert not any(form in page or form.replace('"', '\\"') in paper for form in forms)
            told.add(names_of(item).of(each))
        assert all(names_of(item).of(each) in page for each in named_ids(item))
    assert len(told) == sum(len(named_ids(item)) for item in attempt.items.all()) > 20


def test_what_one_attempt_calls_an_option_says_nothing_in_another(
    thea_browser, of, attempt, position_of
):
    """A41: the names of one trainee are refused in the attempt of another."""
    item = attempt.items.get(position=position_of("single"))
    stolen = names_of(item).of("recall")
    assert stolen != "recall"
    Attempt.objects.filter(pk=attempt.pk).update(naming="0" * 32)
    refused = thea_browser.post(of("question", item.position), sent({"answer": stolen}))
    assert refused.status_code == 400
    assert not Response.objects.exists()


def test_every_option_is_saved_with_the_same_reply_and_shown_on_the_same_page(
    thea_browser, of, attempt, position_of
):
    """A41: status, headers, size and text are those of any other option, right or wrong."""
    position = position_of("single")
    url, item = of("question", position), attempt.items.get(position=position)
    replies, pages = set(), set()
    for sequence, each in enumerate(sorted(named_ids(item)), start=1):
        reply = thea_browser.post(url, sent({"answer": each}, sequence), **JSON)
        told = reply.json() | {"sequence": 0}
        replies.add((reply.status_code, str(sorted(told.items())), tuple(sorted(reply.headers))))
        assert "ETag" not in reply.headers
        page = bare(thea_browser.get(url)).replace(" checked", "")
        pages.add(re.sub(r'name="sequence" value="\d+"', "", page))
    assert len(replies) == 1
    assert len(pages) == 1


@pytest.mark.parametrize("name", ["document", "preview", "statistics"])
def test_the_authors_pages_are_closed_to_a_trainee(thea_browser, attempt, position_of, name):
    """A42: by GET and by POST, 403."""
    item = attempt.items.get(position=position_of("single"))
    url = reverse(f"author:{name}", args=[item.document.key])
    assert thea_browser.get(url).status_code == 403
    assert thea_browser.post(url, sent({"answer": "recall"})).status_code in {403, 405}


def test_a_question_of_the_quiz_cannot_be_answered_as_a_check(thea_browser, at, attempt):
    """A42: the address that explains at once knows the checks of its lesson alone."""
    slug = attempt.items.first().document.slug
    lesson = Document.objects.filter(kind="lesson").first().slug
    url = at("check", lesson, slug)
    assert thea_browser.post(url, sent({"answer": "recall"})).status_code == 404
    assert not Response.objects.exists()


def test_an_accepted_answer_is_words_and_never_a_pattern():
    """A43: what looks like a regular expression is itself, and nothing hangs on it."""
    text = "What?\n\n= (a+)+$ | .*\n  > Because.\n"
    body, problems = short.read(text, {}, 1)
    assert problems == [] and body["accepted"] == ["(a+)+$", ".*"]
    begun = time.process_time()
    assert short.mark(body, {"text": "a" * 499 + "!"}).fraction == 0
    assert time.process_time() - begun < QUICK
    assert short.mark(body, {"text": "(a+)+$"}).fraction == 1


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1e309", None),
        ("1e30", 10**30),
        ("NaN", None),
        ("inf", None),
        ("-0", 0),
        ("١٢", 12),
        ("1,5", None),
        ("1,500", 1500),
        ("9" * 100_000, None),
        ("1e-9999999", None),
        ("0x10", None),
        ("1_000", None),
    ],
)
def test_a_number_is_read_exactly_or_refused(typed, value):
    """A44: and below 50 ms, however long it is."""
    begun = time.process_time()
    assert numbers.number(typed) == value
    assert (numbers.refused(typed) is None) == (value is not None)
    assert time.process_time() - begun < QUICK


def running(source):
    """Calls by their bare name: `re.compile` makes a pattern, `compile` makes code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RUNS_CODE:
            yield f"{node.lineno}: {node.func.id}"


def test_no_content_and_no_answer_is_ever_run():
    """A45: nothing that runs code is called in this project; a formula is refused as a number."""
    ours = [*files("curriculum", ".py"), *files("training", ".py")]
    assert list(running("eval(x)\nre.compile(y)\ncompile(x)")) == ["1: eval", "3: compile"]
    nothing_offends(ours, running)
    assert numbers.refused("__import__('os')") == numbers.NOT_A_NUMBER
    body, problems = registry.read("numeric", "What?\n\n= __import__('os')\n  > Why.\n", {})
    assert body is None and problems


OPTION = "- [{box}] Option {n} {{#o{n}}}\n  > Why {n}.\n"


def question(*boxes):
    options = "".join(OPTION.format(box=box, n=n) for n, box in enumerate(boxes))
    return f"What?\n\n{options}"


@pytest.mark.parametrize(
    ("kind", "text", "front", "said"),
    [
        ("single", question("x", "x", " "), {}, "2 options are marked right"),
        ("single", question(" ", " "), {}, "No option is marked right"),
        ("multiple", question(" ", " "), {}, "No option is marked right"),
        ("single", question("x", *" " * 9_999), {}, "at most"),
        ("judgement", question("-0.2", "1.2"), {"panel": 5}, "is no number from 0 to 1"),
    ],
)
def test_a_question_that_cannot_be_marked_is_refused_when_it_is_read(kind, text, front, said):
    """A46: with a sentence, and in seconds at most."""
    begun = time.process_time()
    body, problems = registry.read(kind, text, front)
    assert body is None
    assert any(said in one.message for one in problems)
    assert time.process_time() - begun < 5


def test_a_question_that_is_removed_stays_in_the_attempts_that_ask_it(
    thea_browser, of, attempt, thea, position_of
):
    """A47: the open attempt is finished and marked by its copy; the past one keeps its result."""
    position = position_of("single")
    slug = attempt.items.get(position=position).document.slug
    save(attempt, thea, position)
    gone = {path: text for path, text in tiny_files().items() if not path.endswith(f"/{slug}.md")}
    assert publish_tiny_course(files=gone).number == 2
    assert thea_browser.get(of("question", position)).status_code == 200
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    before = records_of(attempt)
    assert attempt.items.get(position=position).grades.get().fraction == 1
    publish_tiny_course()
    assert records_of(attempt) == before
    assert thea_browser.get(of("result")).status_code == 200


def records_of(attempt):
    """What was asked, how it was marked, and what it came to."""
    asked = attempt.items.values_list("revision", "body", "grades__fraction")
    came_to = Attempt.objects.values_list("score__points", "score__passed").get(pk=attempt.pk)
    return list(asked.order_by("position")), came_to
