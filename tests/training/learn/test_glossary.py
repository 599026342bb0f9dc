"""The glossary of a course."""

from tests.training.learn.conftest import words


def test_terms_that_lessons_use_are_listed_with_french_and_source(thea_browser, at):
    page = words(thea_browser.get(at("glossary")))
    assert '<span lang="fr">agrément</span>' in page
    assert "Source: Vienna Convention on Diplomatic Relations, art. 4." in page
    assert at("lesson", "consent") + "#term-agrement" in page
    assert "1 term" in page


def test_case_and_accents_do_not_matter_in_the_filter(thea_browser, at):
    assert len(thea_browser.get(at("glossary"), {"q": "AGREMENT"}).context["entries"]) == 1


def test_a_filter_that_finds_nothing_says_so_and_leads_back(thea_browser, at):
    page = words(thea_browser.get(at("glossary"), {"q": "<script>"}))
    assert "No term of this course holds “&lt;script&gt;”." in page
    assert f'href="{at("glossary")}">Show all terms' in page


def test_the_glossary_costs_three_queries(thea_browser, at, counted):
    thea_browser.get(at("glossary"))
    with counted() as statements:
        thea_browser.get(at("glossary"))
    assert len(statements) == 3
