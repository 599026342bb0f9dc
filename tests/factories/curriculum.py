"""Documents, revisions and editions as bare rows, for tests that need no text.

A course that can be read and answered comes from `tests.tiny_course`.
"""

import hashlib
import uuid

import factory
from factory.django import DjangoModelFactory

from curriculum.documents.models import Document, Edition, Entry, Kind, Revision
from curriculum.exchange.models import Delivery
from tests.factories import NOON


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Document

    key = factory.LazyFunction(uuid.uuid4)
    kind = Kind.COURSE
    slug = factory.Sequence(lambda number: f"course-{number}")
    path = factory.LazyAttribute(lambda it: f"{it.slug}/course.md")
    state = Document.State.PUBLISHED


class ModuleFactory(CourseFactory):
    kind = Kind.MODULE
    slug = factory.Sequence(lambda number: f"module-{number}")
    course = factory.SubFactory(CourseFactory)
    parent = factory.SelfAttribute("course")
    position = factory.Sequence(lambda number: number % 90 + 1)
    path = factory.LazyAttribute(lambda it: f"{it.course.slug}/01-{it.slug}/module.md")


class LessonFactory(CourseFactory):
    kind = Kind.LESSON
    slug = factory.Sequence(lambda number: f"lesson-{number}")
    parent = factory.SubFactory(ModuleFactory)
    course = factory.SelfAttribute("parent.course")
    position = factory.Sequence(lambda number: number % 90 + 1)
    path = factory.LazyAttribute(
        lambda it: f"{it.course.slug}/01-{it.parent.slug}/{it.position:02}-{it.slug}.md"
    )


class QuizFactory(LessonFactory):
    kind = Kind.QUIZ
    slug = factory.Sequence(lambda number: f"quiz-{number}")
    path = factory.LazyAttribute(
        lambda it: f"{it.course.slug}/01-{it.parent.slug}/{it.slug}.quiz.md"
    )


class QuestionFactory(LessonFactory):
    kind = Kind.QUESTION
    slug = factory.Sequence(lambda number: f"question-{number}")
    path = factory.LazyAttribute(
        lambda it: f"{it.course.slug}/01-{it.parent.slug}/questions/{it.slug}.md"
    )


class RevisionFactory(DjangoModelFactory):
    class Meta:
        model = Revision

    document = factory.SubFactory(LessonFactory)
    number = 1
    text = factory.Sequence(lambda number: f"Text number {number}.\n")
    digest = factory.LazyAttribute(lambda it: hashlib.sha256(it.text.encode()).hexdigest())
    facts = factory.LazyAttribute(lambda it: {"title": it.document.slug.capitalize()})
    body = factory.Dict({})
    byline = "Aude Auteur"
    created_at = NOON


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition

    course = factory.SubFactory(CourseFactory)
    number = 1
    digest = factory.Sequence(lambda number: hashlib.sha256(str(number).encode()).hexdigest())
    byline = "Aude Auteur"
    published_at = NOON


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    edition = factory.SubFactory(EditionFactory)
    document = factory.SubFactory(LessonFactory, course=factory.SelfAttribute("..edition.course"))
    parent = factory.SelfAttribute("document.parent")
    revision = factory.SubFactory(RevisionFactory, document=factory.SelfAttribute("..document"))
    position = factory.Sequence(lambda number: number)
    kind = factory.SelfAttribute("document.kind")
    slug = factory.SelfAttribute("document.slug")
    path = factory.SelfAttribute("document.path")


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = Delivery

    files = factory.Dict({})
    byline = "Aude Auteur"
    owner = factory.LazyFunction(uuid.uuid4)
    created_at = NOON
