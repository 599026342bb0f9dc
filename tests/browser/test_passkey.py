"""A passkey, from the first touch to signing in with it, with an authenticator of the browser's."""

import pytest
from playwright.sync_api import expect

from tests.factories.training import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(open_page, thea):
    """The sign-in page in a browser that has an authenticator."""
    page = open_page("/accounts/login/")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def sign_in(page):
    page.get_by_label("Username").fill("thea")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/learn/")


def test_thea_adds_a_passkey_and_signs_in_with_it(page, accessible):
    sign_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/webauthn/add/")
    accessible(page)
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/2fa/**codes**")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/learn/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_without_a_passkey_the_page_says_so_and_the_password_still_works(page):
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("was not accepted")
    sign_in(page)


def test_the_scripts_of_passkeys_come_when_they_are_wanted_and_not_before(open_page):
    page = open_page("/")
    asked = page.evaluate("performance.getEntriesByType('resource').map((got) => got.name)")
    assert [name for name in asked if "webauthn" in name] == []
    with page.expect_response("**/webauthn.js"):
        page.get_by_role("button", name="Sign in with a passkey").focus()
