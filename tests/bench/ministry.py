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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ministry", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    with school("postgresql", SCHOOL.large, SCHOOL.sitters) as served:
        before = measure(served)
        serving.run(served.env, "-m", "tests.bench.many_people", str(people))
        after = measure(served)
        print(report.main_table("postgresql", people, after))
        many = f"{people:,}"
        print(f"\n## A ministry\n\n{report.against_itself(before, '200', after, many)}")


if __name__ == "__main__":
    main()
