"""Since when a trainee could begin, and since when they have failed: what attention is told by."""

from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0006_corrections_never_change")]

    operations = [
        migrations.AddField(
            model_name="courseprogress",
            name="began_at",
            # Until 0004 has filled it, which is the next thing that happens.
            field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="courseprogress",
            name="failed_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="moduleprogress",
            name="failed_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="courseprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("failed_since__isnull", True),
                    models.Q(("last_at__isnull", False), models.Q(("state", "complete"), _negated=True)),
                    _connector="OR",
                ),
                name="failed_is_seen_and_not_complete",
            ),
        ),
    ]
