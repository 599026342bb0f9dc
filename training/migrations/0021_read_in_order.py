"""Indexes from which a page of people is read in its order, and a branch counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0020_marks_never_change")]

    operations = [
        migrations.AddIndex(
            model_name="courseprogress",
            index=models.Index(
                fields=["failed_since", "last_at", "began_at"], name="progress_most_pressing"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name", "id"], name="person_by_name"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["unit", "is_active", "id"], name="person_by_unit"),
        ),
    ]
