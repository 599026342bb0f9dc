"""A small exercise, sound in every part, for tests to play and to break."""

from curriculum.documents.front_matter import split
from curriculum.exercises import graph
from curriculum.exercises.exercise_file import read_exercise

PATH = "tiny/exercises/the-ferry.md"

TEXT = """---
id: 7c1c3f0e-51c8-4e52-9d33-0d8a4c5a1f11
title: The ferry
summary: A ferry must leave Sant Hale before the road is cut.
minutes: 20
role: Halvenia's defence attaché
weights: draft
lessons: [consent]
scores:
  dip: {title: Diplomatic, start: 50}
  hum: {title: Humanitarian, start: 60}
flags:
  list-lost: The list of passengers was lost
sources: [vcdr 9]
---
Two hundred people wait at the quay of Sant Hale.

## The quay {#the-quay}
at: D0 23:30
within: 90
late: wait

The harbour master asks: "Who goes first?"

- [1.0] The families on the list {#families} -> the-gate
  - effect: dip +5, hum +10
  - then: They go aboard in order.
  - why: The rule was known before.
- [0.2] Whoever is strong {#strong} -> the-gate
  - effect: hum -20
  - sets: list-lost
  - then: There is a crush.
  - why: A rule that nobody knew is none.
- [0.1] Nobody yet {#wait} -> stranded
  - effect: hum -5
  - then: The tide falls.
  - why: Waiting is a decision too.

## The gate {#the-gate}
at: D1 00:10

A journalist asks for names.

- [0.3] Give him the list {#give} -> away
  - effect: dip -10
  - then: It is printed.
  - why: The names are not yours to give.
- [0.9] Send him to the spokesman {#spokesman} -> away
  - effect: dip +5
  - then: He waits.
  - why: One voice.

## Ending: Away {#away}
grade: A
least: 55
without: list-lost
otherwise: away-late

All are aboard.

## Ending: Away, late {#away-late}
grade: C

Most are aboard.

## Ending: Stranded {#stranded}
grade: E

The ferry lies in the mud.

## Debrief

- Who wrote the list?
"""


def read(text=TEXT):
    """The story and everything that is said of it."""
    sheet, problems = split(PATH, text)
    found = read_exercise(sheet)
    problems = problems + found.problems
    return found, problems or graph.faults(found.story)


def story(text=TEXT):
    found, problems = read(text)
    assert problems == []
    return found.story
