"""What the tests of late answers share: answers that came late, and what was decided on them."""

import uuid
from datetime import timedelta
from io import StringIO

from django.core.management import call_command

from tests.factories import NOON
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt, Response
from training.flows.counting_late_answers import decide, state_of

HOUR = timedelta(hours=1)
REASON = "The line was down in the whole building."


def too_late(attempt, position, answer, at=NOON + HOUR):
    """An answer that arrives after the hand-in."""
    key = uuid.uuid4()
    with locked_item(Attempt.objects.all(), attempt.key, position, key) as item:
        record_answer(item, Save(answer, key, (item.sequence_now or 0) + 1), at=at)
    return Response.objects.get(key=key)


def count(attempt, by, chosen, *, sent=None, at=NOON + 2 * HOUR):
    """Decide: by position the late answer that counts, None for the one in time."""
    keys = {position: one and one.key for position, one in chosen.items()}
    found = Attempt.objects.taught_by(by)
    seen = state_of(attempt)
    key = sent or uuid.uuid4()
    return decide(found, attempt.key, keys, key, seen=seen, reason=REASON, at=at, by=by)


def all_agree():
    call_command("recompute_progress", "--check", stdout=StringIO())
    call_command("recompute_statistics", "--check", stdout=StringIO())
