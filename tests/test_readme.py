"""What README tells a newcomer is so."""

import re
import shlex
import tomllib

import pytest
from django.core.management import get_commands

from curriculum.documents import front_matter
from curriculum.editing.review import CHECKS
from curriculum.exercises import exercise_file, graph
from curriculum.prose.figures import figure
from tests.house import ROOT

README = (ROOT / "README.md").read_text()
FOR_AUTHORS = (ROOT / "templates/help/author.md").read_text()


def shown(mark: str) -> str:
    """The one block of these that holds the mark."""
    [block] = [
        each for each in re.findall(r"^```\w*\n(.*?)^```$", README, re.S | re.M) if mark in each
    ]
    return block


def command(mark: str) -> list[str]:
    """The parts of the one command that stands under a mark."""
    block = README.partition(f"<!-- {mark} command -->\n```sh\n")[2].partition("\n```")[0]
    assert block and "\n" not in block
    return block.split(" && ")


def test_each_of_the_two_commands_is_one_line_that_prepares_and_runs():
    for mark, last in (("run", "manage.py demo"), ("test", "-m pytest -n auto")):
        make, install, run = command(mark)
        assert make == "python3 -m venv .venv"
        assert shlex.split(install)[:4] == [".venv/bin/python", "-m", "pip", "install"]
        assert run.endswith(last)


def test_every_setting_of_the_environment_is_explained():
    source = (ROOT / "training/config/environment.py").read_text()
    names = set(re.findall(r'env\.(?:str|bool|int|list|path)\(\s*"([A-Z_]+)"', source))
    assert {"SECRET_KEY", "DATABASE_URL", "HOSTS"} <= names
    told = {a or b for a, b in re.findall(r"`(?:CHANCERY_([A-Z_]+)|(DATABASE_URL))`", README)}
    assert told - {"ENV_FILE"} == names


def test_every_command_it_names_exists():
    named = set(re.findall(r"manage\.py (\w+)", README))
    named |= set(re.findall(r"`([a-z]+_[a-z_]+)(?: --\w+)?`", README)) - {
        "true_false",
        "pg_restore",
    }
    assert "load_content" in named
    assert sorted(named - set(get_commands())) == []


def test_every_path_it_names_exists():
    paths = re.findall(r"`((?:curriculum|training|tests|static|templates|\.ci)/[\w./]*)`", README)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_picture_of_the_house_has_every_room():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = [layer for one in contracts["contracts"] for layer in one.get("layers", ())]
    rooms = {room for layer in layers for room in re.findall(r"\w+\.(\w+)", layer)}
    assert {"exercises", "answers"} <= rooms
    drawn = {name for line in shown("DESKS").splitlines() for name in line[13:55].split()}
    assert rooms - {"management"} - drawn == set()


def test_the_exercise_it_shows_can_be_published():
    sheet, problems = front_matter.split("exercise.md", shown("## The phone rings"))
    read = exercise_file.read_exercise(sheet)
    assert problems + read.problems + list(graph.faults(read.story)) == []


def test_the_figure_it_shows_can_be_drawn():
    drawn, problems = figure.read_figure(shown("kind: timeline"), 1, 1)
    assert (drawn is not None, problems) == (True, [])


@pytest.mark.parametrize(
    "names",
    [CHECKS, figure.KINDS, [name for name in exercise_file.KNOWN if name != "id"]],
    ids=["checks", "figures", "exercise"],
)
def test_the_help_for_authors_names_what_a_file_may_say(names):
    assert [name for name in names if f"`{name}" not in FOR_AUTHORS] == []


@pytest.mark.parametrize("app", ["curriculum", "training"])
def test_each_decision_has_its_number_and_says_what_was_rejected(app):
    paths = sorted((ROOT / app / "decisions").iterdir())
    assert len(paths) > 10
    for path in paths:
        text = path.read_text()
        found = re.match(r"# 0*(\d+)\b", text)
        assert found and int(found[1]) == int(path.name[:4]), path.name
        assert "Rejected" in text, path.name
