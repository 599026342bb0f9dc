"""Log lines as JSON, one object a line, so that nothing in a name can forge a line."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from training.audit.request import request_id

# Where the request itself carries its number.
ASKED = "chancery.request"
EXTRA = ("method", "path", "status", "milliseconds", "person", "address", "status_code")
# Addresses that open a door for whoever holds them: an invitation, a reset of a password.
DOOR = re.compile(r"(/join/|/password/reset/key/)[^/\s\"']+")


def without_tokens(text: str) -> str:
    """The text with the token of every invitation or reset address left out."""
    return DOOR.sub(r"\1(token)", text)


def _number(record: logging.LogRecord) -> str:
    """Django hands its request to the lines about it; others may hand something else."""
    number: str = getattr(getattr(record, "request", None), "META", {}).get(ASKED, "")
    return number


class OnlyAWarning(logging.Filter):
    """For what Django logs as an error with a traceback although the site answered as it should."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        return True


class JsonLines(logging.Formatter):
    """time, level, logger, message, request; then what the caller added; then the traceback.

    JSON escapes line ends and control characters, so a name can neither begin a line of its own
    nor colour a terminal.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_tokens(record.getMessage()),
            "request": request_id.get() or _number(record),
        }
        for name in EXTRA:
            if hasattr(record, name):
                value = getattr(record, name)
                line[name] = without_tokens(value) if isinstance(value, str) else value
        if record.exc_info:
            lines = traceback.format_exception(*record.exc_info)
            line["traceback"] = without_tokens("".join(lines))
        return json.dumps(line, default=str)
