"""On which terms an attempt is sat: window, release and network. Pure.

An attempt keeps them, so that every page knows them without asking the cohort. What is as usual
is left out of the record: most attempts keep nothing. Once it is handed in they never change; what
is set later about the release of its result is kept beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from curriculum.quizzes.release import USUAL, Matrix
from training.attempts.rules import ANY_TIME, Window


@dataclass(frozen=True, slots=True)
class InForce:
    """`networks` are address ranges as `192.0.2.0/24`; empty lets anybody in."""

    window: Window = ANY_TIME
    release: Matrix = USUAL
    networks: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """For the attempt. Moments are in UTC."""
        found: dict[str, object] = {}
        if self.window.opens_at is not None:
            found["opens"] = self.window.opens_at.isoformat()
        if self.window.closes_at is not None:
            found["closes"] = self.window.closes_at.isoformat()
        if self.release != USUAL:
            found["release"] = self.release.as_dict()
        if self.networks:
            found["networks"] = list(self.networks)
        return found

    def about_release(self) -> InForce:
        """What of them is about the release of a result: when, and which window it waits for."""
        return replace(self, networks=())

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> InForce:
        """The inverse of `as_dict`."""
        if not value:
            return AS_USUAL
        return cls(
            Window(_moment(value.get("opens")), _moment(value.get("closes"))),
            Matrix.from_dict(value["release"]) if "release" in value else USUAL,
            tuple(value.get("networks", ())),
        )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


AS_USUAL = InForce()
