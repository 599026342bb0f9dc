"""The settings of a site on one laptop, written once beside its database."""

from __future__ import annotations

import secrets
from pathlib import Path

from training.config.environment import BASE_DIR

SITE_ENV = BASE_DIR / ".var" / "site.env"


def write_site_env(path: Path = SITE_ENV) -> bool:
    """Write the file unless it is there. Returns whether it was written.

    Plain HTTP on the laptop's own address; the secret key is this site's own and stays in the file,
    readable by its owner alone.
    """
    if path.exists():
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
