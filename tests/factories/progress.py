"""Rows of progress that follow from a pre-test."""

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOON
from tests.factories.curriculum import LessonFactory
from tests.factories.training import AttemptFactory
from training.progress.models import Waiver


class WaiverFactory(DjangoModelFactory):
    class Meta:
        model = Waiver

    attempt = factory.SubFactory(AttemptFactory)
    enrolment = factory.SelfAttribute("attempt.enrolment")
    lesson = factory.SubFactory(LessonFactory)
    at = NOON
