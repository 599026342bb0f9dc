"""Fill the columns of 0003 for people who are enrolled already, as `recompute_progress` would."""

from datetime import UTC, datetime, time

from django.db import migrations
from django.db.models import Min, OuterRef, Subquery, Value
from django.db.models.functions import Greatest


def fill(apps, schema_editor):
    Attempt = apps.get_model("training", "Attempt")
    Cohort = apps.get_model("training", "Cohort")
    CourseProgress = apps.get_model("training", "CourseProgress")
    Enrolment = apps.get_model("training", "Enrolment")
    ModuleProgress = apps.get_model("training", "ModuleProgress")

    enrolled = Enrolment.objects.filter(pk=OuterRef("enrolment")).order_by()
    for cohort in Cohort.objects.order_by("pk"):
        first_day = datetime.combine(cohort.starts_on, time.min, UTC)
        CourseProgress.objects.filter(enrolment__cohort=cohort).update(
            began_at=Greatest(Subquery(enrolled.values("enrolled_at")), Value(first_day))
        )

    scored = Attempt.objects.filter(
        enrolment=OuterRef("enrolment"),
        module=OuterRef("module"),
        purpose="quiz",
        handed_in_at__isnull=False,
        score__isnull=False,
    ).order_by("number")
    failed = ModuleProgress.objects.filter(attempts__gte=2, passed_at__isnull=True)
    failed.update(failed_since=Subquery(scored.values("handed_in_at")[1:2]))

    modules = ModuleProgress.objects.filter(enrolment=OuterRef("enrolment")).order_by()
    first = modules.values("enrolment").annotate(first=Min("failed_since")).values("first")
    CourseProgress.objects.update(failed_since=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("training", "0007_since_when")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
