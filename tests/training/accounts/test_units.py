"""The tree of units and who answers for its branches."""

import pytest

from training.accounts import units
from training.accounts.models import Appointment, Unit
from training.audit.models import AuditEntry
from training.cohorts.permissions import roles_of


def test_a_unit_stands_in_the_branch_of_its_parent(unit, other_unit, ada, noon):
    first = units.add_unit("First", "F", unit, at=noon, by=ada)
    second = units.add_unit("Second", "S", unit, at=noon, by=ada)
    below = units.add_unit("Below", "B", first, at=noon, by=ada)
    assert set(Unit.objects.branch(unit)) == {unit, first, second, below}
    assert set(Unit.objects.branch(first)) == {first, below}
    assert (unit.depth, first.depth, below.depth) == (0, 1, 2)
    assert other_unit not in Unit.objects.branch(unit)


def test_a_new_root_holds_nothing_of_the_others(unit, other_unit, ada, noon):
    root = units.add_unit("Root", "R", None, at=noon, by=ada)
    assert set(Unit.objects.branch(root)) == {root}
    assert AuditEntry.objects.get(verb="added unit").object_key == str(root.key)


def test_a_code_is_given_once(unit, ada, noon):
    with pytest.raises(units.CodeTaken):
        units.add_unit("Other", unit.code, None, at=noon, by=ada)
    assert Unit.objects.count() == 1


def test_a_tree_that_is_too_deep_is_refused(ada, noon):
    parent = None
    for depth in range(20):
        parent = units.add_unit("Deep", f"D{depth}", parent, at=noon, by=ada)
    with pytest.raises(units.TooDeep):
        units.add_unit("Deeper", "DD", parent, at=noon, by=ada)


def test_an_appointment_begins_and_ends_once(unit, sam, ada, noon):
    assert units.appoint_coordinator(sam, unit, at=noon, by=ada)
    assert not units.appoint_coordinator(sam, unit, at=noon, by=ada)
    assert roles_of(sam).coordinator
    assert units.dismiss_coordinator(sam, unit, at=noon, by=ada)
    assert not units.dismiss_coordinator(sam, unit, at=noon, by=ada)
    assert not Appointment.objects.exists()
    verbs = AuditEntry.objects.filter(object_key=str(sam.key)).values_list("verb", flat=True)
    assert list(verbs) == ["appointed coordinator", "dismissed coordinator"]
