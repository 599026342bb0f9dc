import hashlib

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOON
from training.accounts.models import Tries


class TriesFactory(DjangoModelFactory):
    class Meta:
        model = Tries

    digest = factory.Sequence(lambda number: hashlib.sha256(str(number).encode()).hexdigest())
    n = 1
    last_at = NOON
