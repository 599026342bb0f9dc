"""Who is addressed how: the table, written out by hand."""

import pytest

from curriculum.questions.generators.forms_of_address import (
    FEEDBACK,
    Occasion,
    Post,
    Someone,
    form,
    mistaken,
)

A, M, X = Post.AMBASSADOR, Post.MINISTER, Post.SOLDIER_MINISTER
L, G, C, N, W = (
    Post.LIEUTENANT_GENERAL,
    Post.MAJOR_GENERAL,
    Post.COLONEL,
    Post.COMMANDER,
    Post.SPOUSE,
)
HER = ("Ms", "Her")
HIS = ("Mr", "His")

# Post, given name, surname, gender words, State; then the form in speech, in a note, on an
# envelope. None: the table has no form.
TABLE = [
    (A, "Haruka", "Senn", HER, "Orlund", "Ambassador", "Excellency",
     "Her Excellency Haruka Senn, Ambassador of Orlund"),
    (A, "Daniel", "Voss", HIS, "Tavisk", "Ambassador", "Excellency",
     "His Excellency Daniel Voss, Ambassador of Tavisk"),
    (A, "Idris", "Tal", HIS, "Belmora", "Ambassador", "Excellency",
     "His Excellency Idris Tal, Ambassador of Belmora"),
    (M, "Pavel", "Tal", HIS, "Kestria", "Minister", "Excellency",
     "His Excellency Pavel Tal, Minister of Defence of Kestria"),
    (M, "Vera", "Orr", HER, "Sarremar", "Minister", "Excellency",
     "Her Excellency Vera Orr, Minister of Defence of Sarremar"),
    (M, "Nadia", "Ilek", HER, "Halvenia", "Minister", "Excellency",
     "Her Excellency Nadia Ilek, Minister of Defence of Halvenia"),
    (X, "Tomas", "Reyes", HIS, "Orlund", "Minister", "Excellency",
     "His Excellency Tomas Reyes, Minister of Defence of Orlund"),
    (X, "Ilse", "Korr", HER, "Tavisk", "Minister", "Excellency",
     "Her Excellency Ilse Korr, Minister of Defence of Tavisk"),
    (L, "Ilse", "Korr", HER, "Orlund", "General Korr", None,
     "Lieutenant General Ilse Korr, Chief of the Army Staff"),
    (L, "Idris", "Maren", HIS, "Kestria", "General Maren", None,
     "Lieutenant General Idris Maren, Chief of the Army Staff"),
    (G, "Vera", "Voss", HER, "Tavisk", "General Voss", None,
     "Major General Vera Voss, Director of Plans"),
    (G, "Daniel", "Orr", HIS, "Halvenia", "General Orr", None,
     "Major General Daniel Orr, Director of Plans"),
    (C, "Tomas", "Orr", HIS, "Halvenia", "Colonel Orr", None,
     "Colonel Tomas Orr, Defence Attaché"),
    (C, "Haruka", "Ilek", HER, "Sarremar", "Colonel Ilek", None,
     "Colonel Haruka Ilek, Defence Attaché"),
    (N, "Pavel", "Tal", HIS, "Orlund", "Commander Tal", None,
     "Commander Pavel Tal, Naval Attaché"),
    (N, "Nadia", "Senn", HER, "Belmora", "Commander Senn", None,
     "Commander Nadia Senn, Naval Attaché"),
    (W, "Daniel", "Senn", HIS, "Orlund", "Mr Senn", None, None),
    (W, "Ilse", "Reyes", HER, "Tavisk", "Ms Reyes", None, None),
]  # fmt: skip
CASES = [
    (Someone(post, given, surname, *words, state), occasion, expected)
    for post, given, surname, words, state, *forms in TABLE
    for occasion, expected in zip(
        (Occasion.SPEECH, Occasion.NOTE, Occasion.ENVELOPE), forms, strict=True
    )
]


def test_there_are_fifty_cases_and_every_post_is_among_them():
    assert len(CASES) >= 50
    assert {someone.post for someone, _, _ in CASES} == set(Post)


@pytest.mark.parametrize(("someone", "occasion", "expected"), CASES)
def test_a_person_is_addressed_as_the_table_says(someone, occasion, expected):
    found = form(someone, occasion)
    assert (found and found.words) == expected
    if found:
        assert found.usage.endswith(".")


@pytest.mark.parametrize(("someone", "occasion", "expected"), CASES)
def test_no_mistake_gives_the_right_form(someone, occasion, expected):
    found = mistaken(someone, occasion)
    assert expected not in found.values()
    assert set(found) <= set(FEEDBACK)
    assert bool(found) == (expected is not None)


@pytest.mark.parametrize(
    ("name", "occasion", "post", "words"),
    [
        ("full-grade-in-speech", Occasion.SPEECH, L, "Lieutenant General Korr"),
        ("title-with-given-name", Occasion.SPEECH, C, "Colonel Ilse"),
        ("excellency-for-all", Occasion.SPEECH, W, "Excellency"),
        ("rank-for-office", Occasion.SPEECH, X, "General Korr"),
        ("spouse-given-the-office", Occasion.SPEECH, W, "Ambassador Korr"),
        ("dear-in-a-note", Occasion.NOTE, A, "Dear Ambassador Korr"),
        ("short-grade-on-paper", Occasion.ENVELOPE, G, "General Ilse Korr, Director of Plans"),
        ("office-left-out", Occasion.ENVELOPE, N, "Commander Ilse Korr"),
    ],
)
def test_each_mistake_leads_to_its_own_form(name, occasion, post, words):
    assert mistaken(Someone(post, "Ilse", "Korr", *HER, "Orlund"), occasion)[name] == words
