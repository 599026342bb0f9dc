"""The borders between rooms, which pyproject.toml draws with a reason beside each."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house import ROOT, files


def test_no_room_reaches_over_its_border():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_of_rules_is_kept_from_the_database_and_the_web():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    pure = next(it for it in contracts["contracts"] if it["name"].startswith("rules know no"))
    listed = tuple(f"{module}." for module in pure["source_modules"])
    found = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in [*files("curriculum", ".py"), *files("training", ".py")]
        if path.stem == "rules"
    ]
    assert found
    assert [module for module in found if not f"{module}.".startswith(listed)] == []
