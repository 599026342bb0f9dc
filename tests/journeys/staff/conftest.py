"""What the staff's journeys share: the browser's fixtures, and a cohort that has worked."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.conftest import accessible, chromium, fits, open_page
from tests.browser.conftest import sound as sound_at
from tests.factories.training import (
    AppointmentFactory,
    CohortFactory,
    PersonFactory,
    StaffingFactory,
    UnitFactory,
)
from tests.tiny_course import publish_tiny_course
from training.accounts.models import Role
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.management.schoolhouse.histories import WAYS, Past

__all__ = ["accessible", "chromium", "fits", "open_page", "sound_at"]
WEEKS = timedelta(weeks=8)


@pytest.fixture
def school(transactional_db):
    """Eight weeks of a cohort, each trainee in another way; one has not begun. People by name."""
    now = datetime.now(UTC)
    unit = UnitFactory(name="Defence Staff of Halvenia", code="HALV")
    section = UnitFactory(name="Attaché Section", code="HALV-A", parent=unit)
    beside = UnitFactory(name="Naval Staff of Halvenia", code="HALV-N")
    cohort = CohortFactory(
        name="Spring", edition=publish_tiny_course(), unit=unit, starts_on=(now - WEEKS).date()
    )
    people = {"ada": PersonFactory(username="ada", name="Ada Admin", is_admin=True)}
    people["ines"] = PersonFactory(username="ines", name="Ines Instructor", unit=unit)
    people["aude"] = PersonFactory(username="aude", name="Aude Auteur", unit=unit)
    people["cole"] = PersonFactory(username="cole", name="Cole Coordinator", unit=unit)
    StaffingFactory(cohort=cohort, person=people["ines"])
    AppointmentFactory(person=people["aude"], role=Role.AUTHOR)
    AppointmentFactory(person=people["cole"], role=Role.COORDINATOR, unit=unit)
    for number, way in enumerate(("swift", "steady", "struggling", "silent")):
        name = f"Trainee {way.title()}"
        place = section if number % 2 else beside
        people[way] = PersonFactory(username=way, name=name, rank="Capt", unit=place)
        enrolment = enrol(cohort, people[way], at=now - WEEKS, by=SITE)
        Past(enrolment, WAYS[way], now - WEEKS, now).live()
    people["new"] = PersonFactory(username="new", name="Trainee New", unit=section)
    enrol(cohort, people["new"], at=now - WEEKS, by=SITE)
    return people


WIDTHS = (1280, 375)


def widths_looked_at(node):
    """A journey that is taken at each width looks at its own; any other at both."""
    taken = [mark.args for mark in node.iter_markers("parametrize") if mark.args[0] == "width"]
    if any(sorted(values) == sorted(WIDTHS) for _name, values in taken):
        return (node.callspec.params["width"],)
    return WIDTHS


@pytest.fixture
def sound(request, sound_at):
    """The page breaks no rule of accessibility and fits, light and dark, wide and narrow."""
    looked_at = widths_looked_at(request.node)
    return lambda page: sound_at(page, *looked_at)
