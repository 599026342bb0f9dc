"""The versioned text of everything that is authored.

A document is a thing; a revision is its text at one moment; an edition is a published set of
revisions. Revisions, editions and entries are only ever added (the database refuses an UPDATE,
migration 0002).
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curriculum.documents.fixed import Fixed


class Kind(models.TextChoices):
    COURSE = "course", _("course")
    MODULE = "module", _("module")
    LESSON = "lesson", _("lesson")
    QUESTION = "question", _("question")
    CASE = "case", _("case")
    QUIZ = "quiz", _("quiz")
    EXERCISE = "exercise", _("exercise")
    GLOSSARY = "glossary", _("glossary")
    SOURCES = "sources", _("sources")


class DocumentQuerySet(models.QuerySet["Document"]):
    def courses(self) -> DocumentQuerySet:
        return self.filter(kind=Kind.COURSE)

    def living(self) -> DocumentQuerySet:
        """Everything that has not been retired."""
        return self.exclude(state=Document.State.RETIRED)

    def in_course(self, course: Document) -> DocumentQuerySet:
        """The course itself and all that stands under it."""
        return self.filter(Q(course=course) | Q(pk=course.pk))

    def library(self) -> DocumentQuerySet:
        """The glossary and the sources, which all courses share."""
        return self.filter(kind__in=[Kind.GLOSSARY, Kind.SOURCES])


class Document(models.Model):
    """Something that is authored: a course, a module, a lesson, a question, a quiz.

    States: draft, in review, approved, published, retired. Holds no personal data.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in-review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=120)
    course = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="contents"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=400)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["path"], condition=~Q(state="retired"), name="one_living_document_a_path"
            ),
            models.UniqueConstraint(
                fields=["course", "kind", "slug"],
                condition=~Q(state="retired"),
                name="one_living_slug_a_course_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="document_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["course", "glossary", "sources"], course__isnull=True)
                | Q(
                    kind__in=["module", "lesson", "question", "case", "quiz", "exercise"],
                    course__isnull=False,
                ),
                name="document_stands_in_a_course",
            ),
        ]

    def __str__(self) -> str:
        return self.path


class Revision(Fixed):
    """The text of a document at one moment, with its compiled form. Never changed.

    `facts` is the small part (title, minutes, objectives, rules of a quiz) that lists need;
    `body` the large part (the blocks of a lesson, the compiled question). The byline is a name,
    not a person's row: who may edit is a matter of staffing, outside the curriculum.
    """

    class Change(models.TextChoices):
        EDITORIAL = "editorial", _("editorial")
        MATERIAL = "material", _("material")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    facts = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    byline = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.MATERIAL)
    objectives = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.document} r{self.number}"

    @property
    def title(self) -> str:
        return str(self.facts.get("title", ""))


class Edition(Fixed):
    """A published, numbered set of revisions of one course, in order, with one digest over all."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    byline = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["course", "number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="edition_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.course} edition {self.number}"


class Entry(Fixed):
    """One revision in an edition, at its place in the order of the whole.

    Kind, slug and path are copies: a file renamed later does not rename what was published.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="entries")
    parent = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=120)
    path = models.CharField(max_length=400)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "document"], name="document_once_in_an_edition"
            ),
            models.UniqueConstraint(fields=["edition", "position"], name="entry_position_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} #{self.position}"

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.revision.facts)
