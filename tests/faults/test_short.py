"""The short form of the fault run: nothing acknowledged is lost, nothing counts twice."""

import pytest

from tests.faults.striking import SHORT, report, strike

pytestmark = pytest.mark.race


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_what_was_acknowledged_outlives_killed_workers_and_restarts(database):
    outcome = strike(database, SHORT)
    told = report([outcome])
    assert (outcome.lost, outcome.doubled, outcome.errors) == (0, 0, []), told
    assert outcome.acknowledged >= SHORT.answers, told
    assert sum(outcome.struck.values()) >= SHORT.kills, told
    assert outcome.swept is not None
    assert outcome.swept.attempts == SHORT.writers + 1
    assert outcome.sound, told
