"""Somebody with a browser, without the browser: keeps cookies, sends forms, follows nothing."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import brotli

TIMEOUT = 60
# A server hangs up on a connection that lies still; rather open another before it does.
STALE = 5


UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came; `body` as it was sent."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def text(self) -> str:
        unpack = UNPACK.get(self.headers.get("Content-Encoding", ""), bytes)
        return unpack(self.body).decode()


@dataclass(slots=True)
class Visitor:
    """One person at one site. Not shared between threads: each takes `twin()`."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    _connection: HTTPConnection | None = None
    _used: float = 0.0

    def twin(self) -> Visitor:
        """The same person in another tab."""
        return Visitor(self.port, dict(self.cookies), dict(self.headers))

    def close(self) -> None:
        """Let go of the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, path: str) -> Answer:
        return self._send("GET", path, b"")

    def post(
        self,
        path: str,
        fields: dict[str, str] | None = None,
        hold: Callable[[], object] | None = None,
    ) -> Answer:
        """Send a form. With `hold`, all but its last byte is sent before `hold()` is called.

        So requests held back by one barrier are complete at the server at the same moment.
        """
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")} | (fields or {})
        return self._send("POST", path, urlencode(sent).encode(), hold)

    def sign_in(self, username: str, password: str) -> None:
        """Through the sign-in page, as anybody. Raises RuntimeError when it is refused."""
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"login": username, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{username} could not sign in: {answer.status}\n{answer.text}")

    def _send(
        self, method: str, path: str, body: bytes, hold: Callable[[], object] | None = None
    ) -> Answer:
        if time.monotonic() - self._used > STALE:
            self.close()
        connection = self._connection or HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        self._connection = connection
        connection.putrequest(method, path)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(body))
        for name, value in (headers | self.headers).items():
            connection.putheader(name, value)
        # Without a reason to hold back, all at once: a server need not wait for the whole of it.
        connection.endheaders(body[:-1] if hold else body)
        if hold:
            hold()
            connection.send(body[-1:])
        response = connection.getresponse()
        self._used = time.monotonic()
        answer = Answer(response.status, response.headers, response.read())
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer
