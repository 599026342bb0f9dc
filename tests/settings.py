"""The site's own settings, with the few values that a test run needs."""

import os
import tempfile

os.environ["CHANCERY_ENV_FILE"] = ""
os.environ.setdefault(
    "CHANCERY_SECRET_KEY", "tests-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
)
os.environ.setdefault("CHANCERY_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("CHANCERY_HTTPS", "off")
os.environ.setdefault("CHANCERY_LOG_LEVEL", "ERROR")
os.environ.setdefault("CHANCERY_VAR_DIR", tempfile.mkdtemp(prefix="chancery-tests-"))

from training.config.settings import *  # noqa: E402, F403
from training.config.settings import DATABASES, STORAGES  # noqa: E402

# One second of every two would be spent on hashing passwords; test_signing_in.py uses the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Tests move the clock by days; test_sessions_end.py sets the limits it needs.
SESSION_LONGEST = SESSION_IDLE = 0
# A file, not memory: threads and processes in the race tests each open it for themselves.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    DATABASES["default"]["TEST"] = {
        "NAME": os.path.join(os.environ["CHANCERY_VAR_DIR"], f"test-{worker}.sqlite3")  # noqa: PTH118
    }
