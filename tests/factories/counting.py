"""Headcounts, and who is to be counted."""

import factory
from factory.django import DjangoModelFactory

from training.headcounts.models import Counted, Headcount, ToCount, Turn


class HeadcountFactory(DjangoModelFactory):
    class Meta:
        model = Headcount

    cohort = 0
    unit = factory.Sequence(lambda number: 1_000 + number)
    standing = "people"
    n = 1


class CountedFactory(DjangoModelFactory):
    class Meta:
        model = Counted

    person = factory.Sequence(lambda number: 1_000_000 + number)
    headings = factory.LazyFunction(list)


class ToCountFactory(DjangoModelFactory):
    class Meta:
        model = ToCount

    person = 1_000_000


class TurnFactory(DjangoModelFactory):
    class Meta:
        model = Turn
