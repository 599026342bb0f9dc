"""Journey I-12: which question is bad, by figures with their n, and the file behind them."""

import pytest
from playwright.sync_api import expect

from training.statistics.actions import catch_up
from training.statistics.models import ItemSums

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def a_bad_question(school):
    """One of the questions has been answered by forty, the wrong way round."""
    from datetime import UTC, datetime

    catch_up(at=datetime.now(UTC))
    row = ItemSums.objects.filter(question__facts__kind="single").order_by("pk").first()
    weak, best = [0] * 21, [0] * 21
    weak[4], best[18] = 20, 20
    row.n, row.possible, row.x, row.xx = 40, 400_000, 200_000, 20 * 10_000**2
    row.t, row.tt = 20 * 20_000 + 20 * 40_000, 20 * 20_000**2 + 20 * 40_000**2
    row.xt = 20 * 10_000 * 20_000
    row.outcomes = {"right": weak, "wrong": best}
    row.choices = {"recall": weak, "ask": best}
    row.save()
    return row


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scripts", [True, False])
def test_ines_finds_the_question_that_misleads_the_best(
    open_page, sound, school, a_bad_question, width, scripts
):
    page = open_page("/teach/", school["ines"], width=width, java_script_enabled=scripts)
    page.get_by_role("link", name="Spring").first.click()
    page.get_by_role("link", name="Statistics of the questions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Statistics of Tiny course")
    if scripts:
        sound(page)
    page.get_by_role("link", name="Quiz of first").click()
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("check the key and the wording")
    expect(page.get_by_text("Too few to judge").first).to_be_visible()
    if scripts:
        sound(page)
    page.get_by_text("How this is counted").click()
    expect(page.get_by_text("Each person's first attempt")).to_be_visible()
    first.get_by_role("link").click()
    row = page.get_by_role("row", name="Ask Kestria for its reasons")
    expect(row).to_contain_text("100 %")
    if scripts:
        sound(page)


def test_aude_finds_the_figures_beside_the_source(open_page, sound, school, a_bad_question):
    page = open_page(f"/author/documents/{a_bad_question.question.document.key}/", school["aude"])
    page.get_by_role("link", name="Statistics", exact=True).click()
    expect(page.get_by_text("check the key and the wording")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Revision 1").click()
    expect(page.get_by_role("heading", name="What was answered")).to_be_visible()
    sound(page)
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Quiz of").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="All figures and sums as CSV").click()
    assert waiting.value.suggested_filename.startswith("quiz-first-r1-")
