"""How many statements a request sends to the database, told in a header. For the benchmark only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Statements"
# A transaction's own words: they differ between the databases and carry no data.
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")


def counted(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware that counts statements, without those that only steer the transaction."""

    def middleware(request: HttpRequest) -> HttpResponse:
        statements: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if not sql.startswith(CONTROL):
                statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = get_response(request)
        response[HEADER] = str(len(statements))
        return response

    return middleware
