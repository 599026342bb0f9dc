"""All generators by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from curriculum.questions.generators import (
    forms_of_address,
    immunities,
    precedence,
    seating,
    time_zones,
)
from curriculum.questions.generators.made import Generator, Made, Options

GENERATORS: Final[Mapping[str, Generator]] = {
    "precedence": precedence,
    "forms_of_address": forms_of_address,
    "immunities": immunities,
    "seating": seating,
    "time_zones": time_zones,
}


def generate(name: str, seed: int, options: Options) -> Made:
    """The question of this seed. Raises KeyError for an unknown generator, and NoQuestion."""
    return GENERATORS[name].generate(seed, options)
