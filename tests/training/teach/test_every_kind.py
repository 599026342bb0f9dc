"""Every kind of question, made anew or not, has its pages: statistics, and to be called wrong."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document
from curriculum.questions import generated, registry
from curriculum.questions.generators import catalogue
from tests.factories import NOON
from tests.factories.curriculum import RevisionFactory
from tests.factories.training import ItemFactory
from tests.tiny_course import publish_tiny_course, put, tiny_files
from tests.training.flows.correcting import sit
from tests.training.teach.test_corrections import decide, filled, form_of, words
from training.attempts.models import Item
from training.grading.models import Correction, Grade
from training.statements.kept import Kept
from training.statistics import lines

MADE = """kind: generated
objective: refusal-recall
level: recall
source: vcdr 16
generator: {generator}
---
"""
QUIZ = "tiny/01-first/quiz-first.quiz.md"


def made(generator):
    return f"made-{generator.replace('_', '-')}"


@pytest.fixture
def edition(db):
    """The tiny course, whose first quiz asks each kind marked by a key, and each generator."""
    files = tiny_files()
    for name in catalogue.GENERATORS:
        text = MADE.format(generator=name)
        if name == "precedence":
            # Its options are names with values, not choices.
            text = text.replace("---", "options: {guests: 5}\n---")
        put(files, f"tiny/01-first/questions/{made(name)}.md", text)
    place = "tiny/01-first/questions/"
    drawn = [one for one in files if one.startswith(place) and "-check" not in one]
    # All but the written one: a paper with it has no result, and no statistics, until it is marked.
    files[QUIZ] = files[QUIZ].replace("count: 6", f"count: {len(drawn) - 1}")
    return publish_tiny_course(files=files)


@pytest.fixture
def attempt(enrolment):
    """Everything answered as the key says."""
    return sit(enrolment, NOON)


@pytest.fixture
def browser(signed_in, ines, attempt):
    return signed_in(ines)


def test_the_quiz_asks_every_kind_and_every_generator(attempt):
    asked = attempt.items.select_related("document", "revision")
    assert {one.kind for one in asked} == set(registry.KINDS) - registry.BY_HAND
    names = {one.revision.body.get("generator") for one in asked} - {None}
    assert names == set(catalogue.GENERATORS)


def test_each_has_its_statistics(browser, enrolment, attempt):
    cohort, quiz = enrolment.cohort, course_of(enrolment.cohort.edition).modules[0].quiz
    here = [cohort.key, quiz.slug]
    assert browser.get(reverse("teach:quiz_statistics", args=here)).status_code == 200
    for item in attempt.items.select_related("document", "revision"):
        one = [*here, item.document.key, item.revision.number]
        page = browser.get(reverse("teach:question_statistics", args=one))
        assert page.status_code == 200, item.document.slug


def test_of_a_judgement_the_panel_is_told_and_nothing_it_chose_is_called_wrong(
    browser, enrolment, attempt
):
    cohort, quiz = enrolment.cohort, course_of(enrolment.cohort.edition).modules[0].quiz
    item = attempt.items.select_related("document").get(kind="judgement")
    one = [cohort.key, quiz.slug, item.document.key, 1]
    answer = browser.get(reverse("teach:question_statistics", args=one))
    shares = [f"{option['share']} of the panel" for option in item.body["options"]]
    assert [chosen.right for chosen in answer.context["page"].chosen] == shares
    assert f'{form_of(item.document.slug)}?revision=1"' in words(answer)


def test_a_result_tells_how_an_order_is_marked_and_writes_each_answer_once(
    signed_in, thea, attempt
):
    with time_machine.travel(NOON + timedelta(hours=1)):
        page = words(signed_in(thea).get(reverse("learn:result", args=[attempt.key])))
    orders = attempt.items.filter(kind="ordering").count()
    assert page.count("An order earns marks for every two entries") == orders > 0
    assert "agr\u00e9ment" in page
    assert " | " not in page


def test_each_can_be_called_wrong_and_everybody_be_credited(browser, attempt):
    for slug in attempt.items.values_list("document__slug", flat=True):
        answer = browser.get(form_of(slug))
        page, chosen = words(answer), answer.context["form"]["form"].value()
        assert "Credit everybody who was asked" in page, slug
        is_made = slug.startswith("made-")
        assert ("This question is made anew for each attempt" in page) == is_made, slug
        assert '<p></p> <p class="soft">' not in page, slug
        # Whoever can only credit everybody is asked no more than that.
        only_one = is_made or slug == "kind-judgement"
        assert ("Results may only rise: nobody loses points" not in page) == only_one, slug
        assert chosen == ("everybody" if only_one else None), slug
        sent = filled(form="everybody", options=[], step="preview")
        preview = browser.post(form_of(slug), sent)
        assert preview.status_code == 200, slug
        assert "attempt changes." in words(preview), slug


def test_a_question_made_anew_has_no_key_to_be_corrected(browser, attempt):
    slug = made("precedence")
    for form in ("key", "also"):
        refused = browser.post(form_of(slug), filled(form=form, step="propose"))
        assert refused.status_code == 422
    assert not Correction.objects.exists()


def test_whoever_was_asked_a_wrong_one_is_credited_for_it(signed_in, ines, ada, enrolment):
    slug = made("precedence")
    attempt = sit(enrolment, NOON, {slug: None})
    item = Item.objects.get(attempt=attempt, document__slug=slug)
    assert [one.fraction for one in Grade.objects.filter(item=item)] == [0]
    browser = signed_in(ines)
    sent = filled(form="everybody", options=[], step="propose")
    assert browser.post(form_of(slug), sent).status_code == 302
    proposed = Correction.objects.get()
    page = words(browser.get(reverse("teach:correction", args=[proposed.key])))
    assert generated.in_words(generated.NAME, item.revision.body) in page
    assert decide(signed_in(ada), proposed, outcome="approve").status_code == 302
    assert Grade.objects.filter(item=item).order_by("pk").last().fraction == 1
    assert browser.get(reverse("teach:correction", args=[proposed.key])).status_code == 200


def test_of_several_revisions_those_made_from_the_same_are_chosen(browser):
    """The second is made from other options, the third as the first was, the fourth is no such."""
    slug = made("precedence")
    question = Document.objects.get(slug=slug, kind="question")
    asked = question.revisions.get()
    others, single = {"options": {"guests": 6}}, {"kind": "single"}
    for number, body, facts in ((2, others, {}), (3, {}, {}), (4, {}, single)):
        one = RevisionFactory(
            document=question,
            number=number,
            facts=asked.facts | facts,
            body=asked.body | body,
        )
        ItemFactory(document=question, revision=one)
    page = browser.get(f"{form_of(slug)}?revision=1")
    assert page.context["form"].fields["revisions"].initial == ["3", "1"]


def test_what_was_asked_by_a_generator_that_is_gone_stays_readable(
    browser, enrolment, attempt, monkeypatch
):
    slug = made("precedence")
    kept = {name: one for name, one in catalogue.GENERATORS.items() if name != "precedence"}
    monkeypatch.setattr(generated, "GENERATORS", kept)
    cohort, quiz = enrolment.cohort, course_of(enrolment.cohort.edition).modules[0].quiz
    here = [cohort.key, quiz.slug]
    monkeypatch.setattr(lines, "KEPT", Kept(99))
    title = "Made by precedence, which is no more"
    assert title in words(browser.get(reverse("teach:quiz_statistics", args=here)))
    key = Document.objects.get(slug=slug, kind="question").key
    page = words(browser.get(reverse("teach:question_statistics", args=[*here, key, 1])))
    assert title in page
    assert title in words(browser.get(form_of(slug)))
    assert browser.post(form_of(slug), filled(form="everybody", step="propose")).status_code == 302


def test_the_list_of_corrections_names_each_question(browser, attempt):
    for slug in (made("precedence"), "kind-cloze"):
        browser.post(form_of(slug), filled(form="everybody", step="propose"))
    page = words(browser.get(reverse("teach:corrections")))
    assert "Order of precedence of heads of mission" in page
    assert "____" in page
    assert "{{" not in page
