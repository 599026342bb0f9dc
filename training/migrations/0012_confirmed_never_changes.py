"""The database itself refuses to change a confirmation: what was shown was shown."""

from django.db import migrations

TABLE = "training_confirmed"


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
    suffix = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_fixed{suffix}")


class Migration(migrations.Migration):
    dependencies = [("training", "0011_terms_of_quizzes")]

    operations = [migrations.RunPython(guard, unguard)]
