"""I-6: Aude sees which papers a blueprint gives, and is told which cell of it is impossible."""

import shutil

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from curriculum.documents.models import Document, Edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUIZ = "tiny/01-first/quiz-first.quiz.md"


def test_samples_satisfy_the_table_and_an_impossible_cell_is_named(
    open_page, sound, author, published, hand_in, tmp_path
):
    page = open_page("/author/courses/tiny/", author, width=375)

    def look():
        sound(page, 1280, 375)

    quiz = Document.objects.get(path=f"tiny/{QUIZ.removeprefix('tiny/')}")
    page.goto(f"/author/documents/{quiz.key}/")
    page.get_by_role("link", name="Sample papers").press("Enter")
    expect(page.get_by_text("Enough").first).to_be_visible()
    papers = page.locator("section.sheet")
    expect(papers).to_have_count(3)
    asked = int(page.locator("table td.number").first.inner_text())
    for paper in papers.all():
        titles = paper.locator("li a").all_inner_texts()
        assert len(titles) == len(set(titles)) == asked
    look()
    drawn = papers.first.locator("li").all_inner_texts()
    seed = page.get_by_label("From seed").input_value()
    page.get_by_role("link", name="Three others").press("Enter")
    page.get_by_label("From seed").fill(seed)
    page.get_by_role("button", name="Draw").press("Enter")
    expect(page.get_by_role("link", name=f"Seed {seed}")).to_be_visible()
    assert papers.first.locator("li").all_inner_texts() == drawn

    folder = tmp_path / "content"
    call_command("dump_content", folder, verbosity=0)
    file = folder / QUIZ
    file.write_text(file.read_text().replace("count: 6", "level: judgement, count: 40"))
    page.goto("/author/hand-in/")
    hand_in(page, shutil.make_archive(str(tmp_path / "content"), "zip", folder))
    told = page.locator("main")
    expect(told).to_contain_text("needs 40, the bank has")
    expect(told).to_contain_text("judgement")
    expect(told).to_contain_text(QUIZ)
    look()
    assert Edition.objects.count() == 1
