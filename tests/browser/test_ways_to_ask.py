"""Cases and judgements, before and after release, in both widths and both colour schemes."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from curriculum.courses.shelf import course_of
from tests.browser.conftest import NARROW, WIDE
from tests.tiny_course import publish_tiny_course, put_case, tiny_files
from training.attempts.models import Attempt
from training.flows.starting_a_quiz import start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SET = ["consent-1", "kind-judgement"]


@pytest.fixture
def edition(transactional_db):
    """The quiz of module 1 asks its whole bank, and two of its questions share a case."""
    files = tiny_files()
    put_case(files, "call", SET)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 6}", "{count: 14}\nwork: 20\nexposure: 0.5")
    return publish_tiny_course(files=files)


@pytest.fixture
def attempt(enrolment, thea):
    module = course_of(enrolment.cohort.edition).modules[0]
    return start(enrolment, module, at=datetime.now(UTC), by=thea, seed=3)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_case_with_a_judgement_is_sound_from_the_question_to_the_marker(
    open_page, sound, attempt, thea, ines, width
):
    position = attempt.items.get(kind="judgement").position
    url = reverse("learn:question", args=[attempt.key, position])
    page = open_page(url, thea, width=width)
    page.get_by_role("region", name="Case: Call").wait_for()
    sound(page)
    assert "of the panel" not in page.content()
    page.get_by_role("radio", name="Hand over the public calendar.").check()
    page.get_by_role("button", name="Save and review all").click()
    page.get_by_role("button", name="Hand in").click()
    table = page.get_by_role("table", name="What the panel chose (n = 7 experts)")
    table.get_by_text("2 of 7 (29 %)").wait_for()
    assert page.get_by_role("region", name="Case: Call").count() == 1
    sound(page)
    assert Attempt.objects.get(pk=attempt.pk).handed_in_at is not None
    marked = reverse("teach:attempt", args=[attempt.key])
    page = open_page(marked, ines, width=width)
    page.get_by_text("5 of 7 of the panel").wait_for()
    assert page.get_by_role("region", name="Case: Call").count() == 1
    sound(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_the_author_sees_of_them_is_sound(open_page, sound, edition, aude, width):
    course = course_of(edition)
    paths = [reverse("author:course", args=["tiny"])]
    for one in (course.cases["call"], course.questions["kind-judgement"], course.modules[0].quiz):
        paths.append(reverse("author:document", args=[one.key]))
    paths.append(reverse("author:preview", args=[course.questions["kind-judgement"].key]))
    for path in paths:
        page = open_page(path, aude, width=width)
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        sound(page)
