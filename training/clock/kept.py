"""What the processes of one machine tell each other about its clock: a small file."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from training.clock.rules import Belief

logger = logging.getLogger("chancery.clock")
BOOT = Path("/proc/sys/kernel/random/boot_id")


def boot() -> str:
    """What names this start of the machine; empty where the system has no name for it."""
    try:
        return BOOT.read_text().strip()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A belief, and the start of the machine by which its steady seconds count."""

    boot: str
    belief: Belief


class ClockFile:
    """Losing it is harmless: then the first look after it is believed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._told = False

    def read(self) -> Kept | None:
        """None where there is none, or none that can be read."""
        try:
            found = json.loads(self.path.read_text())
            return Kept(str(found["boot"]), Belief(**found["belief"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, kept: Kept) -> None:
        """Whole or not at all. Where it cannot be written, that is logged once."""
        whole = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            whole.write_text(json.dumps(asdict(kept)))
            whole.replace(self.path)
        except OSError as error:
            if not self._told:
                logger.warning("the clock's file cannot be written: %s", error)
            self._told = True
