"""What the pages for anyone show, with the number of queries of each."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Func, IntegerField, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.accounts.models import Person
from training.audit.models import AuditEntry
from training.cohorts.models import Cohort, Enrolment

# The verb of front/signing_in.py for a sign-in that failed.
REFUSED = "refused sign-in"


def cohorts_awaiting(person: Person) -> list[Cohort]:
    """The cohorts in which the invited person is enrolled, with their courses. One query."""
    enrolments = Enrolment.objects.of(person).select_related("cohort")
    return [enrolment.cohort for enrolment in enrolments.order_by("cohort__name")]


def reasons_not_ready() -> list[str]:
    """Why the site cannot serve yet, in words and without secrets; empty when it can.

    Two queries: the applied migrations and the table of the rate limits.
    """
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return [_("The database does not answer.")]
    if missing:
        return [
            ngettext(
                "%(count)d migration is not applied: run migrate.",
                "%(count)d migrations are not applied: run migrate.",
                missing,
            )
            % {"count": missing}
        ]
    try:
        cache.get("readyz")
    except (DatabaseError, InterfaceError):
        return [_("The table of the rate limits is missing: run createcachetable.")]
    except OSError:
        return [_("The cache of the rate limits does not answer.")]
    return []


def refusals_from(address: str, since: datetime) -> QuerySet[AuditEntry, int]:
    """How many sign-ins from this address were refused since then: one row, one figure, by time.

    The audit trail counts exactly, however many workers write to it at once.
    """
    refused = AuditEntry.objects.filter(at__gt=since, verb=REFUSED, detail__address=address)
    # No aggregate of Django's: it would group, and where there is none there would be no row.
    counted = Func("pk", function="COUNT", output_field=IntegerField())
    return refused.order_by().values_list(counted, flat=True)
