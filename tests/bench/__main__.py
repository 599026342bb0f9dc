"""What the main pages cost, beside a bare Django in the same minute.

    python -m tests.bench [--quick] [--database sqlite|postgresql]

Nothing is asserted: the figures are for reading. A ratio is the page's p50 over that of the floor
of its kind, taken in turns with it, so that a busy machine slows both alike: a GET against one row
read by its key and put into a small template, a POST against one insert, a start against both.

There are two floors (`floor.py`), each served as the site is: `bare` has no middleware at all, and
`startproject` has that of a new Django project. The budgets were laid down against the second, so
`ratio` and whether the budget is kept are read against it; `bare` is told beside it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests import postgres, serving
from tests.bench import report
from tests.bench.acts import Floor, School, Sitting
from tests.bench.measuring import Act, Series, at_once, in_turns
from tests.bench.weight import weigh
from tests.visitor import Answer

CLIENTS = 8
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "CHANCERY_LOG_LEVEL": "ERROR"}
FLOOR = "tests.bench.floor:application"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done: trainees in the large and the small school, sitters, acts of each page."""

    large: int
    small: int
    sitters: int
    acts: int


FULL = Size(large=2_000, small=40, sitters=120, acts=200)
QUICK = Size(large=200, small=40, sitters=24, acts=40)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. `rate` is acts a second with eight clients."""

    name: str
    seen: Series
    floor: Series
    bare: Series
    rate: float
    floor_rate: float

    @property
    def ratio(self) -> float:
        return self.seen.p50 / self.floor.p50


@dataclass(frozen=True, slots=True)
class Served:
    """A seeded site and both floors, each on a database of its own and of the same kind.

    `env` is what the site was started with.
    """

    site: School
    floor: Floor
    bare: Floor
    env: dict[str, str]


@contextmanager
def school(database: str, trainees: int, sitters: int) -> Iterator[Served]:
    """All three, served alike for as long as the block lasts."""
    with ExitStack() as opened:
        folders = [Path(opened.enter_context(tempfile.TemporaryDirectory())) for _ in range(3)]
        urls = ["", "", ""]
        if database == "postgresql":
            cluster = opened.enter_context(postgres.cluster())
            urls = [cluster.url(), *map(cluster.create_database, ("floor", "bare"))]
        site, floor, bare = (
            serving.environment(folder, url, **SETTINGS)
            for folder, url in zip(folders, urls, strict=True)
        )
        floor["FLOOR"] = "startproject"
        serving.prepare(site)
        words = ["-m", "tests.bench.seeding", str(trainees), str(sitters)]
        people = json.loads(serving.run(site, *words))
        for one in (floor, bare):
            serving.run(one, "-m", "tests.bench.floor")
        ports = [opened.enter_context(serving.served(one, FLOOR)) for one in (floor, bare)]
        served = School(opened.enter_context(serving.served(site)), people)
        yield Served(served, *map(Floor, ports), env=site)


# What an act is measured against: one of a floor's own acts.
Base = Callable[[Floor, int], Sequence[Answer]]


class Bench:
    """Takes each act in turns with its floors, then with eight clients."""

    def __init__(self, size: Size, served: Served) -> None:
        self.size = size
        self.floors: Sequence[Floor] = (served.floor, served.bare)
        self.lines: list[Line] = []

    def visited_by(self, people: int) -> None:
        """From here on the floors have as many visitors as the acts have."""
        self.floors = tuple(one.of(people) for one in self.floors)

    def page(self, name: str, act: Act) -> None:
        """A page that may be looked at as often as one likes."""
        self.take(name, act, Floor.read, self.size.acts)

    def take(self, name: str, act: Act, base: Base, times: int, more: Act | None = None) -> None:
        """`more` goes on where `act` ended, if an act can be done only once."""
        for warm in () if more else range(CLIENTS):
            act(warm)
        floor, bare = (partial(base, one) for one in self.floors)
        series = in_turns([act, floor, bare], times)
        rate = at_once(more or act, CLIENTS, times)
        self.lines.append(Line(name, *series, rate, at_once(floor, CLIENTS, times)))

    def once(self, name: str, act: Act, base: Base, times: int) -> None:
        """An act that can be done once for each number: the first half alone, the rest at once."""
        self.take(name, act, base, times, more=lambda number: act(times + number))


def measure(size: Size, served: Served) -> list[Line]:
    """Every main page at the large school."""
    bench, site = Bench(size, served), served.site
    past, people = site.people["past"], site.people
    bench.page("sign-in page", site.page("nobody", SIGN_IN))
    bench.take("sign in", site.sign_in, Floor.insert, size.acts // 4)
    course = site.course(past)
    bench.page("today", site.page(past, "/learn/"))
    bench.page("course", site.page(past, course))
    bench.page("lesson", site.page(past, f"{course}lessons/{people['lesson']}/"))
    bench.page("before a quiz", site.page(past, f"{course}quizzes/{people['quiz']}/"))
    sitting = Sitting(site, people["fresh"])
    half = len(sitting.names) // 2
    sitting.come()
    bench.visited_by(len(sitting.names))
    bench.once("start a quiz, and its page", sitting.start, Floor.insert_and_read, half)
    times = len(sitting.names) * site.questions // 2
    bench.once("question", sitting.question, Floor.read, times)
    sitting.fill_in()
    bench.once("save an answer", sitting.save, Floor.insert, times)
    bench.once("hand in ten answers", sitting.hand_in, Floor.insert, half)
    bench.page("result of ten", sitting.result)
    bench.visited_by(1)
    tables(bench, site)
    return bench.lines


def tables(bench: Bench, site: School) -> None:
    """The pages that show many people."""
    bench.page("teach: home", site.page("ines", "/teach/"))
    cohort = f"/teach/cohorts/{site.people['cohort']}/"
    bench.page("teach: cohort", site.page("ines", cohort))
    bench.page("teach: statistics", site.page("ines", f"{cohort}statistics/"))
    quiz = f"{cohort}statistics/{site.people['quiz']}/"
    bench.page("teach: questions of a quiz", site.page("ines", quiz))
    bench.page("oversee: home", site.page("ada", "/oversee/"))
    bench.page("oversee: unit", site.page("ada", f"/oversee/units/{site.people['unit']}/"))
    bench.page("oversee: people", site.page("ada", "/oversee/people/"))


SIGN_IN = "/accounts/login/"


def run(size: Size, database: str) -> None:
    """Measure on one kind of database and print what was seen."""
    with school(database, size.large, size.sitters) as served:
        lines, site = measure(size, served), served.site
        print(report.main_table(database, size.large, lines))
        past = site.people["past"]
        pages = {
            "sign-in page": (site.tab("nobody"), SIGN_IN),
            "today": (site.tab(past), "/learn/"),
            "lesson": (site.tab(past), f"{site.course(past)}lessons/{site.people['lesson']}/"),
            "cohort": (site.tab("ines"), f"/teach/cohorts/{site.people['cohort']}/"),
        }
        weights = {name: weigh(visitor, path) for name, (visitor, path) in pages.items()}
        print(report.weight_table(weights))
    with school(database, size.small, 1) as served:
        bench = Bench(size, served)
        tables(bench, served.site)
        print(report.growth_table(size.small, bench.lines, size.large, lines))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small numbers, for a first look")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="one of the two only")
    told = parser.parse_args()
    size = QUICK if told.quick else FULL
    for database in [told.database] if told.database else ["sqlite", "postgresql"]:
        try:
            run(size, database)
        except postgres.NotInstalled as error:
            print(f"{database}: left out, {error}")


if __name__ == "__main__":
    main()
