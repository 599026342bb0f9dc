"""Rows of the room in which written answers are marked."""

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOON
from tests.factories.training import CohortFactory, ItemFactory, PersonFactory
from training.marking.models import Draft, Mark, Sheet, Unveiling


class SheetFactory(DjangoModelFactory):
    """It waits for its first mark."""

    class Meta:
        model = Sheet

    item = factory.SubFactory(ItemFactory)
    cohort = factory.SubFactory(CohortFactory)
    document = factory.SelfAttribute("item.document")
    handed_in_at = NOON


class MarkFactory(DjangoModelFactory):
    class Meta:
        model = Mark

    sheet = factory.SubFactory(SheetFactory)
    turn = Mark.Turn.FIRST
    given = factory.Dict({})
    points = 1
    out_of = 4
    marker_key = factory.Faker("uuid4")
    marker_name = "Maj Ines Instructor"
    at = NOON


class DraftFactory(DjangoModelFactory):
    class Meta:
        model = Draft

    sheet = factory.SubFactory(SheetFactory)
    person = factory.SubFactory(PersonFactory)
    at = NOON


class UnveilingFactory(DjangoModelFactory):
    class Meta:
        model = Unveiling

    sheet = factory.SubFactory(SheetFactory)
    person = factory.SubFactory(PersonFactory)
    reason = "The handwriting of a signature has to be compared."
    at = NOON
