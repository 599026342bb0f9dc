"""Heads of mission in order of precedence: cases written out by hand, and what goes wrong."""

import re
from datetime import datetime

import pytest

from curriculum.questions.generators.ranking import Guest, Tie, Title, in_order, outcomes

STATES = {
    "H": "Halvenia",
    "K": "Kestria",
    "T": "Tavisk",
    "O": "Orlund",
    "S": "Sarremar",
    "B": "Belmora",
    "N": "Holy See",
}
TITLES = {
    "a": Title.AMBASSADOR,
    "n": Title.NUNCIO,
    "m": Title.MINISTER,
    "t": Title.EN_TITRE,
    "i": Title.AD_INTERIM,
}
GUEST = re.compile(r"([A-Z])([anmti])(\d{8})((?:[rlx]\d{8})*)")

# A guest is State, title (ambassador, nuncio, minister, chargé en titre, chargé ad interim), and
# year, month, day and hour of taking up functions; then perhaps r: new credentials, l: functions in
# a lower class before, x: functions of the absent ambassador. The nuncio comes first where it says
# "first"; the order expected is that of the letters.
CASES = [
    # Dates alone (art. 16(1)).
    ("date", "Oa27050310 Ta27050311 Ba21010109", "B O T"),
    ("date", "Ha24010109 Oa23010109 Ta22010109", "T O H"),
    ("date", "Ha22010109 Oa23010109 Ta24010109", "H O T"),
    ("date", "Sa25123116 Ba26010109 Ka25010109", "K S B"),
    ("date", "Ta20022809 Ha20022909 Oa20030109", "T H O"),
    ("date", "Ka29110109 Oa29101509 Ba29092009 Ta29080809", "T B O K"),
    ("date", "Ha21050509 Ka21040509 Ta21060509 Oa21030509 Sa21070509", "O K H T S"),
    # The hour (art. 16(1)).
    ("date", "Ha28030212 Oa28030210 Ta28030209", "T O H"),
    ("date", "Oa28030209 Ha28030210 Ba28030111", "B O H"),
    ("date", "Ka28030215 Sa28030214 Ha27030216", "H S K"),
    ("date", "Ta28030209 Ba28030210 Oa28030211 Ha28030212", "T B O H"),
    ("date", "Ba28030212 Ta28030211 Ha28030210 Oa28030209", "O H T B"),
    # Classes before dates (art. 14(1)).
    ("date", "Km16010109 Oa27060109 Ha27090209", "O H K"),
    ("date", "St12010109 Km16010109 Oa27060109", "O K S"),
    ("date", "St12010109 Oa29010109 Ha28010109", "H O S"),
    ("date", "Km20010109 Bm19010109 Oa29010109", "O B K"),
    ("date", "St20010109 Bt19010109 Oa29010109", "O B S"),
    ("date", "Km10010109 St09010109 Hm11010109", "K H S"),
    ("date", "Ha29123116 Km15010109 St14010109 Oa29123115", "O H K S"),
    # New credentials (art. 16(2)).
    ("date", "Ba21010109r27070109 Oa27050310 Ta27050311", "B O T"),
    ("date", "Ha22010109r28040109 Ta23020109 Oa24031015", "H T O"),
    ("date", "Ta23020109 Ha22010109r23010109 Oa21010109", "O H T"),
    ("date", "Ha25010109r29010109 Oa26010109r28010109 Ta27010109", "H O T"),
    ("date", "Km18010109r29010109 Bm19010109 Oa29060109", "O K B"),
    ("date", "Ba24010110r28010109 Ta24010109r29010109 Oa24010111", "T B O"),
    # A change of class (arts. 14(1), 16(1)).
    ("date", "Ha28010109l19010109 Oa24010109 Ta25010109", "O T H"),
    ("date", "Ha28010109l19010109 Oa28010110 Ta28010108", "T H O"),
    ("date", "Ba27010109l18010109 Kt17010109 Oa27020109", "B O K"),
    ("date", "Ba27010109l18010109 Km17010109 Oa26020109", "O B K"),
    ("date", "Ha29010109l15010109 Oa28010109l16010109 Ta27010109l17010109", "T O H"),
    # The nuncio where his place is kept (art. 16(3)).
    ("first", "Nn28110109 Sa20010109 Ta28021409 Oa28021411", "N S T O"),
    ("first", "Sa20010109 Oa19010109 Nn29110109", "N O S"),
    ("first", "Nn18010109 Sa20010109 Oa19010109", "N O S"),
    ("first", "St12010109 Nn29010109 Oa28010109", "N O S"),
    ("first", "Km12010109 Nn29010109 St11010109", "N K S"),
    ("first", "Bi23010109x20010109 Nn29010109 Oa28010109", "N O B"),
    ("first", "Ha21010109r29010109 Nn28010109 Oa27010109l15010109 Ta26010109", "N H T O"),
    # The nuncio where he stands by his date (art. 14(1)(a)).
    ("date", "Nn28081509 Oa28060109 Ha28090209", "O N H"),
    ("date", "Nn28081509 Oa28060109 Ha28090209 Km16010109 St12010109", "O N H K S"),
    ("date", "Nn17010109 Oa18010109 Ha19010109", "N O H"),
    ("date", "Nn29010109 Oa18010109 Km12010109", "O N K"),
    ("date", "Nn28030211 Oa28030210 Ha28030212", "O N H"),
    # The chargé ad interim, listed last as the stem says (art. 19(1)).
    ("date", "Si26010109x20010109 Oa27010109 Ta28010109", "O T S"),
    ("date", "Si26010109x20010109 Kt28010109 Oa29010109", "O K S"),
    ("date", "Si16010109x15010109 Km28010109 Bt29010109", "K B S"),
    ("date", "Hi26010109x19010109 Ba21010109 Ta22010109 Oa20010109", "O B T H"),
    (
        "first",
        "Si26010109x20010109 Nn29010109 Ba21010109r28070109 Oa28050310 Ta28050311",
        "N B O T S",
    ),
    # Everything at once: class, kept practice, date, hour, new letters, ad interim.
    (
        "first",
        "Nn28100109 Ba21060109r28070109 Ha28011209 Oa28050310 Ta28050311 Si28010109x22010109",
        "N B H O T S",
    ),
    (
        "date",
        "Nn28100109 Ba21060109r28070109 Ha28011209 Oa28050310 Ta28050311 Si28010109x22010109",
        "B H O T N S",
    ),
    ("date", "Km18010109 Ha28010109l17010109 Oa28010108 St16010109 Nn28010110", "O H N K S"),
    ("first", "Km18010109 Ha28010109l17010109 Oa28010108 St16010109 Nn28010110", "N O H K S"),
    ("date", "Ti27010109x21010109 Ha22010109r29010109 Oa22010108 Bm15010109", "O H B T"),
]


def moment(digits):
    year, month, day, hour = (int(digits[at : at + 2]) for at in range(0, 8, 2))
    return datetime(2000 + year, month, day, hour)  # noqa: DTZ001 - an hour of one place


def guests(text):
    found = []
    for state, title, since, more in (GUEST.fullmatch(each).groups() for each in text.split()):
        extra = {sign: moment(digits) for sign, digits in re.findall(r"([rlx])(\d{8})", more)}
        found.append(
            Guest(
                STATES[state],
                TITLES[title],
                moment(since),
                renewed=extra.get("r"),
                lower=extra.get("l"),
                absent=extra.get("x"),
            )
        )
    return found


def letters(order):
    by_name = {name: letter for letter, name in STATES.items()}
    return " ".join(by_name[guest.state] for guest in order)


def test_there_are_fifty_cases():
    assert len(CASES) >= 50
    assert len({(practice, listed) for practice, listed, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("practice", "listed", "expected"), CASES)
def test_heads_of_mission_stand_in_the_order_of_the_convention(practice, listed, expected):
    assert letters(in_order(guests(listed), practice == "first")) == expected
    backwards = list(reversed(guests(listed)))
    assert letters(in_order(backwards, practice == "first")) == expected


@pytest.mark.parametrize(
    "listed",
    ["Oa27050310 Ta27050310 Ba21010109", "Nn27050310 Ta27050310 Ba21010109"],
)
def test_two_of_one_class_and_hour_are_a_tie(listed):
    with pytest.raises(Tie):
        in_order(guests(listed), nuncio_first=False)


def test_a_kept_place_breaks_the_tie_of_a_nuncio():
    assert letters(in_order(guests("Oa27050310 Nn27050310"), nuncio_first=True)) == "N O"


@pytest.mark.parametrize(
    ("name", "practice", "listed", "expected"),
    [
        ("dates-before-classes", "date", "Km16010109 Oa27060109 Ha27090209", "K O H"),
        ("new-credentials-restart", "date", "Ba21010109r27070109 Oa27050310 Ta27050311", "O T B"),
        ("service-in-a-lower-class-counts", "date", "Ha28010109l19010109 Oa24010109", "H O"),
        ("charge-in-the-ambassadors-chair", "date", "Si26010109x20010109 Oa27010109", "S O"),
        ("practice-on-the-nuncio-reversed", "first", "Nn29010109 Oa28010109", "O N"),
        ("practice-on-the-nuncio-reversed", "date", "Nn29010109 Oa28010109", "N O"),
        ("hour-ignored", "date", "Oa28030211 Ta28030210", "O T"),
    ],
)
def test_each_mistake_leads_to_its_own_order(name, practice, listed, expected):
    found = outcomes(guests(listed), practice == "first")
    assert letters(found[name]) == expected


def test_a_mistake_that_nobody_invites_is_not_offered():
    assert set(outcomes(guests("Oa28030211 Ta28030210"), False)) == {"hour-ignored"}
