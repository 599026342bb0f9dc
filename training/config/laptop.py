"""The settings of a site on one laptop, written once into the file they are read from."""

from __future__ import annotations

import secrets
from pathlib import Path

from training.config.environment import env_file


def write_site_env(path: Path | None = None) -> bool:
    """Write the file unless it is there or none is read. Returns whether it was written.

    Plain HTTP on the laptop's own address; the secret key is this site's own and stays in the file,
    readable by its owner alone.
    """
    path = path or env_file()
    if path is None or path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(
        "# Settings of the site on this computer. README.md explains each.\n"
        f"CHANCERY_SECRET_KEY={secrets.token_urlsafe(50)}\n"
        "CHANCERY_HOSTS=127.0.0.1,localhost\n"
        "CHANCERY_HTTPS=off\n"
        "CHANCERY_CLASSIFICATION=UNCLASSIFIED · TRAINING MATERIAL\n"
    )
    return True
