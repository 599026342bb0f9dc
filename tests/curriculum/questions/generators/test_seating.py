"""Who sits where: tables laid by hand."""

import re

import pytest

from curriculum.questions.generators.seating import (
    RANKS,
    Diner,
    Tie,
    by_rank,
    mistaken,
    plan,
    seats,
)

GUEST = re.compile(r"([A-Z])([AN])(\d)([oh]*)")

# A guest is a letter, Army or Navy, the number of the NATO code, o: of the host's own State, h:
# guest of honour. Then the order of precedence, expected.
ORDERS = [
    ("PA5 QA6 RA7", "R Q P"),
    ("PA2 QA3 RA4 SA5", "S R Q P"),
    ("PN9 QA8 RN7 SA6", "P Q R S"),
    ("PN5 QA2 RA4 SA3", "P R S Q"),
    ("PN2 QA3 RN4 SA5", "S R Q P"),
    ("PN3 QA4 RN2 SA6", "S Q P R"),
    ("PA6o QN6 RA5 SA4", "Q P R S"),
    ("PA6 QN6o RA5 SA4", "P Q R S"),
    ("PA5o QN5 RA6 SA2", "R Q P S"),
    ("PA9o QN9 RA8o SN8", "Q P S R"),
    ("PA2h QA9 RA8 SA7", "P Q R S"),
    ("PA2 QA9 RA8 SA7h", "S Q R P"),
    ("PA5h QN5 RA6 SA6o", "P R S Q"),
    ("PA5oh QN5 RA6 SA6o", "P R S Q"),
    ("PN5h QA5 RN6 SA2", "P R Q S"),
    ("PA3oh QA4 RA4o SA9", "P S Q R"),
    ("PA6o QA6 RN5 SA3 TA8 UN9h VA4 WN2", "U T Q P R V S W"),
    ("PA7o QA7 RN5h SA2 TN9 UA8 VN6 WA3", "R T U Q P V W S"),
    ("PA4 QN4o RN5 SN3h TN8 UN2 VN9 WN7", "S V T W R P Q U"),
    ("PA2 QA3 RA4 SA5 TA6 UA7 VA8 WA9", "W V U T S R Q P"),
]
# One host, facing south at the middle of the north side, with letters from west to east: A B host
# C D, or A B C D host E F G H. Expected: who sits in A, B, C, D and so on.
ONE_HOST = [
    ("PA9 QA8 RA7 SA6", "R P Q S"),
    ("PA6 QA7 RA8 SA9", "Q S R P"),
    ("PA2h QA9 RA8 SA7", "R P Q S"),
    ("PA9 QA2h RA8 SA7", "R Q P S"),
    ("PA6o QN6 RA5 SA4", "R Q P S"),
    ("PA6 QN6o RA5 SA4", "R P Q S"),
    ("PN5 QA2 RA4 SA3", "S P R Q"),
    ("PN5 QA2h RA4 SA3", "R Q P S"),
    ("PA5o QN5 RA6 SA2", "P R Q S"),
    ("PA5o QN5 RA6h SA9", "Q R S P"),
    ("PA3 QA3o RN5h SA2", "Q R P S"),
    ("PN9h QA9 RA9o SA8", "R P Q S"),
    ("PA2 QA3 RA4 SA5 TA6 UA7 VA8 WA9", "Q S U W V T R P"),
    ("PA6o QA6 RN5 SA3 TA8 UN9h VA4 WN2", "S R Q U T P V W"),
    ("PA7o QA7 RN5h SA2 TN9 UA8 VN6 WA3", "W P U R T Q V S"),
    ("PA4 QN4o RN5 SN3h TN8 UN2 VN9 WN7", "Q R T S V W P U"),
]
# A co-host facing the host. North: A host B; south, where the co-host faces north: C co-host D. Or
# A B host C D and E F co-host G H.
FACING = [
    ("PA9 QA8 RA7 SA6", "P R S Q"),
    ("PA6 QA7 RA8 SA9", "S Q P R"),
    ("PA2h QA9 RA8 SA7", "P R S Q"),
    ("PA9 QA2h RA8 SA7", "Q R S P"),
    ("PA6o QN6 RA5 SA4", "Q R S P"),
    ("PA6 QN6o RA5 SA4", "P R S Q"),
    ("PN5 QA2 RA4 SA3", "P S Q R"),
    ("PN5 QA2h RA4 SA3", "Q R S P"),
    ("PA5o QN5 RA6h SA9", "R Q P S"),
    ("PA3 QA3o RN5h SA2", "R Q S P"),
    ("PN9h QA9 RA9o SA8", "P R S Q"),
    ("PA5oh QN5 RA6 SA6o", "P S Q R"),
    ("PA2 QA3 RA4 SA5 TA6 UA7 VA8 WA9", "S W U Q P T V R"),
    ("PA6o QA6 RN5 SA3 TA8 UN9h VA4 WN2", "R U Q S W P T V"),
    ("PA7o QA7 RN5h SA2 TN9 UA8 VN6 WA3", "P R U W S Q T V"),
    ("PA4 QN4o RN5 SN3h TN8 UN2 VN9 WN7", "R S T Q U W V P"),
]
TABLES = [(False, *each) for each in ONE_HOST] + [(True, *each) for each in FACING]


def diners(text):
    return [
        Diner(
            name,
            "Kestria" if "o" in marks else "Orlund",
            {"A": "Army", "N": "Navy"}[service],
            int(code),
            "o" in marks,
            "h" in marks,
        )
        for name, service, code, marks in (GUEST.fullmatch(each).groups() for each in text.split())
    ]


def from_west(seated):
    return " ".join(name for name, _ in sorted(seated.items(), key=lambda each: each[1]))


def test_there_are_fifty_cases():
    assert len(ORDERS) + len(TABLES) >= 50


@pytest.mark.parametrize(("listed", "expected"), ORDERS)
def test_guests_rank_by_honour_code_and_then_foreign_before_own(listed, expected):
    assert " ".join(one.name for one in by_rank(diners(listed))) == expected


@pytest.mark.parametrize(("facing", "listed", "expected"), TABLES)
def test_each_guest_has_the_seat_of_the_convention(facing, listed, expected):
    assert from_west(plan(diners(listed), facing)) == expected


@pytest.mark.parametrize("listed", ["PA5 QN5 RA6", "PA5o QN5o RA6", "PA3h QA3h RA4"])
def test_two_who_rank_alike_are_a_tie(listed):
    with pytest.raises(Tie):
        by_rank(diners(listed))


def test_the_hosts_right_is_west_and_the_co_hosts_is_east():
    assert seats(4, facing=True)[:2] == ["A", "D"]
    assert seats(4, facing=False)[:2] == ["B", "C"]


@pytest.mark.parametrize(
    ("name", "facing", "listed", "expected"),
    [
        ("left-for-right", False, "PA9 QA8 RA7 SA6", "S Q P R"),
        ("left-for-right", True, "PA9 QA8 RA7 SA6", "R P Q S"),
        ("no-turn-across-the-table", True, "PA9 QA8 RA7 SA6", "P R Q S"),
        ("one-captain-for-the-other", False, "PN5 QA4 RA9 SA3", "S R Q P"),
        ("own-officers-first", False, "PA6o QN6 RA5 SA4", "R P Q S"),
        ("rank-before-honour", False, "PA2h QA9 RA8 SA7", "S Q R P"),
    ],
)
def test_each_mistake_leads_to_its_own_plan(name, facing, listed, expected):
    assert from_west(mistaken(diners(listed), facing)[name]) == expected


def test_a_captain_is_of_two_in_the_army_and_of_five_in_the_navy():
    assert RANKS["Army"][2] == RANKS["Navy"][5] == "Captain"
    assert {service: len(ranks) for service, ranks in RANKS.items()} == {"Army": 8, "Navy": 8}
