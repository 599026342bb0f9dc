"""Do the pages that show many people cost the same in a ministry as in a school?

    python -m tests.bench.ministry [--people 100000]

On PostgreSQL. A school of 200 trainees in one cohort is measured; then 100,000 people in a thousand
cohorts of a hundred are added, and it is measured again. The ratio of the two ratios to the floor
is the figure; nothing is asserted.
"""

from __future__ import annotations

import argparse

from tests import serving
from tests.bench import report
from tests.bench.__main__ import Bench, Line, Served, Size, school, tables

SCHOOL = Size(large=200, small=200, sitters=1, acts=100)


def measure(served: Served) -> list[Line]:
    bench = Bench(SCHOOL, served)
    tables(bench, served.site)
    return bench.lines


def table(before: list[Line], people: int, after: list[Line]) -> str:
    head = ["page", "statements", "KB", "p50 ms, 200", f"p50 ms, {people:,}", "ratio"]
    rows = [
        [
            one.name,
            f"{one.seen.statements} / {other.seen.statements}",
            f"{one.seen.raw / 1024:.1f} / {other.seen.raw / 1024:.1f}",
            f"{one.seen.p50:.1f}",
            f"{other.seen.p50:.1f}",
            f"{other.ratio / one.ratio:.2f}",
        ]
        for one, other in zip(before, after, strict=True)
    ]
    said = "The ratio is that of the two ratios to the floor, each taken in its own run."
    return f"\n## A ministry\n\n{said}\n\n{report.table(head, rows)}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ministry", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    with school("postgresql", SCHOOL.large, SCHOOL.sitters) as served:
        before = measure(served)
        serving.run(served.env, "-m", "tests.bench.many_people", str(people))
        after = measure(served)
        print(report.main_table("postgresql", people, after))
        print(table(before, people, after))


if __name__ == "__main__":
    main()
