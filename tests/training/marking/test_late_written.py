"""A written answer that came late: it goes to the marking queue, and what was marked stays."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import NOON
from tests.training.flows.late import HOUR, all_agree, count, too_late
from tests.written_course import FULL, HALF, sit
from training.attempts.models import Attempt
from training.flows import marking_an_answer as marking
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start
from training.grading.models import Grade
from training.marking.actions import Given
from training.marking.models import Mark, Sheet
from training.notices.models import Notice
from training.progress.models import Score
from training.statistics import actions as statistics

LATE = {"text": "Consent is free, says article 9, and no reason is owed."}


def give(sheet, points, by, at):
    own = Sheet.objects.taught_by(by)
    return marking.give(own, sheet.key, Given(points), at=at, by=by)


def open_sheets():
    return list(Sheet.objects.waiting().order_by("item__position"))


def mark_all(by):
    for sheet in open_sheets():
        give(sheet, HALF, by, NOON + HOUR)


def written(attempt):
    return attempt.items.filter(kind="written").order_by("position").first()


def test_one_left_blank_in_time_waits_for_its_mark_and_the_score_stands_until_then(
    enrolment, ines, noon
):
    from curriculum.courses.shelf import course_of

    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=noon, by=enrolment.trainee)
    hand_in(Attempt.objects.all(), attempt.key, at=noon + timedelta(minutes=1), by=ines)
    statistics.catch_up(at=noon + HOUR)
    attempt.refresh_from_db()
    item = written(attempt)
    count(attempt, ines, {item.position: too_late(attempt, item.position, LATE)})
    assert Score.objects.get().points == 0
    all_agree()
    [sheet] = open_sheets()
    give(sheet, FULL, ines, noon + 3 * HOUR)
    assert item.grades.latest("pk").fraction == 1
    assert Score.objects.get().points > 0
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == {"late-decided", "mark-changed"}
    all_agree()


def test_one_marked_in_time_keeps_its_mark_and_gets_it_back(enrolment, ines, noon):
    attempt = sit(enrolment, noon)
    mark_all(ines)
    item = written(attempt)
    before = Score.objects.get().points
    late = too_late(attempt, item.position, LATE)
    count(attempt, ines, {item.position: late})
    assert Score.objects.get().points == before
    [sheet] = open_sheets()
    give(sheet, FULL, ines, noon + 3 * HOUR)
    assert Score.objects.get().points > before
    count(attempt, ines, {item.position: None}, at=noon + 4 * HOUR)
    assert Score.objects.get().points == before
    assert open_sheets() == []
    count(attempt, ines, {item.position: late}, at=noon + 5 * HOUR)
    assert Score.objects.get().points > before
    assert Mark.objects.filter(sheet__item=item).count() == 2
    all_agree()


def test_one_that_waits_is_set_aside_and_its_open_page_marks_nothing(enrolment, ines, noon):
    attempt = sit(enrolment, noon)
    item = written(attempt)
    earlier = Sheet.objects.get(item=item)
    count(attempt, ines, {item.position: too_late(attempt, item.position, LATE)})
    assert earlier not in open_sheets()
    with pytest.raises(Sheet.DoesNotExist):
        give(earlier, FULL, ines, noon + 3 * HOUR)
    with pytest.raises(marking.NotNow):
        marking.give(Sheet.objects.all(), earlier.key, Given(FULL), at=noon + 3 * HOUR, by=ines)
    assert not Grade.objects.filter(item=item).exists()
    mark_all(ines)
    assert Score.objects.exists()
    all_agree()
    count(attempt, ines, {item.position: None}, at=noon + 4 * HOUR)
    assert open_sheets() == [Sheet.objects.get(pk=earlier.pk)]


def test_nobody_reads_it_beside_the_name_before_it_is_marked(enrolment, ines, noon, signed_in):
    attempt = sit(enrolment, noon)
    mark_all(ines)
    item = written(attempt)
    in_time = item.responses.get().answer["text"]
    late, browser = too_late(attempt, item.position, LATE), signed_in(ines)

    def page():
        return browser.get(reverse("teach:attempt", args=[attempt.key])).content.decode()

    assert LATE["text"] not in page() and in_time in page()
    assert "A written answer of 11 words" in page()
    count(attempt, ines, {item.position: late})
    assert LATE["text"] not in page()
    assert "Waits for marking. Until then it is read at the marking desk" in page()
    [sheet] = open_sheets()
    give(sheet, FULL, ines, noon + 3 * HOUR)
    assert LATE["text"] in page() and in_time in page()
    assert "Waits for marking." not in page()


def test_nor_in_a_file_that_is_loaded(enrolment, ines, noon, signed_in):
    attempt = sit(enrolment, noon)
    item = written(attempt)
    entry = {"answer": f"{attempt.key}/{item.position}", "fields": [["answer", LATE["text"]]]}
    raw = json.dumps({"person": str(enrolment.trainee.key), "answers": [entry | {"at": 1}]})
    url, browser = reverse("teach:answers_file", args=[attempt.key]), signed_in(ines)
    shown = browser.post(url, {"file": SimpleUploadedFile("answers.json", raw.encode())})
    [line] = shown.context["lines"]
    assert line.brought.answer == LATE
    assert line.sent == "A written answer of 11 words"
    browser.post(url, {"content": raw, "reason": "The line was down."})
    loaded = browser.get(url)
    assert loaded.context["loaded"][0].answer == "A written answer of 11 words"
    assert LATE["text"] not in loaded.content.decode()
