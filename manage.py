#!/usr/bin/env python
"""Run Django's command line for this site."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.config.settings")
    if sys.argv[1:2] == ["demo"] and "CHANCERY_SECRET_KEY" not in os.environ:
        # The demo needs no preparation at all, so its settings come before Django reads them.
        from training.config.laptop import write_site_env  # noqa: PLC0415

        write_site_env()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
