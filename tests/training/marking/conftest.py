"""What the tests of marking share: a quiz with written answers, and two who mark them."""

import pytest

from tests.factories.training import PersonFactory, StaffingFactory
from tests.written_course import publish_written_course
from training.marking.models import Sheet


@pytest.fixture
def edition(db):
    return publish_written_course()


@pytest.fixture
def olga(cohort):
    """Another who teaches Ines's cohort."""
    olga = PersonFactory(username="olga", name="Olga Other", rank="Lt Col")
    StaffingFactory(cohort=cohort, person=olga)
    return olga


@pytest.fixture
def sheets():
    """The answers to be marked, in the order of the paper."""
    return lambda: list(Sheet.objects.order_by("item__attempt", "item__position"))
