"""The site as an operator starts it: another process, with nothing but its environment."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
KEY = "production-0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGH"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these words; `environment` is put over a sound production environment.

    A variable given as "" is left out. DATABASE_URL is never taken from the test run.
    """
    with tempfile.TemporaryDirectory(prefix="chancery-production-") as folder:
        given = {
            "CHANCERY_SECRET_KEY": KEY,
            "CHANCERY_HOSTS": "academy.example.mil",
            "CHANCERY_VAR_DIR": folder,
            "CHANCERY_ENV_FILE": str(Path(folder) / "none.env"),
            "DJANGO_SETTINGS_MODULE": "training.config.settings",
        } | environment
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CHANCERY_", "DJANGO_")) and name != "DATABASE_URL"
        }
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=inherited | {name: value for name, value in given.items() if value},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
