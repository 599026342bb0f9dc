"""What README tells a newcomer is so."""

import re
import shlex

from django.core.management import get_commands

from tests.house import ROOT

README = (ROOT / "README.md").read_text()


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
    named |= set(re.findall(r"`([a-z]+_[a-z_]+)(?: --\w+)?`", README)) - {"true_false"}
    assert "load_content" in named
    assert sorted(named - set(get_commands())) == []


def test_every_path_it_names_exists():
    paths = re.findall(r"`((?:curriculum|training|tests|static|templates|\.ci)/[\w./]*)`", README)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
