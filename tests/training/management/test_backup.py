"""One command copies the database into one file; the fault run restores such copies."""

import sqlite3
import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from training.accounts.models import Person
from training.management.commands import backup

pytestmark = pytest.mark.django_db(transaction=True)


def names_in(file):
    """The sign-in names in a copy."""
    table = Person._meta.db_table
    if connection.vendor == "sqlite":
        with sqlite3.connect(file) as copy:
            return [name for (name,) in copy.execute(f"SELECT username FROM {table}")]
    words = ["pg_restore", "--data-only", "--table", table, "--file", "-", str(file)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return [name for name in Person.objects.values_list("username", flat=True) if name in told]


def test_a_copy_is_a_database_of_its_own(thea, tmp_path, capsys):
    file = tmp_path / "chancery.copy"
    call_command("backup", str(file))
    assert f"Copied to {file}" in capsys.readouterr().out
    assert thea.username in names_in(file)
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_mode & 0o077 == 0


def test_what_stands_already_is_left_alone(tmp_path):
    file = tmp_path / "chancery.copy"
    file.write_text("of yesterday")
    with pytest.raises(CommandError, match="exists already; nothing was copied"):
        call_command("backup", str(file))
    with pytest.raises(CommandError, match="is not a folder; nothing was copied"):
        call_command("backup", str(tmp_path / "nowhere" / "chancery.copy"))
    assert file.read_text() == "of yesterday"


def test_of_two_at_once_one_is_whole_and_the_other_is_told(thea, tmp_path, monkeypatch):
    file = tmp_path / "chancery.copy"
    copy, others = backup._copy, [backup.Command()]

    def overtaken(part):
        copy(part)
        if others:
            call_command(others.pop(), str(file))
            # What the other one wrote, not to be written over.
            file.chmod(0o400)

    monkeypatch.setattr(backup, "_copy", overtaken)
    with pytest.raises(CommandError, match="exists by now; nothing was copied"):
        call_command("backup", str(file))
    assert file.stat().st_mode & 0o777 == 0o400
    assert thea.username in names_in(file)
    assert list(tmp_path.iterdir()) == [file]


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setattr(
            "training.management.commands.backup.connection.vendor", "postgresql", raising=False
        )
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="pg_dump is not on this machine"):
        call_command("backup", str(tmp_path / "chancery.copy"))
    assert list(tmp_path.iterdir()) == []


def test_what_the_database_refuses_is_told(tmp_path, monkeypatch):
    file = tmp_path / "chancery.copy"
    if connection.vendor == "sqlite":
        # A write that is going on in this very connection stands in the way.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
        cleared = connection.rollback
    else:
        monkeypatch.setitem(connection.settings_dict, "NAME", "no such database")
        cleared = monkeypatch.undo
    try:
        with pytest.raises(CommandError, match="could not be copied"):
            call_command("backup", str(file))
    finally:
        cleared()
    assert list(tmp_path.iterdir()) == []
