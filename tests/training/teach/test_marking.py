"""The marking desk: the queue, one answer after the other, without names and without scripts."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories import NOON
from tests.factories.training import PersonFactory, StaffingFactory
from tests.training.teach.conftest import HOSTILE
from tests.written_course import HALF, publish_written_course, sit
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows.enrolling import enrol
from training.marking.actions import HELD_FOR, Given, add_mark
from training.marking.models import Draft, Mark, Sheet, Unveiling
from training.progress.models import Score

FILLED = {"c-rule": "2", "c-reason": "2", "comment": "", "note": ""}


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOON + timedelta(hours=5), tick=False) as traveller:
        yield traveller


@pytest.fixture
def edition(db):
    return publish_written_course(second="100%", written=1)


@pytest.fixture
def olga(cohort):
    """Another who teaches Ines's cohort."""
    olga = PersonFactory(username="olga", name="Olga Other", rank="Lt Col")
    StaffingFactory(cohort=cohort, person=olga)
    return olga


@pytest.fixture
def papers(enrolment, cohort):
    """Three answers to one question, oldest first."""
    others = [PersonFactory(username=name, name=name.title()) for name in ("tim", "tove")]
    places = [enrolment, *(enrol(cohort, one, at=NOON, by=SITE) for one in others)]
    for number, place in enumerate(places):
        sit(place, NOON + timedelta(minutes=number), seed=number)
    kept = Sheet.objects.first().document
    return list(Sheet.objects.filter(document=kept).order_by("pk"))


def page_of(sheet, name="mark"):
    return reverse(f"teach:{name}", args=[sheet.key])


def desk_of(sheet, name="marking_question"):
    return reverse(f"teach:{name}", args=[sheet.cohort.key, sheet.document.key])


def fresh(sheet):
    return Sheet.objects.get(pk=sheet.pk)


def test_the_first_page_leads_to_a_queue_by_question(signed_in, ines, olga, papers):
    browser = signed_in(ines)
    assert reverse("teach:marking") in browser.get(reverse("teach:home")).content.decode()
    page = browser.get(reverse("teach:marking")).content.decode()
    for sheet in papers:
        assert desk_of(sheet) in page
        assert sheet.item.attempt.enrolment.trainee.name not in page
    rows = browser.get(reverse("teach:marking")).context["page"].object_list
    assert sum(one["first"] for one in rows) == sum(one["mine"] for one in rows) == 3
    assert min(one["since"] for one in rows) == papers[0].handed_in_at


def test_one_answer_after_the_other_is_marked_without_names_or_scripts(signed_in, ines, papers):
    browser = signed_in(ines)
    told = browser.post(desk_of(papers[0], "marking_next"), follow=True)
    for sheet in papers:
        page = told.content.decode()
        assert sheet.code in page and told.request["PATH_INFO"] == page_of(sheet)
        assert "Consent stays free." in page and "Names the rule" in page
        assert sheet.item.attempt.enrolment.trainee.name not in page
        told = browser.post(page_of(sheet), FILLED, follow=True)
        assert f"{sheet.code}: 4 of 4 points saved." in told.content.decode()
    assert told.request["PATH_INFO"] == desk_of(papers[0])
    page = told.content.decode()
    assert "Every answer is marked, so the names are shown." in page
    assert "Thea Trainee" in page and "Tove" in page


def test_a_level_that_is_missing_is_told_and_nothing_that_was_filled_in_is_lost(
    signed_in, ines, papers
):
    browser = signed_in(ines)
    browser.post(page_of(papers[0]), {"step": "take"})
    sent = {"c-rule": "1", "comment": "Think of article 9.", "note": "unsure"}
    told = browser.post(page_of(papers[0]), sent)
    assert told.status_code == 400
    assert "Choose a level for: Gives a reason for it." in told.content.decode()
    assert not Mark.objects.exists()
    again = browser.get(page_of(papers[0])).content.decode()
    assert "Think of article 9." in again and "unsure" in again
    assert 'value="1" id="id_c-rule_1" checked' in again.replace(" required", "")


def test_the_script_keeps_a_draft_and_holds_the_answer_longer(signed_in, ines, papers, clock):
    browser = signed_in(ines)
    browser.post(page_of(papers[0]), {"step": "take"})
    until = fresh(papers[0]).held_until
    clock.shift(timedelta(minutes=10))
    told = browser.post(
        page_of(papers[0]),
        {"step": "draft", "c-rule": "2", "comment": "Half a"},
        headers={"accept": "application/json"},
    )
    assert told.status_code == 204
    assert Draft.objects.get().given == {"rule": 2}
    assert fresh(papers[0]).held_until == until + timedelta(minutes=10)


def test_whoever_comes_second_is_told_and_keeps_what_was_filled_in(
    signed_in, ines, olga, papers, clock
):
    first, second = signed_in(ines), signed_in(olga)
    first.post(page_of(papers[0]), {"step": "take"})
    page = second.get(page_of(papers[0])).content.decode()
    assert f"{ines.shown_name} reads this answer now." in page
    second.post(page_of(papers[0]), {"step": "take"})
    assert fresh(papers[0]).holder == ines
    clock.shift(HELD_FOR + timedelta(minutes=1))
    second.post(page_of(papers[0]), {"step": "take"})
    told = first.post(page_of(papers[0]), FILLED | {"comment": "Mine"})
    assert told.status_code == 409
    assert "Somebody else reads this answer now" in told.content.decode()
    assert Draft.objects.get(person=ines).comment == "Mine"
    assert second.post(page_of(papers[0]), FILLED).status_code == 302
    told = first.post(page_of(papers[0]), FILLED | {"comment": "Mine again"})
    assert Mark.objects.filter(sheet=papers[0]).count() == 2  # she becomes its second marker
    assert told.status_code == 302


def test_an_answer_that_was_given_back_waits_for_others(signed_in, ines, olga, papers):
    browser = signed_in(ines)
    browser.post(page_of(papers[0]), {"step": "take"})
    browser.post(page_of(papers[0]), {"step": "leave", "c-rule": "1"})
    assert fresh(papers[0]).holder is None
    assert Draft.objects.get().given == {"rule": 1}
    told = signed_in(olga).post(desk_of(papers[0], "marking_next"))
    assert told.url == page_of(papers[0])


def test_the_second_marker_does_not_see_the_first_mark(signed_in, ines, olga, papers):
    signed_in(ines).post(page_of(papers[0]), {"step": "take"})
    signed_in(ines).post(page_of(papers[0]), FILLED | {"note": "FIRSTNOTE", "comment": "FIRSTWORD"})
    browser = signed_in(olga)
    browser.post(page_of(papers[0]), {"step": "take"})
    for url in (page_of(papers[0]), desk_of(papers[0]), reverse("teach:marking")):
        page = browser.get(url).content.decode()
        assert "FIRSTNOTE" not in page and "FIRSTWORD" not in page
        # She holds the paper after it by now.
        assert ines.shown_name not in page.replace(f"held by {ines.shown_name}", "")
        assert "4 of 4" not in page and " checked" not in page
    assert "Second mark" in browser.get(page_of(papers[0])).content.decode()
    # Nor does the first marker see a form for it.
    assert "data-marking" not in signed_in(ines).get(page_of(papers[0])).content.decode()


def test_a_disagreement_is_listed_and_settled_by_a_named_person(signed_in, ines, olga, papers):
    for person, reason in ((ines, "2"), (olga, "0")):
        signed_in(person).post(page_of(papers[0]), {"step": "take"})
        signed_in(person).post(page_of(papers[0]), FILLED | {"c-reason": reason})
    browser = signed_in(olga)
    assert page_of(papers[0], "settle") in browser.get(desk_of(papers[0])).content.decode()
    page = browser.get(page_of(papers[0], "settle")).content.decode()
    assert ines.shown_name in page and "2 of 4" in page and "4 of 4" in page
    told = browser.post(page_of(papers[0], "settle"), FILLED)
    assert told.status_code == 400 and "Write the reason" in told.content.decode()
    assert not Score.objects.exists()
    browser.post(page_of(papers[0], "settle"), FILLED | {"reason": "We talked."})
    assert fresh(papers[0]).in_force.turn == Mark.Turn.AGREED
    assert Score.objects.get().percent == 100
    assert "We talked." in browser.get(page_of(papers[0])).content.decode()


def test_a_mark_is_changed_by_who_gave_it_with_a_reason(signed_in, ines, papers):
    browser = signed_in(ines)
    browser.post(page_of(papers[0]), {"step": "take"})
    browser.post(page_of(papers[0]), FILLED)
    url = page_of(papers[0], "change_mark")
    assert url in browser.get(page_of(papers[0])).content.decode()
    assert browser.post(url, FILLED | {"c-rule": "0"}).status_code == 400
    browser.post(url, FILLED | {"c-rule": "0", "reason": "Misread."})
    assert fresh(papers[0]).in_force.points == 2
    assert Mark.objects.count() == 2


def test_a_name_is_shown_to_who_says_why_and_it_is_written_down(signed_in, ines, olga, papers):
    browser = signed_in(ines)
    assert "Thea" not in browser.get(page_of(papers[0])).content.decode()
    browser.post(page_of(papers[0], "unveil"), {"reason": " "})
    assert not Unveiling.objects.exists()
    browser.post(page_of(papers[0], "unveil"), {"reason": "A plagiarism was reported."})
    browser.post(page_of(papers[0], "unveil"), {"reason": "Twice."})
    assert "Thea Trainee" in browser.get(page_of(papers[0])).content.decode()
    assert "Thea Trainee" not in signed_in(olga).get(page_of(papers[0])).content.decode()
    [entry] = AuditEntry.objects.filter(verb="unveiled")
    assert entry.detail["reason"] == "A plagiarism was reported."


def test_the_record_withholds_an_answer_that_waits(signed_in, ines, papers):
    url = reverse("teach:attempt", args=[papers[0].item.attempt.key])
    page = signed_in(ines).get(url).content.decode()
    assert "Consent stays free." not in page and "Waiting for marking" in page
    signed_in(ines).post(page_of(papers[0]), {"step": "take"})
    signed_in(ines).post(page_of(papers[0]), FILLED)
    page = signed_in(ines).get(url).content.decode()
    assert "Consent stays free." in page
    assert "2 of 2: LEVEL one that holds" in page


def test_strangers_and_the_trainee_find_nothing(signed_in, otto, thea, cohort, ines, papers):
    StaffingFactory(cohort=cohort, person=thea)
    own = next(one for one in papers if one.item.attempt.enrolment.trainee == thea)
    for person, sheet in ((otto, papers[0]), (thea, own)):
        browser = signed_in(person)
        for name in ("mark", "settle", "change_mark", "unveil"):
            method = browser.post if name == "unveil" else browser.get
            assert method(page_of(sheet, name)).status_code == 404
    assert signed_in(otto).get(desk_of(papers[0])).status_code == 404
    assert not signed_in(otto).get(reverse("teach:marking")).context["page"].object_list


def test_nothing_that_was_written_becomes_markup(signed_in, ines, enrolment):
    sit(enrolment, NOON, text=HOSTILE, seed=0)
    [sheet] = Sheet.objects.all()
    browser = signed_in(ines)
    browser.post(page_of(sheet), {"step": "take"})
    pages = [browser.get(page_of(sheet))]
    browser.post(page_of(sheet), FILLED | {"comment": HOSTILE, "note": HOSTILE})
    pages += [browser.get(page_of(sheet)), browser.get(page_of(sheet, "change_mark"))]
    pages += [browser.get(reverse("teach:attempt", args=[sheet.item.attempt.key]))]
    trainee = signed_in(enrolment.trainee)
    pages += [trainee.get(reverse("learn:result", args=[sheet.item.attempt.key]))]
    for page in pages:
        text = page.content.decode()
        assert "alert(&#x27;x&#x27;)" in text
        assert "<script>alert" not in text and "<img src=x" not in text


@pytest.mark.parametrize("name", ["marking", "marking_question", "mark"])
def test_a_page_costs_the_same_at_one_answer_and_at_thirty(
    signed_in, ines, olga, enrolment, cohort, queries, name
):
    def url():
        sheet = Sheet.objects.order_by("pk").first()
        return (
            reverse("teach:marking")
            if name == "marking"
            else (page_of(sheet) if name == "mark" else desk_of(sheet))
        )

    sit(enrolment, NOON, seed=0)
    browser = signed_in(ines)
    one = queries(browser, url())
    for number in range(29):
        person = PersonFactory(username=f"p{number}")
        sit(enrol(cohort, person, at=NOON, by=SITE), NOON, seed=0)
    assert Sheet.objects.count() == 30
    assert queries(browser, url()) == one <= 14


def test_agreement_says_too_few_until_there_are_thirty(signed_in, ines, olga, papers):
    browser = signed_in(ines)
    url = desk_of(papers[0])
    assert "No answer was marked by two people yet." in browser.get(url).content.decode()
    for sheet in papers:
        for turn, person in (("first", ines), ("second", olga)):
            add_mark(sheet, turn, Given(HALF), at=NOON, by=person)
    n = len(papers)
    assert f"Too few to judge (n = {n})." in browser.get(url).content.decode()
