"""An attempt re-displays exactly as it was taken, whatever becomes of its questions (F19, F20)."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from curriculum.courses.shelf import course_of
from curriculum.quizzes.release import PRESETS, Preset
from tests.factories import NOON
from tests.factories.training import CohortFactory
from tests.tiny_course import publish_tiny_course, put, put_case, tiny_files
from tests.training.flows.correcting import sit
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt, Item
from training.attempts.rules import Window
from training.audit.actions import SITE
from training.flows import setting_terms
from training.flows.enrolling import enrol
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start
from training.progress.actions import rebuild
from training.terms.actions import Wanted

MINUTE = timedelta(minutes=1)

FROZEN = ("rules", "accommodation", "terms", "edition", "started_at", "due_at", "handed_in_at")
# What tells of a change, beside what was taken; and what is new in every answer.
TOLD = re.compile(
    r'<p><a href="[^"]*/changed/#(?:case-of-)?q\d+">.*?</a></p>'
    r'|<input type="hidden" name="csrfmiddlewaretoken"[^>]*>'
    r'|<p id="release-since">.*?</p>\n'
    r'|<section aria-labelledby="then">.*?</section>\n',
    re.DOTALL,
)
QUIZ = "tiny/01-first/quiz-first.quiz.md"


def files_of_then():
    files = tiny_files()
    files[QUIZ] = files[QUIZ].replace("count: 6", "count: 14")
    put_case(files, "wire", ["consent-1", "consent-2"])
    return files


def edited(files):
    """Every question with another text and another key, every lesson and the quiz changed."""
    changed = {}
    for path, old in files.items():
        text = old
        if "/questions/" in path:
            text = text.replace("- [x]", "- [~]").replace("- [ ]", "- [x]", 1)
            text = text.replace("- [~]", "- [ ]").replace("FEEDBACK", "ANOTHER REASON")
            text = text.replace("Kestria", "Nordland").replace("State", "Realm")
        changed[path] = text.replace("A third paragraph.", "Another third paragraph.").replace(
            "pass: 70", "pass: 90"
        )
    return changed


def without_questions(files):
    """The course without any question that the attempt asked: the quiz asks new ones."""
    return {
        path: text
        for path, text in files.items()
        if not re.search(r"questions/(consent|refusal)-\d|questions/kind-|cases/", path)
    }


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=files_of_then())


def pages_of(attempt, browser, names):
    found = [browser.get(reverse(name, args=(attempt.key,))) for name in names]
    assert [one.status_code for one in found] == [200] * len(names)
    return [TOLD.sub("", one.content.decode()) for one in found]


def frozen_rows(attempt):
    return list(
        Item.objects.filter(attempt=attempt)
        .order_by("position")
        .values_list("kind", "body", "order", "points", "objective_text", "lesson_slug")
    ) + list(Attempt.objects.filter(pk=attempt.pk).values_list(*FROZEN))


def test_it_is_shown_byte_for_byte_after_every_question_was_edited_and_taken_out(
    enrolment, ines, thea, unit, signed_in
):
    attempt = sit(enrolment, NOON, {"consent-3": {"option": "ask"}})
    teacher, trainee = signed_in(ines), signed_in(thea)
    before = pages_of(attempt, teacher, ["teach:attempt"])
    result = pages_of(attempt, trainee, ["learn:result"])
    rows = frozen_rows(attempt)

    publish_tiny_course(files=edited(files_of_then()))
    assert pages_of(attempt, teacher, ["teach:attempt"]) == before
    assert pages_of(attempt, trainee, ["learn:result"]) == result

    emptied = without_questions(edited(files_of_then()))
    emptied[QUIZ] = emptied[QUIZ].replace("count: 14", "count: 1")
    text = files_of_then()["tiny/01-first/questions/consent-3.md"]
    put(emptied, "tiny/01-first/questions/fresh.md", text.split("\n", 2)[2])
    newest = publish_tiny_course(files=emptied)
    assert not {"consent-1", "kind-short"} & set(course_of(newest).questions)
    elsewhere = CohortFactory(name="Autumn", edition=newest, unit=unit)
    enrol(elsewhere, thea, at=NOON + timedelta(days=1), by=ines)
    assert pages_of(attempt, teacher, ["teach:attempt"]) == before
    assert pages_of(attempt, trainee, ["learn:result"]) == result
    assert frozen_rows(attempt) == rows
    rebuild(enrolment)
    assert Attempt.objects.get(pk=attempt.pk).score.percent == attempt.score.percent


def test_it_is_shown_byte_for_byte_after_the_window_network_and_release_were_changed(
    enrolment, ines, thea, signed_in
):
    quiz = course_of(enrolment.cohort.edition).modules[0].quiz

    def set_to(window, networks, release, at):
        wanted = Wanted(window, "", networks, PRESETS[release])
        setting_terms.set_terms(enrolment.cohort, quiz, wanted, "exam", at=at, by=SITE)

    set_to(Window(NOON, NOON + 50 * MINUTE), (), Preset.EXAM, NOON)
    attempt = sit(enrolment, NOON)
    teacher, trainee = signed_in(ines), signed_in(thea)
    [before] = pages_of(attempt, teacher, ["teach:attempt"])
    result = pages_of(attempt, trainee, ["learn:result"])
    rows = frozen_rows(attempt)
    assert "12:50" in before
    for networks, release in (
        (("192.0.2.0/24",), Preset.HAND_IN),
        (("198.51.100.0/24",), Preset.BY_HAND),
        ((), Preset.PRACTICE),
    ):
        set_to(Window(NOON, NOON + 55 * MINUTE), networks, release, NOON + 60 * MINUTE)
        assert frozen_rows(attempt) == rows
        assert pages_of(attempt, teacher, ["teach:attempt"]) == [before]
        assert pages_of(attempt, trainee, ["learn:result"]) == result


def test_a_running_attempt_is_finished_and_marked_as_it_was_begun(enrolment, thea, signed_in):
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=NOON, by=thea, seed=3)
    item = attempt.items.get(document__slug="consent-3")
    publish_tiny_course(files=edited(files_of_then()))
    with locked_item(Attempt.objects.of(thea), attempt.key, item.position, uuid.uuid4()) as one:
        record_answer(one, Save({"option": "recall"}, uuid.uuid4(), 1), at=NOON)
    hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    assert item.grades.get().fraction == 1


def test_what_was_changed_since_is_told_beside_each_question(enrolment, ines, thea, signed_in):
    attempt = sit(enrolment, NOON)
    url = reverse("teach:changed", args=(attempt.key,))
    teacher, trainee = signed_in(ines), signed_in(thea)
    assert "Nothing was changed" in teacher.get(url).content.decode()
    files = files_of_then()
    path = "tiny/01-first/questions/consent-3.md"
    files[path] = files[path].replace("Expel one of", "Expel two of")
    files[QUIZ] = files[QUIZ].replace("pass: 70", "pass: 80")
    newest = publish_tiny_course(files=files)
    position = attempt.items.get(document__slug="consent-3").position
    link = f'{url}#q{position}"'
    seen = teacher.get(reverse("teach:attempt", args=(attempt.key,))).content.decode()
    assert seen.count("This question was changed since") == 1
    assert link in seen
    page = teacher.get(url)
    assert [one.position for one in page.context["since"].questions] == [position]
    words = page.content.decode()
    assert "Expel one of Kestria" in words
    assert "Expel two of Kestria" in words
    assert "pass: 80" in words
    assert "tiny/01-first/questions/consent-1.md" not in words
    own = trainee.get(reverse("learn:changed", args=(attempt.key,))).content.decode()
    assert "Expel two of Kestria" in own
    assert (
        reverse("learn:changed", args=(attempt.key,))
        in trainee.get(reverse("learn:result", args=(attempt.key,))).content.decode()
    )
    assert newest.number == 2


def test_a_question_taken_out_of_the_course_is_named(enrolment, ines, signed_in):
    attempt = sit(enrolment, NOON)
    files = files_of_then()
    del files["tiny/01-first/questions/kind-short.md"]
    files[QUIZ] = files[QUIZ].replace("count: 14", "count: 13")
    publish_tiny_course(files=files)
    page = signed_in(ines).get(reverse("teach:changed", args=(attempt.key,)))
    [one] = page.context["since"].questions
    assert (one.retired, one.then, one.now, one.lines) == (True, 1, 1, ())
    assert "Taken out of the course" in page.content.decode()


def test_a_difference_is_not_shown_while_the_quiz_runs(enrolment, thea, signed_in):
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=NOON, by=thea, seed=3)
    answer = signed_in(thea).get(reverse("learn:changed", args=(attempt.key,)))
    assert answer.status_code == 404


def test_lessons_of_an_old_attempt_are_read_as_they_were(enrolment, thea, signed_in):
    attempt = sit(enrolment, NOON)
    browser = signed_in(thea)
    url = reverse("learn:lesson_then", args=(attempt.key, "consent"))
    result = reverse("learn:result", args=(attempt.key,))
    assert "It has not been changed since." in browser.get(url).content.decode()
    assert url not in browser.get(result).content.decode()
    enrolment.cohort.edition = publish_tiny_course(files=edited(files_of_then()))
    enrolment.cohort.save()
    page = browser.get(url).content.decode()
    assert "A third paragraph." in page
    assert "Another third paragraph." not in page
    assert "Read it as it is taught now" in page
    assert url in browser.get(result).content.decode()
    assert browser.get(reverse("learn:lesson_then", args=(attempt.key, "x"))).status_code == 404
