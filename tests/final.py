"""What tests of a final test share: sitting it, right in the modules that are named."""

import uuid
from datetime import timedelta

from curriculum.questions import registry
from tests.factories import NOON
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start_own

WORDS = {"text": "Consent stays free."}


def sit_final(enrolment, *, right=("first", "second"), at=NOON, seed=3, but=()):
    """Sit and hand in: every question of these modules right, but at the positions `but`."""
    own = Enrolment.objects.filter(pk=enrolment.pk)
    trainee = enrolment.trainee
    attempt = start_own(own, enrolment.key, "final", at=at, by=trainee, seed=seed)
    for item in attempt.items.select_related("document__parent").order_by("position"):
        if item.document.parent.slug not in right or item.position in but:
            continue
        key = uuid.uuid4()
        answer = registry.key(item.kind, item.body)
        with locked_item(Attempt.objects.all(), attempt.key, item.position, key) as one:
            record_answer(
                one, Save(WORDS if item.kind in registry.BY_HAND else answer, key, 1), at=at
            )
    later = at + timedelta(minutes=1)
    hand_in(Attempt.objects.all(), attempt.key, at=later, by=trainee)
    return Attempt.objects.select_related("score").get(pk=attempt.pk)
