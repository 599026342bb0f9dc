"""The fictional States in which judgement is trained, and their capitals."""

from __future__ import annotations

from typing import Final

CAPITALS: Final = {
    "Kestria": "Port Ansel",
    "Tavisk": "Druvo",
    "Sarremar": "Quellay",
}
STATES: Final = ("Halvenia", "Kestria", "Tavisk", "Orlund", "Sarremar", "Belmora")
PEOPLE: Final = {
    "Halvenia": "Halvenian",
    "Kestria": "Kestrian",
    "Tavisk": "Tavisk",
    "Orlund": "Orlund",
    "Sarremar": "Sarremar",
    "Belmora": "Belmora",
}


def slug(words: str) -> str:
    """The words as an id: lowercase, with hyphens."""
    return "-".join(words.casefold().split())
