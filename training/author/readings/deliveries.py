"""What the page of a delivery shows, with the number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.documents.differences import Change
from curriculum.documents.models import Edition, Kind, Revision
from curriculum.documents.telling import told
from curriculum.exchange.deliveries import Outlook
from curriculum.exchange.models import Delivery
from curriculum.prose.problems import Problem
from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.author.readings.changes import Changes, changes
from training.cohorts.models import Cohort

MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One problem, in the reader's language."""

    path: str
    line: int
    is_error: bool
    message: str


@dataclass(frozen=True, slots=True)
class Problems:
    """What the check found, the errors first, and no more than somebody reads."""

    shown: list[Told]
    errors: int
    warnings: int

    @property
    def left_out(self) -> int:
        return self.errors + self.warnings - len(self.shown)


def problems(found: list[Problem]) -> Problems:
    """No query."""
    ordered = sorted(found, key=lambda one: (not one.is_error, one))
    errors = sum(one.is_error for one in found)
    shown = [
        Told(one.path, one.line, one.is_error, told(one.message)) for one in ordered[:MOST_PROBLEMS]
    ]
    return Problems(shown, errors, len(found) - errors)


@dataclass(frozen=True, slots=True)
class Course:
    """A course that gets an edition if the delivery is published."""

    title: str
    number: int
    cohorts: int
    open_attempts: int


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """`outlook` and what follows from it is None once the delivery is settled."""

    delivery: Delivery
    outlook: Outlook | None
    changes: Changes | None
    courses: list[Course]
    problems: Problems
    history: list[AuditEntry]
    editions: list[Edition]

    @property
    def can_publish(self) -> bool:
        return bool(self.outlook and self.outlook.differences)


def delivery_page(delivery: Delivery, outlook: Outlook | None) -> DeliveryPage:
    """Five queries beside those of the outlook; two for a delivery that is settled."""
    history = list(
        AuditEntry.objects.filter(object_kind="delivery", object_key=str(delivery.key)).order_by(
            "pk"
        )
    )
    if outlook is None:
        return DeliveryPage(delivery, None, None, [], problems([]), history, _made_by(history))
    handed_in = [
        one for one in outlook.checked.problems if one.is_error or one.path in delivery.files
    ]
    return DeliveryPage(
        delivery,
        outlook,
        changes_of(outlook),
        _courses(outlook),
        problems(handed_in),
        history,
        [],
    )


def _made_by(history: list[AuditEntry]) -> list[Edition]:
    """The editions that came of a delivery. One query."""
    keys = [key for entry in history for key in entry.detail.get("editions", ())]
    return list(Edition.objects.filter(key__in=keys).select_related("course").order_by("pk"))


def changes_of(outlook: Outlook) -> Changes:
    """The differences with the titles of their documents. One query."""
    keys = [one.key for one in outlook.differences]
    known = Revision.objects.filter(document__key__in=keys).order_by("number")
    titles = {
        str(key): str(facts.get("title", ""))
        for key, facts in known.values_list("document__key", "facts")
    }
    published = set(titles)
    titles |= {str(one.key): str(one.facts.get("title", "")) for one in outlook.checked.documents}
    return changes(outlook.differences, titles, published)


def _courses(outlook: Outlook) -> list[Course]:
    """The courses that publishing gives an edition, and who runs them now. Three queries."""
    touched = {one.path.partition("/")[0] for one in outlook.differences}
    touched |= {one.old_path.partition("/")[0] for one in outlook.differences}
    # What stands beside the courses belongs to all of them.
    shared = any("/" not in one.path for one in outlook.differences)
    found = {
        one.key: one
        for one in outlook.checked.of_kind(Kind.COURSE)
        if shared or one.place.course in touched
    }
    latest: dict[object, int] = {}
    for key, number in (
        Edition.objects.filter(course__key__in=found)
        .order_by("number")
        .values_list("course__key", "number")
    ):
        latest[key] = number
    cohorts = list(
        Cohort.objects.filter(course__key__in=found).values_list("course__key", flat=True)
    )
    attempts = list(
        Attempt.objects.open()
        .filter(enrolment__cohort__course__key__in=found)
        .order_by()
        .values_list("enrolment__cohort__course__key", flat=True)
    )
    return [
        Course(
            str(one.facts["title"]),
            latest.get(key, 0) + 1,
            cohorts.count(key),
            attempts.count(key),
        )
        for key, one in found.items()
    ]


def removed(page: DeliveryPage) -> list[str]:
    """The paths of what publishing would take out of its course. No query."""
    differences = page.outlook.differences if page.outlook else []
    return [one.path for one in differences if one.change is Change.REMOVED]
