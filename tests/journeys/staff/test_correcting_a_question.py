"""Journey I-11: a wrong key is corrected, by two people, and undone."""

import pytest
from playwright.sync_api import expect

from curriculum.documents.models import Document
from training.attempts.models import Item
from training.grading.models import Correction, Grade

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Article 9 leaves the choice open."


@pytest.fixture
def failed(school):
    """A quiz attempt with a wrong answer to a question with options."""
    grade = Grade.objects.filter(
        fraction=0,
        item__kind="single",
        item__attempt__purpose="quiz",
        item__attempt__score__passed=False,
    ).first()
    return (
        Item.objects.with_answers()
        .select_related("attempt__enrolment__trainee")
        .get(pk=grade.item_id)
    )


def wrong_option(item):
    """The words of the option that was chosen, or of any wrong one."""
    chosen = (item.answer_now or {}).get("option")
    found = [one for one in item.body["options"] if not one["right"]]
    return next((one["text"] for one in found if one["id"] == chosen), found[0]["text"])


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scripts", [True, False])
def test_ines_proposes_ada_approves_and_the_trainee_is_told(
    open_page, sound, school, failed, width, scripts
):
    def go(path, who):
        return open_page(path, who, width=width, java_script_enabled=scripts)

    def look(page):
        if scripts:
            sound(page)

    page = go(f"/teach/attempts/{failed.attempt.key}/", school["ines"])
    counted = propose(page, failed, look)
    approve_and_look(go("/author/", school["ada"]), counted, look)
    page = go("/learn/", failed.attempt.enrolment.trainee)
    expect(page.get_by_text("your result changed from").first).to_be_visible()
    look(page)
    page.get_by_role("link", name="See the result").last.click()
    expect(page.get_by_text("This question was corrected.").first).to_be_visible()
    expect(page.get_by_text(REASON).first).to_be_visible()
    look(page)


def propose(page, item, look):
    """From the attempt to the proposal; returns the counts of the preview."""
    page.get_by_role("link", name="This question is wrong").nth(item.position - 1).click()
    see = page.get_by_role("button", name="See whose results would change")
    see.click()
    expect(page.get_by_text("Choose what is to be done.").first).to_be_visible()
    look(page)
    page.get_by_label("Credit another option as well").check()
    page.get_by_label(wrong_option(item)).check()
    page.get_by_role("textbox", name="Reason").fill(REASON)
    see.click()
    page.get_by_role("button", name="Change the form").click()
    expect(page.get_by_role("textbox", name="Reason")).to_have_value(REASON)
    see.click()
    expect(page.get_by_role("heading", name="Whose results would change")).to_be_visible()
    look(page)
    counted = page.locator("main ul > li").all_inner_texts()
    assert any("from fail to pass" in sentence for sentence in counted)
    page.get_by_role("button", name="Propose this correction").click()
    expect(page.get_by_text("Proposed. Nothing changes")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    return counted


def approve_and_look(page, counted, look):
    """What was counted before stands on the page before the approval and after it."""
    page.get_by_role("link", name="Corrections of questions").click()
    look(page)
    page.get_by_role("row").nth(1).get_by_role("link").click()
    for said in ("What it would change now", "What it changed"):
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        for sentence in counted:
            expect(page.get_by_role("listitem").filter(has_text=sentence).first).to_be_visible()
        look(page)
        if "now" in said:
            page.get_by_role("button", name="Approve and apply").click()
    expect(page.get_by_text("Applied. Everybody")).to_be_visible()


def test_a_correction_is_undone_with_the_keyboard_alone(open_page, sound, school, failed):
    page = open_page(f"/teach/questions/{failed.document.key}/correct/", school["ada"], width=1280)
    press(page, page.get_by_label("Credit everybody who was asked"), " ")
    page.get_by_role("textbox", name="Reason").focus()
    page.keyboard.type(REASON)
    press(page, page.get_by_role("button", name="See whose results would change"))
    expect(page.get_by_role("heading", name="Whose results would change")).to_be_visible()
    press(page, page.get_by_role("button", name="Propose this correction"))
    expect(page.get_by_text("Proposed. Nothing changes")).to_be_visible()
    one = Correction.objects.get()
    approve(open_page, school, one)
    lifted = Grade.objects.filter(correction=one).count()
    assert lifted > 0
    page = open_page(f"/teach/corrections/{one.key}/", school["ada"])
    press(page, page.get_by_role("link", name="Undo this correction"))
    expect(page.get_by_role("heading", name="What undoing it would change")).to_be_visible()
    sound(page)
    page.get_by_role("textbox", name="Reason").focus()
    page.keyboard.type("It was right.")
    press(page, page.get_by_role("button", name="Propose to undo it"))
    expect(page.get_by_text("Proposed. Nothing changes")).to_be_visible()
    undo = Correction.objects.get(undoes=one)
    approve(open_page, school, undo)
    assert Grade.objects.filter(correction=undo).count() == lifted
    assert Grade.objects.filter(correction=undo).exclude(fraction=1).count() == lifted


def approve(open_page, school, correction):
    """A second person, by the keyboard."""
    page = open_page(f"/teach/corrections/{correction.key}/", school["aude"])
    press(page, page.get_by_role("button", name="Approve and apply"))
    expect(page.get_by_text("Applied. Everybody")).to_be_visible()


def press(page, control, key="Enter"):
    control.focus()
    page.keyboard.press(key)


def test_of_a_written_question_the_page_says_what_can_be_corrected(open_page, sound, school):
    key = Document.objects.get(slug="kind-written", kind="question").key
    page = open_page(f"/teach/questions/{key}/correct/", school["ines"], width=375)
    expect(page.get_by_text("A written answer has no key that could be corrected.")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(1)
    sound(page)
