"""Who is in the demo schoolhouse: a fictional State's officers, in a fictional organisation."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "note-verbale-1815"  # noqa: S105 - of the demo, printed when it starts

UNITS = (
    # code, name, parent's code
    ("HDF", "Halvenian Defence Forces", ""),
    ("JST", "Joint Staff", "HDF"),
    ("ACO", "Army Command", "HDF"),
    ("NCO", "Naval Command", "HDF"),
    ("JST-FL", "Foreign Liaison Branch", "JST"),
    ("JST-PR", "Protocol Office", "JST"),
    ("ACO-3L", "3rd Liaison Battalion", "ACO"),
    ("ACO-HQ", "Army Headquarters Company", "ACO"),
    ("NCO-1F", "1st Frigate Squadron", "NCO"),
    ("NCO-PS", "Port Services", "NCO"),
)


@dataclass(frozen=True, slots=True)
class Staff:
    username: str
    rank: str
    name: str
    unit: str
    does: str


STAFF = (
    Staff("ada", "Lt Col", "Ada Renholt", "JST", "admin"),
    Staff("cole", "Cdr", "Cole Tavener", "NCO", "coordinator of Naval Command"),
    Staff("ines", "Maj", "Ines Moravec", "JST-FL", "instructor of Foundations 26-A, author"),
    Staff("otto", "Maj", "Otto Lindqvist", "JST-PR", "instructor of Protocol 26-B"),
    Staff("petra", "Capt", "Petra Vasarely", "ACO-3L", "instructor of both cohorts"),
)

# Rank, name, unit, and how they work: see histories.WAYS.
FOUNDATIONS = (
    ("Lt", "Thea Marsh", "JST-FL", "underway"),
    ("Capt", "Amara Okonkwo", "JST-FL", "swift"),
    ("Lt", "Jonas Albrecht", "ACO-3L", "diligent"),
    ("WO1", "Marit Solheim", "ACO-3L", "timely"),
    ("Lt", "Dario Fontane", "ACO-HQ", "struggling"),
    ("Capt", "Leila Haddad", "JST-PR", "swift"),
    ("Lt", "Tomas Novak", "ACO-3L", "silent"),
    ("Sgt Maj", "Bram de Wit", "ACO-HQ", "diligent"),
    ("Lt", "Noor Rahimi", "JST-FL", "second-try"),
    ("S Lt", "Elin Bergstrom", "NCO-1F", "steady"),
    ("Lt Cdr", "Marco Ferretti", "NCO-1F", "swift"),
    ("S Lt", "Sofia Kallas", "NCO-PS", "second-try"),
    ("CPO", "Henrik Dahl", "NCO-PS", "slow"),
    ("Lt", "Ioana Petrescu", "ACO-HQ", "timely"),
    ("Capt", "Kwame Boateng", "ACO-3L", "struggling"),
    ("Lt", "Freya Lindgaard", "JST-FL", "diligent"),
    ("WO2", "Pavel Hruska", "ACO-HQ", "absent"),
    ("Lt", "Yara Mansour", "JST-PR", "steady"),
    ("S Lt", "Luca Bianchi", "NCO-1F", "slow"),
    ("Lt", "Aisha Karim", "JST-FL", "swift"),
    ("CPO", "Gustav Holm", "NCO-1F", "silent"),
    ("Sgt Maj", "Mira Kovac", "ACO-3L", "second-try"),
)
PROTOCOL = (
    ("Lt", "Samir Qadri", "JST-PR", "steady"),
    ("Capt", "Clara Winther", "JST-PR", "versed"),
    ("S Lt", "Anton Varga", "NCO-PS", "steady"),
    ("Lt", "Beatriz Lobo", "NCO-1F", "second-try"),
    ("Lt Cdr", "Rolf Steiner", "NCO-1F", "underway"),
    ("CPO", "Ilse Brandt", "NCO-PS", "struggling"),
    ("Lt", "Nils Aaberg", "ACO-HQ", "slow"),
    ("Capt", "Farah Aziz", "JST-FL", "swift"),
    ("Lt", "Mateus Rocha", "ACO-3L", "versed"),
    ("S Lt", "Katya Orlova", "NCO-1F", "silent"),
    ("WO1", "Declan Byrne", "ACO-HQ", "assessed"),
    ("Lt", "Hana Suzuki", "JST-PR", "steady"),
    ("Lt", "Emil Jansson", "NCO-PS", "absent"),
    ("Capt", "Zeynep Aydin", "ACO-3L", "second-try"),
    ("S Lt", "Rafael Costa", "NCO-1F", "slow"),
    ("Sgt Maj", "Vera Dubois", "ACO-HQ", "steady"),
    ("Lt", "Oskar Nyman", "JST-FL", "new"),
    ("Lt", "Grace Mbeki", "JST-PR", "invited"),
)


def username_of(name: str) -> str:
    """`Thea Marsh` signs in as `thea.marsh`."""
    return ".".join(name.lower().split()).replace("'", "")


def usernames() -> list[str]:
    """Everybody of the demo."""
    trainees = [username_of(name) for _rank, name, _unit, _way in FOUNDATIONS + PROTOCOL]
    return [one.username for one in STAFF] + trainees
