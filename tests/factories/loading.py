"""What was loaded from a file of answers."""

import uuid

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOON
from tests.factories.training import ResponseFactory
from training.attempts.models import LoadedAnswer


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
