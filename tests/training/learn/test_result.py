"""After a quiz: the score, the objectives, and every answer explained."""

from datetime import timedelta

import pytest

from tests.factories import NOON
from tests.training.learn.conftest import KINDS, save, words
from training.attempts.models import Attempt
from training.flows import handing_in, starting_a_quiz


@pytest.fixture
def failed(attempt, thea):
    """Handed in with nothing right and one wrong choice."""
    single = attempt.items.filter(kind="single").values_list("position", flat=True).first()
    save(attempt, thea, single, {"option": "ask"})
    return handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)


def test_the_score_stands_beside_the_pass_line(thea_browser, of, handed_in):
    page = words(thea_browser.get(of("result")))
    assert '<h2 id="result">Passed</h2>' in page
    assert "<strong>100 %</strong> <span>14 of 14 points</span>" in page
    assert "70 % passes. The best of your attempts counts: 100 %." in page


def test_before_handing_in_there_is_no_result(thea_browser, of, attempt):
    assert thea_browser.get(of("result"), follow=True).redirect_chain[-1][0] == of("question", 1)


def test_every_question_is_explained_with_its_source_and_its_lesson(
    thea_browser, of, at, handed_in
):
    page = words(thea_browser.get(of("result")))
    assert page.count('<section class="question"') == KINDS
    assert page.count("Source: <cite>Vienna Convention on Diplomatic Relations</cite>") == KINDS
    assert page.count(f'<a href="{at("lesson", "consent")}">Read lesson 1.1 Consent') >= 1
    assert "EXPLANATION: The Convention leaves the choice to the sending State." in page


def test_a_wrong_choice_says_why_and_what_was_right(thea_browser, of, failed):
    page = words(thea_browser.get(of("result")))
    assert "Your answer, wrong" in page
    assert "FEEDBACK: The receiving State need not explain its decision." in page
    assert "Right, not chosen by you" in page
    assert '<h2 id="result">Not passed</h2>' in page


def test_questions_without_an_answer_are_named_so(thea_browser, of, failed):
    page = words(thea_browser.get(of("result")))
    assert page.count('<span class="tag tag-none">Not answered</span>') == KINDS - 1


def test_each_objective_has_its_points_and_its_n(thea_browser, of, failed):
    shown = {one.text: one for one in thea_browser.get(of("result")).context["page"].objectives}
    refusal = shown["Recall what Refusal says."]
    assert (refusal.earned, refusal.of_how_many) == ("0 of 8", "(n = 8)")
    assert refusal.badge.word == "Not shown"
    assert "(n = 8)" in words(thea_browser.get(of("result")))


def test_the_policy_names_the_result_in_force(
    thea_browser, of, attempt, failed, enrolment, course, thea, clock
):
    later = NOON + timedelta(hours=2)
    clock.move_to(later)
    second = starting_a_quiz.start(enrolment, course.modules[0], at=later, by=thea)
    for position in range(1, KINDS + 1):
        save(second, thea, position, at=later)
    handing_in.hand_in(Attempt.objects.of(thea), second.key, at=later, by=thea)
    page = words(thea_browser.get(of("result")))
    assert "<strong>0 %</strong>" in page
    assert "The best of your attempts counts: 100 %." in page


def test_who_failed_is_told_from_when_to_try_again(thea_browser, of, at, failed, clock):
    following = thea_browser.get(of("result")).context["page"].following
    assert "You can start again from 15 January 2030, 13:00 (UTC) (2 attempts left)." in (
        following.said
    )
    clock.shift(timedelta(hours=1))
    following = thea_browser.get(of("result")).context["page"].following
    assert (following.label, following.url) == ("Take the quiz again", at("quiz", "quiz-first"))


def test_who_passed_goes_on_to_the_next_module(thea_browser, of, at, handed_in):
    following = thea_browser.get(of("result")).context["page"].following
    assert following.said == "Module 2 follows: The second."
    assert following.url == at("lesson", "recall")


def test_an_attempt_closed_by_the_clock_says_so(thea_browser, of, attempt, clock):
    clock.shift(timedelta(minutes=21))
    page = words(thea_browser.get(of("result")))
    assert "Time was up: the quiz was handed in for you" in page
    assert "handed in 15 January 2030, 12:20 (UTC)" in page


def test_a_question_changed_later_changes_nothing_here(thea_browser, of, handed_in, enrolment):
    from tests.tiny_course import publish_tiny_course, tiny_files

    before = thea_browser.get(of("result")).context["page"]
    files = {
        path: text.replace("- [x] Recall", "- [ ] Recall").replace("- [ ] Expel", "- [x] Expel")
        for path, text in tiny_files().items()
    }
    edition = publish_tiny_course(files=files)
    enrolment.cohort.edition = edition
    enrolment.cohort.save()
    after = thea_browser.get(of("result")).context["page"]
    assert [one.why for one in after.answered] == [one.why for one in before.answered]
    assert after.scored == before.scored


def test_a_judgement_shows_what_the_panel_chose_and_never_says_wrong(
    thea_browser, of, attempt, thea, position_of
):
    save(attempt, thea, position_of("judgement"), {"option": "calendar"})
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    response = thea_browser.get(of("result"))
    [one] = [each for each in response.context["page"].answered if each.why.kind == "judgement"]
    assert (one.earned, one.why.badge.word) == ("0.4 of 1 points", "Chosen by part of the panel")
    page = words(response)
    assert "What the panel chose (n = 7 experts)" in page
    assert "2 of 7 (29 %)" in page and "5 of 7 (71 %)" in page and "0 of 7 (0 %)" in page
    assert "FEEDBACK: Harmless, and it shows goodwill." in page
    assert "draft" not in page
