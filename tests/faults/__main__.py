"""Writers who never give up, and a site that is struck down under them.

    python -m tests.faults [--short] [--database sqlite|postgresql]

Each writer answers a running quiz as the script of the page does: one save at a time, with a key
of its own, sent again with the same key until the server says that it is saved. Meanwhile workers
are killed (-9), the whole server is restarted, and PostgreSQL is restarted without a farewell. Then
a browser loses its line for five minutes and has its saves held up, and at last two sweepers meet
the hand-ins of everybody. At the end the database is asked: every answer that was acknowledged, or
that a page promised to send, is there, once; every attempt was closed and marked once.

Prints acknowledged, stored, lost, doubled, and the longest wait. Exits with 1 if anything was lost
or doubled. The short form, which leaves the browser to the journeys, runs with the tests.
"""

from __future__ import annotations

import argparse
import sys

from tests.faults.striking import LONG, SHORT, report, strike


def main(words: list[str]) -> int:
    """Run and print one table; answer with the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    asked = parser.parse_args(words)
    databases = [asked.database] if asked.database else ["sqlite", "postgresql"]
    outcomes = [strike(database, SHORT if asked.short else LONG) for database in databases]
    print(report(outcomes))
    return int(not all(one.sound for one in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
