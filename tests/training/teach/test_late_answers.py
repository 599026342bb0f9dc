"""The page on which an instructor decides which answers of an attempt count."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.questions import registry
from tests.factories import NOON
from tests.factories.training import StaffingFactory
from tests.marking import every_sentence_marked, untranslated
from tests.training.flows.correcting import sit
from tests.training.flows.late import HOUR, REASON, count, too_late
from training.attempts.models import DecidedAnswer, LateDecision
from training.flows.loading_answers import Brought, load
from training.grading.models import Grade

ALL_BLANK = {f"consent-{n}": None for n in range(1, 7)}


@pytest.fixture
def attempt(enrolment):
    return sit(enrolment, NOON, ALL_BLANK)


@pytest.fixture
def item(attempt):
    return attempt.items.filter(kind="single").order_by("position").first()


@pytest.fixture
def late(attempt, item):
    return too_late(attempt, item.position, registry.key(item.kind, item.body))


def page_of(attempt):
    return reverse("teach:attempt", args=[attempt.key])


def decide(browser, attempt, **fields):
    form = browser.get(page_of(attempt)).context["form"]
    sent = {name: str(form.initial[name]) for name in ("sent", "seen")}
    sent |= {"how": "chosen", "reason": REASON}
    return browser.post(reverse("teach:count_late", args=[attempt.key]), sent | fields)


def words(page):
    return " ".join(re.sub("<[^>]+>", " ", page.content.decode()).split())


def test_nothing_is_shown_where_nothing_came_late(signed_in, ines, attempt):
    assert "Answers that came late" not in words(signed_in(ines).get(page_of(attempt)))


def test_the_late_answer_stands_beside_what_was_graded_with_what_is_known(
    signed_in, ines, attempt, late
):
    shown = words(signed_in(ines).get(page_of(attempt)))
    assert "In time: No answer Counts now 0 of 1 points" in shown
    assert "Late: Recall the attaché or end their functions." in shown
    assert "after the hand-in." in shown
    assert f"The save was sent with the key {late.key}." in shown
    assert "the trainee could see on the result page what is right" in shown


def test_of_a_loaded_file_the_page_says_that_nobody_signed_it(signed_in, ines, attempt, item):
    brought = [Brought(item.position, {"option": "recall"}, NOON)]
    load(
        type(attempt).objects.all(), attempt.key, brought,
        digest="d" * 64, reason="No line.", at=NOON + HOUR, by=ines,
    )  # fmt: skip
    shown = words(signed_in(ines).get(page_of(attempt)))
    assert "From a file that Maj Ines Instructor loaded" in shown
    assert "By the device’s own clock it was made" in shown
    assert "The file is not signed" in shown and "d" * 64 in shown


def test_a_choice_with_a_reason_counts_and_the_trainee_reads_it(
    signed_in, ines, thea, attempt, item, late
):
    browser = signed_in(ines)
    answer = decide(browser, attempt, **{f"q{item.position}": str(late.key)})
    assert answer.status_code == 302
    shown = words(browser.get(page_of(attempt)))
    assert "Late or out of turn, counted by a decision" in shown
    assert f"the late answer counts: {item.position}. Reason: {REASON}" in shown
    own = signed_in(thea)
    assert "which of your late answers count" in words(own.get(reverse("learn:today")))
    result = words(own.get(reverse("learn:result", args=[attempt.key])))
    assert f"your late answer counts in question {item.position}. {REASON}" in result


def test_all_at_once_and_all_back(signed_in, ines, attempt, late):
    browser = signed_in(ines)
    decide(browser, attempt, how="newest")
    assert Grade.objects.filter(source="decision", fraction=1).count() == 1
    decide(browser, attempt, how="in-time")
    assert Grade.objects.filter(source="decision").count() == 2
    again = browser.post(
        reverse("teach:count_late", args=[attempt.key]),
        {"sent": str(uuid.uuid4()), "how": "in-time", "reason": REASON},
        follow=True,
    )
    assert "Nothing was changed: what you chose counts already." in words(again)


@pytest.mark.parametrize("how", ["chosen", "newest", "in-time"])
def test_a_page_that_is_older_than_a_decision_or_an_answer_changes_nothing(
    signed_in, ines, otto, cohort, attempt, item, late, how
):
    StaffingFactory(cohort=cohort, person=otto)
    browser, other = signed_in(ines), attempt.items.exclude(pk=item.pk).first()
    seen = browser.get(page_of(attempt)).context["form"].initial["seen"]
    count(attempt, otto, {item.position: late})
    second = too_late(attempt, other.position, {"option": "ask"})
    for old in (seen, "1/1", ""):
        answer = decide(browser, attempt, seen=old, how=how, **{f"q{item.position}": "in-time"})
        assert answer.status_code == 409
        assert "Nothing was changed: look at what counts now." in words(answer)
        assert f'value="{REASON}"' in answer.content.decode()
        assert re.search(rf'value="{late.key}"[^>]* checked', answer.content.decode())
    assert LateDecision.objects.count() == 1
    form = answer.context["form"]
    again = {"sent": form.data["sent"], "seen": form.data["seen"], "how": "newest"}
    url = reverse("teach:count_late", args=[attempt.key])
    assert browser.post(url, again | {"reason": REASON}).status_code == 302
    assert DecidedAnswer.objects.filter(response=second).exists()


@pytest.mark.parametrize(
    ("left_out", "said"),
    [({"reason": ""}, "Write the reason. Nothing was decided."), ({"how": "forged"}, "forged")],
)
def test_without_a_reason_nothing_is_decided_and_the_choice_is_kept(
    signed_in, ines, attempt, item, late, left_out, said
):
    answer = decide(signed_in(ines), attempt, **{f"q{item.position}": str(late.key)} | left_out)
    assert answer.status_code == 400
    assert said in words(answer)
    assert re.search(rf'value="{late.key}"[^>]* checked', answer.content.decode())
    assert not LateDecision.objects.exists()


def test_nobody_decides_on_their_own_attempt(signed_in, thea, cohort, attempt, late):
    StaffingFactory(cohort=cohort, person=thea)
    browser = signed_in(thea)
    assert "This attempt is your own" in words(browser.get(page_of(attempt)))
    answer = browser.post(
        reverse("teach:count_late", args=[attempt.key]),
        {"sent": str(uuid.uuid4()), "how": "newest", "reason": "Mine."},
    )
    assert answer.status_code == 404
    assert not LateDecision.objects.exists()


def test_nothing_is_decided_while_the_attempt_runs_and_it_says_so(signed_in, ines, enrolment):
    running = sit(enrolment, timezone.now(), ALL_BLANK, handed_in=False)
    answer = signed_in(ines).post(
        reverse("teach:count_late", args=[running.key]),
        {"sent": str(uuid.uuid4()), "how": "newest", "reason": REASON},
        follow=True,
    )
    assert "Nothing was changed: the attempt is still open." in words(answer)


def test_the_page_costs_the_same_for_any_number_of_late_answers(
    signed_in, ines, attempt, late, queries
):
    browser = signed_in(ines)
    count(attempt, ines, {late.item.position: late})
    one = queries(browser, page_of(attempt))
    for item in attempt.items.all():
        for _again in range(3):
            too_late(attempt, item.position, {})
    assert queries(browser, page_of(attempt)) == one


def test_every_sentence_of_it_can_be_translated(signed_in, ines, thea, attempt, item, late):
    count(attempt, ines, {item.position: late})
    with every_sentence_marked():
        page = signed_in(ines).get(page_of(attempt))
        assert [one for one in untranslated(page) if "late" in one or "counts" in one] == []
