"""The database itself refuses to change a row that may only be added.

TRUNCATE and DELETE stay possible for whoever owns the database: a purge after the retention period
is an operator's act, not the site's.
"""

from django.db import migrations

TABLES = ['training_auditentry', 'training_auditseal', 'training_lessonread', 'training_item', 'training_response', 'training_grade', 'training_evidence']

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION chancery_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'rows of %% are added, never changed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
"""


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION.replace("%%", "%"))
        for table in TABLES:
            if vendor == "postgresql":
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
    on = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            suffix = f" ON {table}" if on else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed{suffix}")


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
