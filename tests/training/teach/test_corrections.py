"""The pages on which a question is called wrong, counted, decided and undone."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.documents.models import Document
from tests.factories import NOON
from tests.marking import every_sentence_marked
from tests.training.flows.correcting import Wrong, approved, sit, someone
from tests.training.teach.conftest import HOSTILE
from training.grading.models import Correction, Decision, Grade

ASK = {"option": "ask"}
ALSO = {"form": "also", "options": ["ask"]}
REASON = "Article 9 leaves the choice open."


@pytest.fixture
def attempt(enrolment):
    return sit(enrolment, NOON, {"consent-3": ASK, "consent-2": ASK})


@pytest.fixture
def wrong(attempt):
    return Wrong("consent-3")


def form_of(slug):
    return reverse("teach:correct", args=[Document.objects.get(slug=slug, kind="question").key])


def filled(**more):
    return {
        "key": str(uuid.uuid4()),
        "form": "also",
        "options": ["ask"],
        "policy": "never-lower",
        "revisions": ["1"],
        "reason": REASON,
        **more,
    }


def words(answer):
    return " ".join(answer.content.decode().split())


def page_of(correction):
    return reverse("teach:correction", args=[correction.key])


def decide(browser, correction, **sent):
    page = browser.get(page_of(correction))
    fields = {"digest": page.context["page"].shown.digest, **sent}
    return browser.post(reverse("teach:decide", args=[correction.key]), fields)


def test_an_attempt_leads_to_the_form_of_each_of_its_questions(signed_in, ines, attempt):
    page = words(signed_in(ines).get(reverse("teach:attempt", args=[attempt.key])))
    assert f'{form_of("consent-3")}?revision=1"' in page


def test_from_the_form_to_the_effect_and_back(signed_in, ines, ada, attempt, wrong):
    browser = signed_in(ines)
    sent = filled()
    preview = browser.post(form_of("consent-3"), {**sent, "step": "preview"})
    assert "1 of 1 attempt changes." in words(preview)
    assert "1 up, 0 down; 1 from fail to pass, 0 from pass to fail." in words(preview)
    assert "Capt Thea Trainee" in words(preview)
    assert not Correction.objects.exists()
    browser.post(form_of("consent-3"), {**sent, "step": "propose"})
    one = Correction.objects.get()
    assert not Grade.objects.filter(source="correction").exists()
    assert "Withdraw the proposal" in words(browser.get(page_of(one)))
    assert decide(signed_in(ada), one, outcome="approve").status_code == 302
    done = words(browser.get(page_of(one)))
    assert "1 up, 0 down" in done and "Applied" in done
    shown = words(browser.get(reverse("teach:attempt", args=[attempt.key])))
    assert "Earlier grade" in shown and "0 of 1 points, automatic" in shown
    undo = reverse("teach:undo", args=[one.key])
    assert "0 up, 1 down" in words(browser.get(undo))
    browser.post(undo, {"key": str(uuid.uuid4()), "reason": "It was right."})
    assert decide(signed_in(ada), Correction.objects.first(), outcome="approve").status_code == 302
    assert "Undone" in words(browser.get(page_of(one)))


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"form": ""}, "Choose what is to be done."),
        ({"options": []}, "Choose an option."),
        ({"options": ["recall"]}, "This is the key already. Nothing would change."),
        ({"reason": ""}, "Write the reason."),
        ({"revisions": []}, "Choose at least one revision."),
        ({"policy": "lower-all"}, "lower-all"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    signed_in, ines, attempt, left_out, said
):
    answer = signed_in(ines).post(form_of("consent-3"), filled(**left_out))
    assert answer.status_code == 422
    assert said in words(answer)
    assert (REASON in words(answer)) == ("reason" not in left_out)
    assert not Correction.objects.exists()


def test_the_preview_gives_the_form_back_as_it_was_filled_in(signed_in, ines, attempt):
    answer = signed_in(ines).post(form_of("consent-3"), filled(step="change"))
    assert answer.status_code == 200
    assert REASON in words(answer)
    assert answer.context["form"]["options"].value() == ["ask"]


KINDS = {
    "multiple": {"options": ["refuse"], "form": "key"},
    "true_false": {"options": ["true"], "form": "key"},
    "ordering": {"place-ask": "2", "place-receive": "1", "place-send": "3", "form": "also"},
    "matching": {"pair-a4": "bag", "form": "also"},
    "numeric": {"low": "1,960", "high": "1961", "form": "also"},
    "short": {"accepted": "consent | approval", "form": "also"},
    "cloze": {"blank-b1": "receiving", "form": "key"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_can_be_corrected(signed_in, ines, ada, attempt, kind):
    slug = f"kind-{kind.replace('_', '-')}"
    browser = signed_in(ines)
    page = browser.get(form_of(slug))
    assert page.status_code == 200
    sent = {**filled(options=[]), **KINDS[kind], "step": "propose"}
    assert browser.post(form_of(slug), sent).status_code == 302
    one = Correction.objects.get()
    assert one.form == KINDS[kind]["form"]
    assert browser.get(page_of(one)).context["page"].changes


def test_everybody_can_be_credited_whatever_the_policy_says(signed_in, ines, attempt):
    sent = filled(form="everybody", options=[], policy="both-ways", step="propose")
    signed_in(ines).post(form_of("consent-3"), sent)
    assert Correction.objects.get().policy == "credit-all"


def test_a_page_that_is_out_of_date_shows_fresh_counts_and_keeps_the_reason(
    signed_in, cohort, ines, ada, wrong
):
    one = wrong.proposed(ALSO, ines, NOON)
    browser = signed_in(ada)
    old = browser.get(page_of(one)).context["page"].shown.digest
    sit(someone(cohort, "lena", NOON), NOON, {"consent-3": ASK})
    url = reverse("teach:decide", args=[one.key])
    answer = browser.post(url, {"digest": old, "outcome": "approve", "reason": "Agreed."})
    assert answer.status_code == 409
    assert "2 of 2 attempts change." in words(answer)
    assert "Agreed." in words(answer)
    assert not Decision.objects.exists()
    fresh = answer.context["page"].shown.digest
    assert browser.post(url, {"digest": fresh, "outcome": "approve"}).status_code == 302


def test_a_decision_after_the_decision_is_told_how_it_stands(signed_in, ines, ada, aude, wrong):
    one = wrong.proposed(ALSO, ines, NOON)
    approved(one, aude, NOON)
    answer = decide(signed_in(ada), one, outcome="reject", reason="No.")
    assert answer.status_code == 409
    assert "Somebody has decided before." in words(answer)
    assert Decision.objects.get().decider_key == aude.key


def test_a_rejection_needs_its_reason(signed_in, ines, ada, wrong):
    one = wrong.proposed(ALSO, ines, NOON)
    assert decide(signed_in(ada), one, outcome="reject").status_code == 422
    assert decide(signed_in(ada), one, outcome="reject", reason="It is right.").status_code == 302
    assert "It is right." in words(signed_in(ines).get(page_of(one)))


def test_who_proposed_cannot_approve_nor_may_another_instructor(signed_in, ines, otto, ada, wrong):
    one = wrong.proposed(ALSO, ada, NOON)
    for who in (ada, ines, otto):
        assert decide(signed_in(who), one, outcome="approve").status_code == 403
        assert "Approve and apply" not in words(signed_in(who).get(page_of(one)))
    assert not Decision.objects.exists()


def test_names_are_open_for_ones_own_cohorts_only(
    signed_in, cohort, other_cohort, ines, otto, ada, aude, wrong
):
    sit(someone(other_cohort, "olga", NOON), NOON, {"consent-3": ASK})
    one = wrong.proposed(ALSO, ines, NOON)
    seen = {}
    for who in (ines, otto, ada, aude):
        shown = signed_in(who).get(page_of(one)).context["page"].shown
        seen[who.username] = ([row.name for row in shown.rows], shown.unnamed)
    assert seen == {
        "ines": (["Capt Thea Trainee"], 1),
        "otto": (["Olga"], 1),
        "ada": (["Olga", "Capt Thea Trainee"], 0),
        "aude": ([], 2),
    }


def test_the_text_of_the_course_is_named_as_unchanged(signed_in, ines, aude, wrong):
    one = wrong.proposed(ALSO, ines, NOON)
    document = reverse("author:document", args=[wrong.document.key])
    assert "The text of the course stays as it is." in words(signed_in(ines).get(page_of(one)))
    assert document not in words(signed_in(ines).get(page_of(one)))
    assert document in words(signed_in(aude).get(page_of(one)))


def test_what_people_write_is_text_and_never_html(signed_in, ines, ada, hostile, attempt):
    sit(hostile, NOON, {"consent-3": ASK})
    browser = signed_in(ines)
    sent = filled(reason=HOSTILE)
    for step in ("preview", "change", "propose"):
        answer = browser.post(form_of("consent-3"), {**sent, "step": step}, follow=True)
        assert "<script>alert" not in answer.content.decode()
        assert "<img src=x" not in answer.content.decode()


def many(cohort, wrong, ines, ada, count):
    """So many trainees with a wrong answer, and so many corrections, the last one waiting."""
    for number in range(count - 1):
        sit(someone(cohort, f"p{number}", NOON), NOON, {"consent-3": ASK})
    at = NOON + timedelta(days=1)
    done = wrong.corrected(ALSO, ines, ada, at)
    for number in range(count):
        Correction.objects.create(
            document=wrong.document,
            form="everybody",
            amendment={"form": "everybody"},
            policy="credit-all",
            reason="x",
            proposer_key=ines.key,
            proposer_name="Ines",
            proposed_at=at + timedelta(minutes=number),
        )
    waiting = wrong.proposed({"form": "everybody"}, ines, at)
    return done, waiting


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_for_one_and_for_thirty(
    signed_in, cohort, ines, ada, wrong, queries, count
):
    done, waiting = many(cohort, wrong, ines, ada, count)
    browser = signed_in(ada)
    found = {
        "corrections": queries(browser, reverse("teach:corrections")),
        "waiting": queries(browser, page_of(waiting)),
        "applied": queries(browser, page_of(done)),
        "undo": queries(browser, reverse("teach:undo", args=[done.key])),
        "form": queries(browser, form_of("consent-3")),
    }
    assert found == {"corrections": 4, "waiting": 8, "applied": 8, "undo": 7, "form": 4}


def test_fifty_names_stand_on_a_page(signed_in, cohort, ines, wrong):
    for number in range(52):
        sit(someone(cohort, f"p{number:02}", NOON), NOON, {"consent-3": ASK})
    one = wrong.proposed(ALSO, ines, timezone.now())
    browser = signed_in(ines)
    assert len(browser.get(page_of(one)).context["page"].shown.rows) == 50
    assert len(browser.get(page_of(one) + "?page=2").context["page"].shown.rows) == 3
    second = browser.post(form_of("consent-3"), filled(step="preview", page="2"))
    assert len(second.context["shown"].rows) == 3


def test_why_a_key_is_refused_is_said_in_the_language_of_the_reader(signed_in, ines, attempt):
    with every_sentence_marked():
        answer = signed_in(ines).post(form_of("consent-3"), filled(options=["recall"]))
    said = "⟦⟦This is the key already. Nothing would change.⟧ (Revision 1.)⟧"
    assert said in words(answer)
