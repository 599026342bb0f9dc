"""What was loaded from a file may only be added, as the responses it belongs to."""

from django.db import migrations

TABLE = "training_loadedanswer"


def guard(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} "
                "FOR EACH ROW EXECUTE FUNCTION chancery_refuse_change()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} BEGIN "
                f"SELECT RAISE(ABORT, 'rows of {TABLE} are added, never changed'); END"
            )


def unguard(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        suffix = f" ON {TABLE}" if on_postgres else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_fixed{suffix}")


class Migration(migrations.Migration):
    dependencies = [("training", "0022_loaded_answers")]

    operations = [migrations.RunPython(guard, unguard)]
