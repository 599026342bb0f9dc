"""What the tables hold of the people named in a roster, as far as whoever enrols may see them."""

from __future__ import annotations

from django.db.models.functions import Lower

from training.accounts.models import Person, Unit
from training.cohorts.models import Cohort, Enrolment
from training.cohorts.roster import Known, KnownPerson, Table, derived_usernames


def known_for(table: Table, cohort: Cohort, by: Person) -> Known:
    """Four queries, one more for a coordinator: units, people, the enrolled, usernames."""
    units = {unit.pk: unit.code for unit in Unit.objects.coordinated_by(by)}
    numbers: set[str] = set()
    names: set[str] = set()
    for _line, cells in table.rows:
        values = table.values(cells)
        numbers.add(values["service_number"])
        names.update((values["username"].casefold(), *derived_usernames(values["service_number"])))
    found = list(Person.objects.filter(service_number__in=numbers))
    enrolled = set(
        Enrolment.objects.active()
        .filter(cohort=cohort, trainee__in=[person.pk for person in found])
        .values_list("trainee", flat=True)
    )
    taken = Person.objects.annotate(folded=Lower("username")).filter(folded__in=names)
    return Known(
        people={
            str(person.service_number): KnownPerson(
                name=person.name,
                rank=person.rank,
                email=person.email,
                username=person.username,
                unit=units.get(person.unit_id or 0, ""),
                active=person.is_active,
                enrolled=person.pk in enrolled,
                elsewhere=not by.is_admin and person.unit_id not in units,
            )
            for person in found
        },
        usernames=frozenset(taken.values_list("folded", flat=True)),
        units={code.casefold(): code for code in units.values()},
        own_unit=units.get(cohort.unit_id or 0, ""),
    )
