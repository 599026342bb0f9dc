"""Corrections and what became of them may only be added, as grades and evidence may.

SQLite made the table of grades anew for its constraint, and the trigger went with the old one.
"""

from django.db import migrations

NEW = ['training_correction', 'training_correctedrevision', 'training_decision']
ANEW = ['training_grade', 'training_evidence']


def guard(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in [*NEW, *ANEW]:
            suffix = f" ON {table}" if on_postgres else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed{suffix}")
            if on_postgres:
                cursor.execute(
                    f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION chancery_refuse_change()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} BEGIN "
                    f"SELECT RAISE(ABORT, 'rows of {table} are added, never changed'); END"
                )


def unguard(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in NEW:
            suffix = f" ON {table}" if on_postgres else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed{suffix}")


class Migration(migrations.Migration):
    dependencies = [("training", "0005_corrections")]

    operations = [migrations.RunPython(guard, unguard)]
