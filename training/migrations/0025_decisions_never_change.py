"""Decisions on late answers may only be added, as grades, whose table was altered."""

from django.db import migrations

TABLES = ["training_latedecision", "training_decidedanswer", "training_grade"]


def guard(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
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
        for table in TABLES[:2]:
            suffix = f" ON {table}" if on_postgres else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed{suffix}")


class Migration(migrations.Migration):
    dependencies = [("training", "0024_late_answers_that_count")]

    operations = [migrations.RunPython(guard, unguard)]
