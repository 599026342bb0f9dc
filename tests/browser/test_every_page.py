"""Every page that somebody can reach by links is sound: for each role, by following the links.

Sound is: it answers; axe finds nothing; it fits a narrow window; it has one heading of the first
rank and a title of its own; nothing is refused by the content security policy.

Axe reads a page twice: whole in one theme and at one width, then in the other theme at the other
width by the rules that depend on them. The second page of a view is read whole at the other width,
so that all four are met; half of the roles begin in the dark.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag, urlsplit

import pytest
from django.urls import Resolver404, resolve

from curriculum.courses.shelf import course_of
from tests.browser.conftest import (
    HEIGHT,
    NARROW,
    WIDE,
    barriers,
    barriers_of_style,
    look,
    overflow,
)
from tests.factories.training import (
    AppointmentFactory,
    CohortFactory,
    PersonFactory,
    StaffingFactory,
    UnitFactory,
)
from tests.tiny_course import publish_tiny_course
from training.accounts.actions import invite
from training.accounts.models import Role
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.management.schoolhouse.histories import WAYS, Past

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Pages of one view differ in their content only; a few of them stand for all.
A_VIEW = 2
# Each role, and a page that it must come by: else the walk proves nothing.
REACHES = {
    "sam": "front:help_topic",
    "new": "learn:lesson",
    "sitting": "learn:question",
    "second-try": "learn:result",
    "ines": "teach:trainee",
    "aude": "author:document",
    "cole": "oversee:unit",
    "ada": "oversee:person",
}
OTHER = {"light": "dark", "dark": "light", WIDE: NARROW, NARROW: WIDE}
WEEKS = timedelta(weeks=8)
NO_PAGES = (".csv", ".md", ".zip", ".svg", "/download/")


@pytest.fixture
def school(transactional_db):
    """A cohort that has worked for eight weeks, each trainee in another way."""
    now = datetime.now(UTC)
    unit = UnitFactory(name="Defence Staff of Halvenia", code="HALV")
    cohort = CohortFactory(
        name="Spring", edition=publish_tiny_course(), unit=unit, starts_on=(now - WEEKS).date()
    )
    people = {"ada": PersonFactory(username="ada", name="Ada Admin", is_admin=True)}
    for name, shown in (("ines", "Ines Instructor"), ("aude", "Aude Auteur"), ("cole", "Cole Col")):
        people[name] = PersonFactory(username=name, name=shown, unit=unit)
    StaffingFactory(cohort=cohort, person=people["ines"])
    AppointmentFactory(person=people["aude"], role=Role.AUTHOR)
    AppointmentFactory(person=people["cole"], role=Role.COORDINATOR, unit=unit)
    for way in WAYS:
        people[way] = PersonFactory(username=way, name=f"Trainee {way.title()}", unit=unit)
        enrolment = enrol(cohort, people[way], at=now - WEEKS, by=SITE)
        Past(enrolment, WAYS[way], now - WEEKS, now).live()
    people["sam"] = PersonFactory(username="sam", name="Sam Stranger")
    for name in ("new", "sitting"):
        people[name] = PersonFactory(username=name, name=f"Trainee {name.title()}", unit=unit)
        enrolment = enrol(cohort, people[name], at=now, by=SITE)
    start(enrolment, course_of(cohort.edition).modules[0], at=now, by=people["sitting"])
    return people


def view_of(path: str) -> str | None:
    """The name of the page behind an address; None for what is no page."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def links_of(page) -> list[str]:
    """The addresses within the site that the page links to, in its order."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    here = urlsplit(page.url).netloc
    inside = [urldefrag(link).url for link in found if urlsplit(link).netloc == here]
    return [link for link in inside if not urlsplit(link).path.endswith(NO_PAGES)]


def faults_of(page, view, theme, width) -> list[str]:
    """Whatever is not sound about the page that was just opened, in this theme at this width."""
    where = f"{page.url} ({view})"
    found = [barriers(page)]
    if page.locator("h1").count() != 1:
        found.append(f"{where} has {page.locator('h1').count()} headings of the first rank")
    if "–" not in page.title():
        found.append(f"{where} has no title of its own: {page.title()}")
    look(page, OTHER[theme], OTHER[width])
    found.append(barriers_of_style(page))
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    if overflow(page) > 0:
        found.append(f"{where} is {overflow(page)} px too wide for {NARROW} px")
    return [fault for fault in found if fault]


@pytest.mark.parametrize("role", REACHES)
def test_every_page_in_reach_is_sound(role, school, open_page):
    page = open_page("/", school[role])
    theme = ("light", "dark")[list(REACHES).index(role) % 2]
    waiting, seen, visits, faults = [page.url], set(), {}, []
    while waiting:
        url = waiting.pop(0)
        view = view_of(urlsplit(url).path)
        if url in seen or view is None or visits.get(view, 0) >= A_VIEW:
            continue
        seen.add(url)
        visits[view] = visits.get(view, 0) + 1
        # The first page of a view is read in a wide window, the second in a narrow one.
        width = WIDE if visits[view] == 1 else NARROW
        look(page, theme, width)
        answer = page.goto(url)
        if not answer.ok:
            faults.append(f"{url} ({view}) answers {answer.status}")
            continue
        faults += faults_of(page, view, theme, width)
        waiting += links_of(page)
    assert REACHES[role] in visits
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_page_to_which_no_link_leads_is_sound(width, open_page):
    newcomer = PersonFactory(username="nora", name="Nora Newcomer")
    _invitation, token = invite(newcomer, at=datetime.now(UTC), by=SITE)
    page = open_page("/")
    faults = []
    for path, status in ((f"/join/{token}/", 200), ("/join/nobody/", None), ("/no/such/", 404)):
        look(page, "light", width)
        answer = page.goto(path)
        assert status in {None, answer.status}
        faults += faults_of(page, path, "light", width)
    look(page, "light", width)
    page.goto("/accounts/login/")
    page.context.clear_cookies()
    page.locator("[name=login]").fill("nora")
    page.locator("[name=password]").fill("no matter what")
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.get_by_role("button", name="Sign in", exact=True).click()
    assert sent.value.status == 403
    page.wait_for_load_state()
    faults += faults_of(page, "stale form", "light", width)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def test_words_that_grew_too_pale_are_found_by_the_rules_of_style(open_page):
    page = open_page("/help/")
    assert barriers(page) == barriers_of_style(page) == ""
    page.evaluate("document.querySelector('h1').style.color = 'rgb(225, 225, 225)'")
    assert "color-contrast" in barriers_of_style(page)
