"""Does a page cost the same when ten million answers are stored, and papers are four times as long?

    python -m tests.bench.much [--trainees 200] [--stored 10000000]

On PostgreSQL. The school sits a paper of forty questions instead of ten. It is measured as it was
seeded, with some thousand stored responses; then its papers are copied until so many are stored,
and it is measured again. The ratio of the two is the figure; nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import postgres, serving
from tests.bench import report
from tests.bench.__main__ import FLOOR, SETTINGS, Bench, Line, Served, Size
from tests.bench.acts import Floor, School, Sitting
from tests.bench.seeding import COURSE
from tests.house import ROOT

QUESTIONS = 40
SITTERS = 96
# How many saves each question has: a trainee who changes an answer adds a response.
SAVES = 10
DRAW = re.compile(r"^draw:\n(?:  - .*\n)+", re.MULTILINE)


def long_papers(folder: Path) -> Path:
    """The shipped courses, but that the first module's quiz asks forty questions of any kind."""
    content = folder / "content"
    shutil.copytree(ROOT / "curriculum" / "content", content)
    quiz = next((content / COURSE).glob("01-*/*.quiz.md"))
    text = quiz.read_text().replace("minutes: 20\n", "minutes: 80\n")
    text, times = DRAW.subn(f"draw:\n  - {{count: {QUESTIONS}}}\n", text)
    assert times == 1, quiz
    quiz.write_text(text)
    return content


@contextmanager
def school(trainees: int) -> Iterator[tuple[dict[str, str], Served]]:
    """The environment of a seeded site with long papers, and the site beside its floors."""
    with ExitStack() as opened:
        folders = [Path(opened.enter_context(tempfile.TemporaryDirectory())) for _ in range(3)]
        cluster = opened.enter_context(postgres.cluster())
        urls = [cluster.url(), *map(cluster.create_database, ("floor", "bare"))]
        site, floor, bare = (
            serving.environment(folder, url, **SETTINGS)
            for folder, url in zip(folders, urls, strict=True)
        )
        floor["FLOOR"] = "startproject"
        serving.prepare(site)
        words = [str(trainees), str(2 * SITTERS), str(long_papers(folders[0]))]
        people = json.loads(serving.run(site, "-m", "tests.bench.seeding", *words))
        for one in (floor, bare):
            serving.run(one, "-m", "tests.bench.floor")
        ports = [opened.enter_context(serving.served(one, FLOOR)) for one in (floor, bare)]
        served = School(opened.enter_context(serving.served(site)), people, QUESTIONS)
        yield site, Served(served, *map(Floor, ports), env=site)


def measure(served: Served, names: list[str]) -> list[Line]:
    """What is done in a quiz, and the pages that read what was stored, by new sitters."""
    bench = Bench(Size(0, 0, SITTERS, acts=200), served)
    site, sitting = served.site, Sitting(served.site, names)
    half, times = len(names) // 2, len(names) * QUESTIONS // 8
    sitting.come()
    bench.visited_by(len(sitting.names))
    bench.once("start a quiz, and its page", sitting.start, Floor.insert_and_read, half)
    bench.once("question", sitting.question, Floor.read, times)
    sitting.fill_in()
    bench.once("save an answer", sitting.save, Floor.insert, times)
    cohort = f"/teach/cohorts/{site.people['cohort']}/"
    bench.visited_by(1)
    bench.page("live room", site.page("ines", f"{cohort}live/"))
    bench.visited_by(len(sitting.names))
    bench.once("hand in forty answers", sitting.hand_in, Floor.insert, half)
    bench.page("result of forty", sitting.result)
    bench.visited_by(1)
    bench.page("teach: cohort", site.page("ines", cohort))
    bench.page("teach: statistics", site.page("ines", f"{cohort}statistics/"))
    quiz = f"{cohort}statistics/{site.people['quiz']}/"
    bench.page("teach: questions of a quiz", site.page("ines", quiz))
    return bench.lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.much", description=__doc__)
    parser.add_argument("--trainees", type=int, default=500)
    parser.add_argument("--stored", type=int, default=10_000_000)
    told = parser.parse_args()
    with school(told.trainees) as (env, served):
        fresh = served.site.people["fresh"]
        few = int(serving.run(env, "-m", "tests.bench.many_papers", "count"))
        before = measure(served, fresh[:SITTERS])
        print(report.main_table("postgresql", told.trainees, before), flush=True)
        serving.run(env, "-m", "tests.bench.many_papers", str(told.stored), str(SAVES))
        many = int(serving.run(env, "-m", "tests.bench.many_papers", "count"))
        after = measure(served, fresh[SITTERS:])
        print(report.main_table("postgresql", told.trainees, after))
        print(f"\n## Stored responses, papers of {QUESTIONS} questions\n")
        print(report.against_itself(before, f"{few:,} stored", after, f"{many:,} stored"))


if __name__ == "__main__":
    main()
