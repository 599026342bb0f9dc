"""The number of the request being served, known to the log and to the audit trail."""

import contextvars

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
