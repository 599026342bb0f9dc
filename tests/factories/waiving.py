"""Lessons that a pre-test waived."""

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOON
from tests.factories.curriculum import LessonFactory
from tests.factories.training import AttemptFactory
from training.attempts.models import Attempt
from training.progress.models import Waiver


class WaiverFactory(DjangoModelFactory):
    class Meta:
        model = Waiver

    attempt = factory.SubFactory(
        AttemptFactory, handed_in_at=NOON, closed_by=Attempt.Closer.TRAINEE
    )
    enrolment = factory.SelfAttribute("attempt.enrolment")
    lesson = factory.SubFactory(LessonFactory)
    at = NOON
