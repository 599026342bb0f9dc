from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from curriculum.documents.fixed import ChangeRefused
from tests.factories.training import AuditEntryFactory
from training.audit import actions as audit
from training.audit.models import AuditEntry, AuditSeal

pytestmark = pytest.mark.django_db


def without_the_trigger(statement, *values):
    """Change the table as somebody would who owns the database."""
    on = " ON training_auditentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER training_auditentry_fixed{on}")
        cursor.execute(statement, values)


def sealed(*counts):
    """Seals over that many entries each; returns all entries."""
    entries = []
    for count in counts:
        entries += AuditEntryFactory.create_batch(count, detail={"reason": "agrément", "n": 1.5})
        call_command("seal_audit", stdout=StringIO())
    return entries


def complaint():
    with pytest.raises(CommandError) as refused:
        call_command("check_audit")
    return str(refused.value)


def test_a_whole_trail_holds(capsys):
    sealed(3, 1)
    AuditEntryFactory()
    call_command("check_audit")
    assert capsys.readouterr().out == "2 seals hold; 1 entries wait for the next one.\n"


def test_an_empty_trail_holds(capsys):
    call_command("seal_audit")
    call_command("check_audit")
    assert capsys.readouterr().out.splitlines() == [
        "Nothing new to seal.",
        "0 seals hold; 0 entries wait for the next one.",
    ]


def test_sealing_prints_the_seal_for_safe_keeping(capsys):
    AuditEntryFactory()
    call_command("seal_audit")
    assert AuditSeal.objects.get().digest in capsys.readouterr().out


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "Somebody Else"),
        ("actor_key", "00000000000000000000000000000001"),
        ("verb", "enrolled"),
        ("object_key", "another"),
        ("object_kind", "unit"),
        ("detail", '{"reason": "another"}'),
        ("at", "2020-01-01 00:00:00"),
        ("request_id", "another"),
    ],
)
def test_a_changed_entry_breaks_the_seal_over_it(column, value):
    entries = sealed(2, 3, 1)
    without_the_trigger(
        f"UPDATE training_auditentry SET {column} = %s WHERE id = %s", value, entries[3].pk
    )
    first, last = entries[2].pk, entries[4].pk
    assert f"Seal {first}-{last} of" in complaint()
    assert complaint().count("\n") == 1


def test_a_removed_entry_breaks_the_seal_over_it():
    entries = sealed(2, 3)
    without_the_trigger("DELETE FROM training_auditentry WHERE id = %s", entries[0].pk)
    assert f"Seal {entries[0].pk}-{entries[1].pk} of" in complaint()


def test_an_entry_that_was_slipped_in_breaks_the_seal_over_it():
    first = AuditEntryFactory()
    AuditEntryFactory(id=first.pk + 10)
    call_command("seal_audit")
    AuditEntryFactory(id=first.pk + 5)
    assert f"Seal {first.pk}-{first.pk + 10} of" in complaint()


def test_a_seal_made_anew_over_changed_entries_breaks_the_one_after_it():
    entries = sealed(1, 1)
    without_the_trigger("UPDATE training_auditentry SET verb = 'x' WHERE id = %s", entries[0].pk)
    digest = audit.digest_of(AuditEntry.objects.filter(pk=entries[0].pk), "")
    without = " ON training_auditseal" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER training_auditseal_fixed{without}")
        cursor.execute(
            "UPDATE training_auditseal SET digest = %s WHERE last_id = %s",
            [digest, entries[0].pk],
        )
    assert f"Seal {entries[1].pk}-{entries[1].pk} of" in complaint()


def test_a_trail_whose_end_was_cut_off_is_found_by_a_seal_that_was_kept():
    sealed(2, 2)
    kept = AuditSeal.objects.order_by("last_id").last()
    call_command("check_audit", seal=[kept.digest])
    without_the_trigger("DELETE FROM training_auditentry WHERE id >= %s", kept.first_id)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM training_auditseal WHERE id = %s", [kept.pk])
    call_command("check_audit")
    with pytest.raises(CommandError, match=kept.digest):
        call_command("check_audit", seal=[kept.digest])


def test_sealing_again_seals_only_what_is_new():
    sealed(2)
    assert audit.seal(at=AuditSeal.objects.get().at) is None
    entries = sealed(1)
    last = AuditSeal.objects.order_by("last_id").last()
    assert (last.first_id, last.last_id) == (entries[0].pk, entries[0].pk)


def test_an_entry_is_neither_changed_nor_deleted_by_the_site():
    entry = AuditEntryFactory()
    entry.verb = "another"
    for act in (entry.save, entry.delete):
        with pytest.raises(ChangeRefused):
            act()
    with pytest.raises(DatabaseError, match="added, never changed"), transaction.atomic():
        AuditEntry.objects.update(verb="another")


def test_an_entry_is_gone_with_the_act_that_failed(ada, noon):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(ada, "tried", ("nothing", "x"), at=noon)
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()
