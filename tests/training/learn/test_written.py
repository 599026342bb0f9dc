"""A written answer as the trainee meets it: asked, saved, waiting, marked."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import NOON
from tests.tiny_course import publish_tiny_course
from tests.training.learn.conftest import save, sent
from tests.written_course import FULL, HALF, TEXT, publish_written_course, written_files
from training.attempts.models import Attempt, Response
from training.flows import handing_in, marking_an_answer
from training.marking.actions import Given
from training.marking.models import Sheet

HOSTILE = "</textarea><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7|add:7 }}\n=1+1"
# What stands only in the rubric and the model answer.
SECRET = ("FEEDBACK", "EXPLANATION", "LEVEL", "Names the rule", "Gives a reason", "second_marker")


@pytest.fixture
def edition(db):
    return publish_written_course()


@pytest.fixture
def places(attempt):
    return list(attempt.items.filter(kind="written").values_list("position", flat=True))


@pytest.fixture
def page_at(thea_browser, of):
    return lambda *name: thea_browser.get(of(*name)).content.decode()


@pytest.fixture
def handed_in(attempt, thea, answer_all, places):
    """Everything answered, and nothing marked by hand yet."""
    answer_all(but=places)
    for place in places:
        save(attempt, thea, place, {"text": TEXT})
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    return attempt


def give(points, by, **more):
    for sheet in Sheet.objects.waiting():
        own = Sheet.objects.taught_by(by)
        marking_an_answer.give(own, sheet.key, Given(points, **more), at=NOON, by=by)


def test_it_is_asked_with_its_length_and_saved_as_it_was_written(thea_browser, of, places, page_at):
    page = page_at("question", places[0])
    assert "<textarea" in page and "A longer answer is kept" in page
    assert "0 of at most 60 words" in page
    told = thea_browser.post(of("question", places[0]), sent({"answer": TEXT}))
    assert told.status_code == 303
    assert Response.objects.get().answer == {"text": TEXT}
    page = page_at("question", places[0])
    assert f">\n{TEXT}</textarea>" in page and "7 of at most 60 words" in page


def test_ten_thousand_characters_are_saved_by_the_script_and_told_to_be_too_many(
    thea_browser, of, places, page_at
):
    text = "Conseil d’État à l’étranger 条約 " * 400
    told = thea_browser.post(
        of("question", places[0]), sent({"answer": text}), headers={"accept": "application/json"}
    )
    assert told.status_code == 200 and told.json()["answered"]
    assert Response.objects.get().answer["text"] == text.strip()
    assert len(Response.objects.get().answer["text"].encode()) > 10_000
    assert "words: the marker reads the first 60" in page_at("question", places[0])
    paper = thea_browser.get(of("paper")).json()["questions"]
    assert text.strip() in next(one["html"] for one in paper if one["position"] == places[0])


def test_two_pages_disagree_and_both_texts_are_shown_as_text(thea_browser, of, places):
    url = of("question", places[0])
    thea_browser.post(url, sent({"answer": "First text."}))
    told = thea_browser.post(url, sent({"answer": HOSTILE}, 1))
    page = told.content.decode()
    assert told.status_code == 409
    assert "First text." in page and "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "<script>alert" not in page and "<img src=x" not in page


def test_nothing_of_rubric_or_model_answer_leaves_before_the_mark(
    thea_browser, of, at, attempt, places, handed_in
):
    seen = [thea_browser.get(of("result")), thea_browser.get(at("progress"))]
    seen += [thea_browser.get(at("quiz", "quiz-first")), thea_browser.get("/learn/")]
    for response in seen:
        told = response.content.decode() + json.dumps(dict(response.headers))
        # The questions that were marked by their key are explained already.
        waiting = told.partition(f'id="q{places[0]}"')[2].partition('id="q')[0]
        assert [one for one in SECRET[2:] if one in told] == []
        assert [one for one in SECRET if one in waiting] == []


def test_what_was_changed_since_tells_no_rubric_before_the_mark(handed_in, thea_browser, of, ines):
    files = written_files()
    for path in ("kind-written", "reply"):
        name = f"tiny/01-first/questions/{path}.md"
        files[name] = files[name].replace("Names the rule", "NEWRULE")
    publish_tiny_course(files=files)
    for name in ("changed", "result"):
        page = thea_browser.get(of(name)).content.decode()
        assert "NEWRULE" not in page and "Names the rule" not in page
        assert of("changed") not in page or name == "changed"
    give(FULL, ines)
    assert of("changed") in thea_browser.get(of("result")).content.decode()
    page = thea_browser.get(of("changed")).content.decode()
    assert "NEWRULE" in page and "Names the rule" in page


def test_while_it_is_open_nothing_of_the_rubric_is_in_any_response(thea_browser, of, places):
    seen = [thea_browser.get(of(name), follow=True) for name in ("paper", "review", "result")]
    for place in places:
        url = of("question", place)
        seen.append(thea_browser.get(url))
        for number, headers in ((1, {"accept": "application/json"}), (1, {}), (9, {})):
            seen.append(thea_browser.post(url, sent({"answer": "A"}, number), headers=headers))
        seen.append(thea_browser.post(url, sent({"answer": "\x00"}, 9)))
    for response in seen:
        told = response.content.decode() + json.dumps(dict(response.headers))
        assert [one for one in SECRET if one in told] == []


def test_the_result_says_what_is_marked_and_what_waits(handed_in, page_at):
    page = page_at("result")
    assert "Waiting for marking" in page and "2 of 4" in page
    assert "2 written answers wait for a marker." in page
    assert "What is marked has earned 2 of 2 points." in page
    assert "Passed" not in page and "Not passed" not in page
    assert "Consent stays free." in page


def test_progress_and_the_first_page_say_that_it_waits_and_lead_to_it(
    handed_in, thea_browser, at, of
):
    page = thea_browser.get(at("progress")).content.decode()
    assert "waiting for marking, 70 % needed" in page
    assert of("result") in page
    page = thea_browser.get(at("quiz", "quiz-first")).content.decode()
    assert "Waiting for marking" in page
    assert "Attempt 1: " not in page


def test_the_wait_for_the_next_attempt_runs_from_the_hand_in(handed_in, thea_browser, at, clock):
    start = at("start", "quiz-first")
    thea_browser.post(start)
    assert Attempt.objects.count() == 1
    clock.shift(timedelta(hours=1, minutes=1))
    thea_browser.post(start)
    assert Attempt.objects.count() == 2


def test_once_marked_points_comment_and_model_answer_are_there(
    handed_in, ines, page_at, thea_browser, of
):
    give(HALF, ines, comment="Say why.\nTwice.", note="PRIVATE")
    page = page_at("result")
    assert "Passed" in page and "75 %" in page
    assert "LEVEL named with its article" in page and "LEVEL none" in page
    assert "2 of 2" in page and "0 of 2" in page
    assert "Say why.\nTwice." in page and "A model answer:" in page
    assert "PRIVATE" not in page and ines.shown_name not in page
    told = thea_browser.get("/learn/").content.decode()
    assert "were marked on" in told and of("result") in told


def test_what_was_typed_is_text_on_every_page(attempt, thea, ines, places, page_at, of):
    save(attempt, thea, places[0], {"text": HOSTILE})
    pages = [page_at("question", places[0])]
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    pages.append(page_at("result"))
    give(FULL, ines, comment=HOSTILE)
    pages.append(page_at("result"))
    for page in pages:
        assert "&lt;script&gt;alert(&#x27;x&#x27;)" in page
        assert "<script>alert" not in page and "<img src=x" not in page


def test_a_blank_answer_costs_nobody_a_look(attempt, thea, places, answer_all, page_at):
    answer_all(but=places)
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    page = page_at("result")
    assert "Not passed" in page and "50 %" in page
    assert page.count('<span class="tag tag-none">Not answered</span>') == 2


def test_who_is_not_enrolled_sees_none_of_it(handed_in, signed_in, sam):
    url = reverse("learn:result", args=[handed_in.key])
    assert signed_in(sam).get(url).status_code in (403, 404)
