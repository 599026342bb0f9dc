"""Publishing is all or nothing, wherever it is killed (F35)."""

import json
from contextlib import ExitStack

import pytest

from tests import postgres, serving

pytestmark = pytest.mark.race
# Fewer would mean that the kills missed most of what publishing writes.
STATEMENTS = 10


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_publishing_killed_at_any_statement_leaves_nothing_behind(database, tmp_path):
    with ExitStack() as opened:
        cluster = opened.enter_context(postgres.cluster()) if database == "postgresql" else None
        env = serving.environment(tmp_path, cluster.url() if cluster else "")
        serving.prepare(env)
        told = json.loads(serving.run(env, "-m", "tests.faults.interrupted"))
    assert told["halves"] == []
    assert told["killed"] >= STATEMENTS
    assert told["published"]
