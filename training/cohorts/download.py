"""A table as a file to keep, sent line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from training.cohorts import spreadsheet
from training.cohorts.spreadsheet import Value


def csv_file(rows: Iterable[Sequence[Value]], name: str) -> StreamingHttpResponse:
    """The rows as the file `name`, safe to be opened by a spreadsheet program."""
    return StreamingHttpResponse(
        spreadsheet.lines(rows),
        content_type=spreadsheet.MEDIA_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )
