"""Who gets in, and that nothing a person or a unit is called is ever taken for HTML."""

import uuid

import pytest
from django.urls import reverse

PLAIN = ["home", "people", "cohort_new", "units"]
READ_ONLY = ["home", "people", "units", "roster_template"]


@pytest.fixture
def pages(thea, enrolment, cohort, unit):
    """Every page of the desk that is fetched with GET, but for those of admins alone."""
    named = {
        "person": thea.key,
        "enrolment": enrolment.key,
        "withdraw": enrolment.key,
        "cohort": cohort.key,
        "roster": cohort.key,
        "unit": unit.key,
        "unit_csv": unit.key,
    }
    plain = [reverse(f"oversee:{name}") for name in [*PLAIN, "roster_template"]]
    return plain + [reverse(f"oversee:{name}", args=(key,)) for name, key in named.items()]


@pytest.mark.parametrize("who", ["thea", "ines", "aude", "sam"])
def test_whoever_oversees_nothing_gets_403(pages, signed_in, who, request):
    browser = signed_in(request.getfixturevalue(who))
    assert {browser.get(page).status_code for page in pages} == {403}


def test_a_visitor_is_sent_to_sign_in(pages, client):
    assert {client.get(page).url.split("?")[0] for page in pages} == {"/accounts/login/"}


@pytest.mark.parametrize("who", ["ada", "cole"])
def test_admin_and_coordinator_get_in(pages, signed_in, who, request):
    browser = signed_in(request.getfixturevalue(who))
    assert {browser.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("name", READ_ONLY)
def test_reading_pages_refuse_to_be_written_to(signed_in, ada, name):
    assert signed_in(ada).post(reverse(f"oversee:{name}")).status_code == 405


@pytest.mark.parametrize(
    "name", ["person", "enrolment", "withdraw", "cohort", "roster", "roster_plan", "unit"]
)
def test_an_address_of_nothing_is_404(signed_in, ada, name):
    assert signed_in(ada).get(reverse(f"oversee:{name}", args=(uuid.uuid4(),))).status_code == 404


def test_names_are_text_and_never_html_on_every_page(signed_in, ada, hostile, cohort):
    enrolment = hostile.enrolments.get()
    cohort.name = '"><script>alert(2)</script>'
    cohort.save()
    browser = signed_in(ada)
    person = {"reason": "<script>alert(3)</script>"}
    browser.post(reverse("oversee:deactivate", args=(hostile.key,)), person)
    browser.post(reverse("oversee:reactivate", args=(hostile.key,)), person)
    browser.post(reverse("oversee:staff", args=(cohort.key,)), {"person": hostile.key})
    browser.post(reverse("oversee:appoint", args=(hostile.unit.key,)), {"person": hostile.key})
    urls = [
        *(reverse(f"oversee:{name}") for name in [*PLAIN, "unit_new"]),
        *(
            reverse(f"oversee:{name}", args=(hostile.key,))
            for name in ("person", "deactivate", "reactivate")
        ),
        *(reverse(f"oversee:{name}", args=(enrolment.key,)) for name in ("enrolment", "withdraw")),
        *(reverse(f"oversee:{name}", args=(cohort.key,)) for name in ("cohort", "roster")),
        reverse("oversee:cohort", args=(cohort.key,), query={"person": "script"}),
        reverse("oversee:units", query={"unit": hostile.unit.key, "person": "script"}),
        reverse("oversee:unit", args=(hostile.unit.key,)),
        reverse("oversee:people", query={"unit": hostile.unit.key, "q": "<script>"}),
    ]
    for url in urls:
        text = browser.get(url).content.decode()
        assert "<script>alert" not in text, url
        assert "<img src=x" not in text, url
        assert "&lt;script&gt;" in text, url
    text = browser.post(reverse("oversee:invite", args=(hostile.key,))).content.decode()
    assert "<script>alert" not in text
