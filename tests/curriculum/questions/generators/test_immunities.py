"""Person by matter: what the Conventions of 1961 and 1963 say, written out by hand."""

import pytest

from curriculum.questions.generators.protection import Matter, Person, ruling

MATTERS = [
    Matter.CRIME_ON_DUTY,
    Matter.CRIME_OFF_DUTY,
    Matter.CIVIL_ON_DUTY,
    Matter.CIVIL_OFF_DUTY,
    Matter.LAND,
    Matter.ARREST,
    Matter.GRAVE,
    Matter.WITNESS,
    Matter.RESIDENCE,
    Matter.BAGGAGE,
    Matter.CUSTOMS,
]
# For each person, in the order of MATTERS: + protected or - not, and the article; ? where the
# text leaves room and nothing is asked.
TABLE = {
    Person.DIPLOMAT: (
        "VCDR",
        "+31(1) +31(1) +31(1) +31(1) -31(1)(a) +29 +29 +31(2) +30(1) +36(2) +36(1)(b)",
    ),
    Person.FAMILY: (
        "VCDR",
        "? +37(1) ? +37(1) -37(1) +37(1) +37(1) +37(1) +37(1) +37(1) +37(1)",
    ),
    Person.TECHNICAL: (
        "VCDR",
        "+37(2) +37(2) +37(2) -37(2) -37(2) +37(2) +37(2) +37(2) +37(2) -37(2) -37(2)",
    ),
    Person.SERVICE: (
        "VCDR",
        "+37(3) -37(3) +37(3) -37(3) -37(3) -37(3) -37(3) -37(3) -37(3) -37(3) -37(3)",
    ),
    Person.SERVANT: (
        "VCDR",
        "? -37(4) ? -37(4) -37(4) -37(4) -37(4) -37(4) ? -37(4) -37(4)",
    ),
    Person.HOST_DIPLOMAT: (
        "VCDR",
        "+38(1) -38(1) +38(1) -38(1) -38(1) -38(1) -38(1) -38(1) -38(1) -38(1) -38(1)",
    ),
    Person.HOST_STAFF: (
        "VCDR",
        "? -38(2) ? -38(2) -38(2) -38(2) -38(2) -38(2) -38(2) -38(2) -38(2)",
    ),
    Person.COURIER: ("VCDR", "? ? ? ? ? +27(5) +27(5) ? ? ? ?"),
    Person.CONSUL: (
        "VCCR",
        "+43(1) -43(1) +43(1) -43(1) -43(1) +41(1) -41(1) +44(1) -31 +50(3) +50(1)(b)",
    ),
    Person.CONSULAR_EMPLOYEE: (
        "VCCR",
        "+43(1) -43(1) +43(1) -43(1) -43(1) -41(1) -41(1) -44(1) -31 -50(3) -50(2)",
    ),
    Person.HONORARY: ("VCCR", "+58(2) -58 +58(2) -58 -58 -58 -58 -58 -58 -58 -58"),
}
CASES = [
    (person, matter, convention, expected)
    for person, (convention, line) in TABLE.items()
    for matter, expected in zip(MATTERS, line.split(), strict=True)
]


def test_the_table_has_a_line_for_every_person_and_matter():
    assert set(TABLE) == set(Person)
    assert set(MATTERS) == set(Matter)
    assert sum(expected != "?" for *_, expected in CASES) >= 50


@pytest.mark.parametrize(("person", "matter", "convention", "expected"), CASES)
def test_a_person_is_protected_as_the_article_says(person, matter, convention, expected):
    found = ruling(person, matter)
    if expected == "?":
        assert found is None
        return
    assert found.protected == (expected[0] == "+")
    assert found.article.startswith(convention)
    assert expected[1:] in found.article
    assert found.reason.endswith(".")


def test_only_the_grave_crime_parts_a_consul_from_a_diplomat_in_arrest():
    for matter, same in ((Matter.ARREST, True), (Matter.GRAVE, False)):
        consul, diplomat = ruling(Person.CONSUL, matter), ruling(Person.DIPLOMAT, matter)
        assert (consul.protected == diplomat.protected) == same
