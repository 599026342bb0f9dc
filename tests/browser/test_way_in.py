"""The way in, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.factories.training import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_sign_in_page_is_for_everybody(open_page, sound, width):
    page = open_page("/", width=width)
    assert page.url.endswith("/accounts/login/")
    sound(page)


def test_thea_signs_in_with_the_keyboard_alone_and_without_scripts(open_page, thea):
    page = open_page("/accounts/login/", java_script_enabled=False)
    expect(page.get_by_text("which is off in this browser")).to_have_count(0)
    page.get_by_label("Username").focus()
    page.keyboard.type("thea")
    page.keyboard.press("Tab")
    expect(page.locator("input[type=password]")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/")


def test_a_wrong_password_is_told_at_the_field_and_in_the_title(open_page, accessible, thea):
    page = open_page("/accounts/login/")
    page.get_by_label("Username").fill("thea")
    page.get_by_label("Password").fill("not her password at all")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_role("alert").first).to_contain_text("The name is kept: type the password")
    expect(page.get_by_label("Username")).to_have_value("thea")
    accessible(page)
