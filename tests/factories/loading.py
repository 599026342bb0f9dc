"""What was loaded from a file of answers, and what was decided on late ones."""

import uuid

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOON
from tests.factories.training import AttemptFactory, ItemFactory, ResponseFactory
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import Attempt, DecidedAnswer, LateDecision


class LoadedAnswerFactory(DjangoModelFactory):
    class Meta:
        model = LoadedAnswer

    response = factory.SubFactory(ResponseFactory, late=True)
    made_at = NOON
    digest = "0" * 64
    reason = "The line was down."
    loader_key = factory.LazyFunction(uuid.uuid4)
    loader_name = "Ines"
    at = NOON


class LateDecisionFactory(DjangoModelFactory):
    class Meta:
        model = LateDecision

    key = factory.LazyFunction(uuid.uuid4)
    attempt = factory.SubFactory(
        AttemptFactory, handed_in_at=NOON, closed_by=Attempt.Closer.TRAINEE
    )
    reason = "The line was down."
    decider_key = factory.LazyFunction(uuid.uuid4)
    decider_name = "Ines"
    at = NOON


class DecidedAnswerFactory(DjangoModelFactory):
    class Meta:
        model = DecidedAnswer

    decision = factory.SubFactory(LateDecisionFactory)
    item = factory.SubFactory(ItemFactory, attempt=factory.SelfAttribute("..decision.attempt"))
