"""The database itself notes who is to be counted anew, whatever changes a row, and everybody at first.

On SQLite a table that is altered is made anew: its triggers go with it, and those of other tables
that name it stop the change. A migration that alters one of these, or `training_tocount`, must
`forget` all of these triggers before and `watch` again afterwards.
"""

from django.db import migrations

# Of each table: the person a row is about, and what of it a headcount goes by. Whose an enrolment or
# a progress is never changes.
OF_PROGRESS = "(SELECT trainee_id FROM training_enrolment WHERE id = {row}.enrolment_id)"
WATCHED = {
    "training_person": (
        "{row}.id",
        ("unit_id", "is_active", "last_login"),
        ("{row}.unit_id", "{row}.is_active", "({row}.last_login IS NULL)"),
    ),
    "training_enrolment": (
        "{row}.trainee_id",
        ("state", "cohort_id"),
        ("{row}.state", "{row}.cohort_id"),
    ),
    "training_courseprogress": (OF_PROGRESS, ("state",), ("{row}.state",)),
}


def conditions(values, differs):
    return " OR ".join(
        f"{one.format(row='OLD')} {differs} {one.format(row='NEW')}" for one in values
    )


def watch(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    make = on_postgresql if on_postgres else on_sqlite
    for table, (person, columns, values) in WATCHED.items():
        for sentence in make(table, person, columns, values):
            schema_editor.execute(sentence, params=None)


def note_everybody(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO training_tocount (person) SELECT id FROM training_person", params=None
    )


def on_postgresql(table, person, columns, values):
    for row, back in (("NEW", "NEW"), ("OLD", "OLD")):
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_counts_{row.lower()}() RETURNS trigger AS $$ "
            "BEGIN INSERT INTO training_tocount (person) "
            f"SELECT found.person FROM (SELECT {person.format(row=row)} AS person) found "
            f"WHERE found.person IS NOT NULL; RETURN {back}; END; $$ LANGUAGE plpgsql"
        )
    new, old = (f"EXECUTE FUNCTION {table}_counts_{row}()" for row in ("new", "old"))
    yield f"CREATE TRIGGER {table}_counts_added AFTER INSERT ON {table} FOR EACH ROW {new}"
    yield f"CREATE TRIGGER {table}_counts_removed AFTER DELETE ON {table} FOR EACH ROW {old}"
    yield (
        f"CREATE TRIGGER {table}_counts_changed AFTER UPDATE OF {', '.join(columns)} ON {table} "
        f"FOR EACH ROW WHEN ({conditions(values, 'IS DISTINCT FROM')}) {new}"
    )


def on_sqlite(table, person, columns, values):
    def noting(row):
        return (
            "BEGIN INSERT INTO training_tocount (person) "
            f"SELECT found.person FROM (SELECT {person.format(row=row)} AS person) found "
            "WHERE found.person IS NOT NULL; END"
        )

    yield f"CREATE TRIGGER {table}_counts_added AFTER INSERT ON {table} {noting('NEW')}"
    yield f"CREATE TRIGGER {table}_counts_removed AFTER DELETE ON {table} {noting('OLD')}"
    yield (
        f"CREATE TRIGGER {table}_counts_changed AFTER UPDATE OF {', '.join(columns)} ON {table} "
        f"WHEN {conditions(values, 'IS NOT')} {noting('NEW')}"
    )


def forget(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for table in WATCHED:
        for what in ("added", "removed", "changed"):
            suffix = f" ON {table}" if on_postgres else ""
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {table}_counts_{what}{suffix}", params=None
            )
        for row in ("new", "old") if on_postgres else ():
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_counts_{row}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("training", "0030_headcounts")]

    operations = [
        migrations.RunPython(watch, forget),
        migrations.RunPython(note_everybody, migrations.RunPython.noop),
    ]
