"""A lesson: numbered paragraphs, notes, checks in place, sources, the place, the end."""

import re
from datetime import timedelta

import pytest

from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, tiny_files
from tests.training.learn.conftest import sent, words
from training.audit.models import AuditEntry
from training.evidence.models import Evidence
from training.reading.actions import keep_place
from training.reading.models import LessonRead, Place


def test_paragraphs_are_numbered_and_can_be_linked_to(thea_browser, at):
    page = words(thea_browser.get(at("lesson", "consent")))
    assert re.findall(r'<div class="para[^"]*" id="(p\d)">', page) == ["p1", "p2", "p3", "p4"]
    assert '<a class="para-number" href="#p1" aria-label="Paragraph 1">1</a>' in page


def test_a_term_has_its_note_beside_it_once(thea_browser, at):
    page = words(thea_browser.get(at("lesson", "consent")))
    assert page.count('id="term-agrement"') == 1
    assert 'href="#term-agrement"' in page


def test_sources_stand_at_the_end_with_the_way_back(thea_browser, at):
    page = words(thea_browser.get(at("lesson", "consent")))
    sources = page.partition('aria-labelledby="sources"')[2]
    assert "Vienna, 18 April 1961, 500 UNTS 95" in sources
    assert "Binding" in sources
    assert 'id="note-1"><a href="#p1"' in sources
    assert "art. 4(1)" in sources
    assert page.count('href="#note-1"') == 1


def test_call_outs_say_what_they_are(thea_browser, at):
    page = words(thea_browser.get(at("lesson", "consent")))
    assert '<span class="callout-kind">Rule</span> Consent comes first' in page


def test_the_page_lists_its_sections(thea_browser, at):
    page = words(thea_browser.get(at("lesson", "consent")))
    assert '<li><a href="#s-second-heading">Second heading</a></li>' in page


def test_the_pager_leads_across_lessons_to_the_quiz(thea_browser, at):
    first = words(thea_browser.get(at("lesson", "consent")))
    second = words(thea_browser.get(at("lesson", "refusal")))
    assert 'rel="prev"' not in first
    assert f'rel="next" href="{at("lesson", "refusal")}"' in first
    assert f'rel="prev" href="{at("lesson", "consent")}"' in second
    assert f'rel="next" href="{at("quiz", "quiz-first")}"' in second


def test_the_place_is_marked_where_reading_stopped(thea_browser, at, enrolment, course):
    keep_place(enrolment, course.lessons["consent"], 3, at=NOON)
    page = words(thea_browser.get(at("lesson", "consent")))
    assert '<div class="para is-here" id="p3">' in page


def test_the_script_keeps_the_place_and_hears_nothing_back(thea_browser, at):
    response = thea_browser.post(at("place", "consent"), {"paragraph": "p3"})
    assert response.status_code == 204
    assert Place.objects.get().paragraph == 3


def test_without_scripts_a_form_keeps_the_place_and_comes_back_to_it(thea_browser, at):
    assert "<noscript>" in words(thea_browser.get(at("lesson", "consent")))
    response = thea_browser.post(at("place", "consent"), {"paragraph": "3", "show": "page"})
    assert response.status_code == 303
    assert response.url == at("lesson", "consent") + "#p3"


def test_a_place_beyond_the_end_is_the_last_paragraph(thea_browser, at):
    thea_browser.post(at("place", "consent"), {"paragraph": "p9999"})
    assert Place.objects.get().paragraph == 4


@pytest.mark.parametrize("paragraph", ["", "p", "p-1", "p1.5", "٣", "p123456", "drop table"])
def test_what_is_no_paragraph_is_refused(thea_browser, at, paragraph):
    response = thea_browser.post(at("place", "consent"), {"paragraph": paragraph})
    # Digits of any script are digits.
    assert response.status_code == (204 if paragraph == "٣" else 400)


def test_marking_as_read_goes_on_to_the_next_lesson_then_to_the_quiz(thea_browser, at):
    first = thea_browser.post(at("lesson_read", "consent"))
    assert (first.status_code, first.url) == (303, at("lesson", "refusal"))
    second = thea_browser.post(at("lesson_read", "refusal"))
    assert second.url == at("quiz", "quiz-first")
    assert LessonRead.objects.count() == 2
    assert "Lesson 1.2 is marked as read." in words(thea_browser.get(second.url))


def test_marking_twice_changes_nothing(thea_browser, at):
    thea_browser.post(at("lesson_read", "consent"))
    thea_browser.post(at("lesson_read", "consent"))
    assert LessonRead.objects.count() == 1
    assert AuditEntry.objects.filter(verb="read").count() == 1
    assert "Mark as read" not in words(thea_browser.get(at("lesson", "consent")))


def test_the_print_view_has_the_whole_lesson_and_no_navigation(thea_browser, at):
    page = words(thea_browser.get(at("lesson_print", "consent")))
    assert 'id="p4"' in page
    assert "Expel one of Kestria" in page
    assert "Vienna, 18 April 1961" in page
    assert "<nav" not in page
    assert "<form" not in page
    assert "FEEDBACK" not in page


def test_notes_that_do_not_fit_beside_their_paragraph_are_folded_but_never_on_paper(
    thea_browser, at, enrolment
):
    files = tiny_files()
    path = "tiny/01-first/01-consent.md"
    files[path] = files[path].replace(
        "A second paragraph", "An [[term: attaché]] and a [[term: note]]"
    )
    files["glossary.yaml"] += "note:\n  term: note\n  definition: " + "A long one. " * 30 + "\n"
    enrolment.cohort.edition = publish_tiny_course(files=files)
    enrolment.cohort.save()
    page = words(thea_browser.get(at("lesson", "consent")))
    assert '<aside class="para-note" id="term-attache"' in page
    assert '<details class="para-note"><summary>note</summary>' in page
    printed = words(thea_browser.get(at("lesson_print", "consent")))
    assert '<aside class="para-note" id="term-note"' in printed


def test_a_check_is_asked_in_place_without_its_key(thea_browser, at):
    page = words(thea_browser.get(at("lesson", "consent")))
    assert page.index('id="p1"') < page.index('id="check-consent-check"') < page.index('id="p2"')
    assert "FEEDBACK" not in page
    assert "EXPLANATION" not in page


def test_answering_a_check_explains_it_where_it_stands(thea_browser, at):
    response = thea_browser.post(at("check", "consent", "consent-check"), sent({"answer": "ask"}))
    assert response.status_code == 303
    assert response.url == at("lesson", "consent") + "#check-consent-check"
    page = words(thea_browser.get(response.url))
    assert "Your answer, wrong" in page
    assert "Right, not chosen by you" in page
    assert "FEEDBACK: The receiving State need not explain its decision." in page
    assert "EXPLANATION: The Convention leaves the choice to the sending State." in page
    assert "<cite>Vienna Convention on Diplomatic Relations</cite>, art. 9" in page
    assert Evidence.objects.get().objective == "consent-recall"


def test_a_check_can_be_answered_again_and_the_latest_answer_is_shown(thea_browser, at, clock):
    url = at("check", "consent", "consent-check")
    thea_browser.post(url, sent({"answer": "ask"}))
    again = at("lesson", "consent") + "?again=consent-check"
    assert "Answer and see why" in words(thea_browser.get(again))
    clock.shift(timedelta(minutes=1))
    thea_browser.post(url, sent({"answer": "recall"}))
    page = words(thea_browser.get(at("lesson", "consent")))
    assert "Your answer, right" in page
    assert "Answer and see why" not in page
    assert Evidence.objects.count() == 2


def test_the_same_check_form_sent_twice_counts_once(thea_browser, at):
    form = sent({"answer": "recall"})
    for _ in range(2):
        thea_browser.post(at("check", "consent", "consent-check"), form)
    assert Evidence.objects.count() == 1


def test_a_check_keeps_the_place_too(thea_browser, at):
    thea_browser.post(at("check", "consent", "consent-check"), sent({"answer": "recall"}))
    assert Place.objects.get().paragraph == 1


@pytest.mark.parametrize("answer", [{}, {"answer": "nonsense"}])
def test_a_check_without_a_usable_answer_is_told_so_and_nothing_is_recorded(
    thea_browser, at, answer
):
    response = thea_browser.post(at("check", "consent", "consent-check"), sent(answer))
    assert response.status_code == 400
    page = words(response)
    assert "<title>Error: 1.1 Consent" in page
    assert "data-error-summary" in page
    assert "FEEDBACK" not in page
    assert not Evidence.objects.exists()


def test_a_check_of_another_lesson_is_not_found(thea_browser, at):
    url = at("check", "consent", "refusal-check")
    assert thea_browser.post(url, sent({"answer": "recall"})).status_code == 404


def test_a_quizs_question_cannot_be_answered_as_a_check(thea_browser, at):
    url = at("check", "consent", "consent-1")
    assert thea_browser.post(url, sent({"answer": "recall"})).status_code == 404


@pytest.mark.parametrize("answered", [False, True])
def test_a_lesson_costs_five_queries(thea_browser, at, counted, answered):
    if answered:
        for _ in range(3):
            thea_browser.post(at("check", "consent", "consent-check"), sent({"answer": "ask"}))
    thea_browser.get(at("lesson", "consent"))
    with counted() as statements:
        thea_browser.get(at("lesson", "consent"))
    assert len(statements) == 5
