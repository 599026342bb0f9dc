"""What every page has, whatever it is about."""

import re

import pytest
from django.template.loader import get_template
from django.test import RequestFactory

from tests.look.gallery_view import gallery
from tests.marking import several_languages

ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
MARKING = "RESTRICTED · FOR TRAINING"

pytestmark = pytest.mark.urls("tests.look.gallery_view")


@pytest.fixture
def page(client, db, settings):
    """Ask for an address; answer with the text of the page."""
    settings.CLASSIFICATION = MARKING

    def ask(path: str) -> str:
        return client.get(path).content.decode()

    return ask


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_nothing_but_itself(name):
    html = get_template(name).render()
    assert "<h1>" in html
    assert "– Chancery</title>" in html


@pytest.mark.parametrize("path", ["/gallery/", "/accounts/login/", "/accounts/password/reset/"])
def test_the_classification_stands_above_and_below_every_page(page, path):
    assert page(path).count(f">{MARKING}</div>") == 2


@pytest.mark.parametrize("path", ["/gallery/?errors&messages", "/accounts/login/"])
def test_a_page_has_one_heading_one_main_one_style_sheet_and_a_way_past_the_navigation(page, path):
    html = page(path)
    for one in ("<h1", "<main", 'rel="stylesheet"', '<a class="skip" href="#main">'):
        assert html.count(one) == 1, one


def test_the_theme_is_the_one_that_was_chosen(client, db):
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/gallery/").content.decode()


def test_a_theme_nobody_offers_is_not_written_into_the_page(client, db):
    client.cookies["theme"] = 'x" onload="alert(1)'
    html = client.get("/gallery/").content.decode()
    assert "data-theme" not in html
    assert "onload" not in html


def test_the_title_tells_of_a_mistake(page):
    assert "<title>Error: Gallery – Chancery</title>" in page("/gallery/?errors")
    assert "<title>Gallery – Chancery</title>" in page("/gallery/")


def test_the_script_for_mistakes_is_only_where_there_are_some(page):
    assert "focus_errors.js" in page("/gallery/?errors")
    assert "focus_errors.js" not in page("/gallery/")


def test_a_message_says_in_words_what_kind_it_is(page):
    html = page("/gallery/?messages")
    assert re.search(r"Done:</span> Your password was changed\.", html)
    assert re.search(r"Problem:</span> The roster was not applied", html)


def test_the_language_and_its_direction_stand_on_the_page(db, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    request = RequestFactory().get("/gallery/")
    from django.contrib.auth.models import AnonymousUser
    from django.utils.translation import override

    request.user = AnonymousUser()
    with several_languages(), override("ar"):
        assert '<html lang="ar" dir="rtl">' in gallery(request).content.decode()


def test_a_visitor_is_offered_to_sign_in_and_thea_to_sign_out(page, client, thea):
    assert "Sign in" in page("/gallery/")
    client.force_login(thea)
    html = page("/gallery/")
    assert "Thea" in html
    assert '<form id="sign-out" method="post" action="/accounts/logout/">' in html
    assert html.count('type="submit" form="sign-out"') == 2


def test_no_account_page_offers_to_sign_up(page):
    assert "signup" not in page("/accounts/login/")


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/sessions/",
        "/accounts/email/",
        "/accounts/logout/",
    ],
)
def test_the_pages_of_the_account_are_pages_of_this_site(page, client, thea, path):
    client.force_login(thea)
    html = page(path)
    assert 'class="masthead"' in html
    assert html.count("<h1") == 1
    assert 'aria-label="My account"' in html
