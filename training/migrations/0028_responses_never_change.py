"""Responses may only be added: their table was altered, and on SQLite its guard went with it."""

from django.db import migrations

TABLE = "training_response"


def guard(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        suffix = f" ON {TABLE}" if on_postgres else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_fixed{suffix}")
        if on_postgres:
            cursor.execute(
                f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} "
                "FOR EACH ROW EXECUTE FUNCTION chancery_refuse_change()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} BEGIN "
                f"SELECT RAISE(ABORT, 'rows of {TABLE} are added, never changed'); END"
            )


class Migration(migrations.Migration):
    dependencies = [("training", "0027_certainty")]

    # Backwards, what undoes 0027 makes the table anew once more, on SQLite without its guard.
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
