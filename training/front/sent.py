"""What somebody sent while signed out, kept until the same person is back and says to send it.

Kept is only what somebody worked on (WORK), from a form that this site drew for a person signed in
with this browser. Why so, and what was rejected: training/decisions/0042.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import InvalidTokenFormat
from django.middleware.csrf import _check_token_format as check_form_of  # type: ignore[attr-defined]
from django.middleware.csrf import _unmask_cipher_token as unmasked  # type: ignore[attr-defined]
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.accounts.models import Person

COOKIE = "__Host-forms" if settings.SESSION_COOKIE_SECURE else "forms"
SALT = "training.front.sent"
# Sign-ins of one browser whose forms are still known: one more in another tab pushes none out.
MOST_MARKS = 4
MOST_BYTES = 100_000
MOST_FIELDS = 400
KEPT = "sent"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
# Answers after which the page has taken over what was sent, or shows it itself: done, or refused
# with the form still filled in.
TAKEN_OVER = {400, 409, 410, 422, 429}

# Where somebody types for a while. Acts (withdraw, publish, decide) are not here: they are quickly
# done again, by somebody who looks at what they do.
WORK: dict[str, str | Promise] = {
    "learn:question": _("Your answer to a question of a quiz"),
    "learn:all_questions": _("Your answers to the questions of a quiz"),
    "learn:check": _("Your answer to a question of a lesson"),
    "learn:report": _("Your report on a question"),
    "teach:mark": _("Your marks and notes on an answer"),
    "teach:settle": _("Your marks and notes on an answer"),
    "teach:change_mark": _("Your marks and notes on an answer"),
    "teach:note": _("Your note on what happened"),
    "teach:ticket": _("Your reply to a report"),
    "teach:correct": _("Your draft of a correction"),
    "oversee:roster": _("Your list of people"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent. `sign_in` tells at which sign-in it was drawn, and gives nothing away.

    `path` is where it was sent, `page` the page that it stood in.
    """

    path: str
    page: str
    name: str
    fields: list[list[str]]
    sign_in: str

    @property
    def what(self) -> str | Promise:
        return WORK[self.name]

    @property
    def position(self) -> object:
        """The number of the question, where it is one of a quiz."""
        return resolve(urlsplit(self.path).path).kwargs.get("position")

    @property
    def words(self) -> list[str]:
        """What was typed, as far as it is words: the names of options say nothing to anybody."""
        return [value for _name, value in self.fields if len(value.split()) > 1]

    def is_of(self, person: Any, request: HttpRequest) -> bool:
        """Whether the form was drawn, in this browser, for this person."""
        return isinstance(person, Person) and _mark(self.sign_in, person) in _marks(request)


# --- Whose forms this browser was shown ---


def mark_forms(request: HttpRequest, response: HttpResponse) -> None:
    """Note in a cookie for whom this page's forms were drawn. Asks the database for nothing."""
    person = getattr(request, "_cached_user", None)
    secret = request.META.get("CSRF_COOKIE")
    if not isinstance(person, Person) or not secret:
        return
    mark = _mark(_sign_in(secret), person)
    # Nobody else can have made a mark, so it is known before the signature is looked at.
    if mark in request.COOKIES.get(COOKIE, ""):
        return
    response.set_signed_cookie(
        COOKIE,
        ".".join([*_marks(request), mark][-MOST_MARKS:]),
        salt=SALT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _sign_in(secret: str) -> str:
    """Each sign-in has a secret of its own for its forms; kept is only what is made from it."""
    return _digest(secret)


def _mark(sign_in: str, person: Person) -> str:
    return _digest(f"{sign_in}:{person.key}")


def _digest(text: str) -> str:
    made = salted_hmac(SALT, text, algorithm="sha256").digest()
    return urlsafe_b64encode(made[:18]).decode()


def _marks(request: HttpRequest) -> list[str]:
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    return value.split(".") if value else []


# --- Reading and keeping ---


def is_by_page(request: HttpRequest) -> bool:
    """Whether somebody sent a form and waits for a page. Scripts keep what they send themselves."""
    return request.method == "POST" and "text/html" in request.headers.get("Accept", "")


def read(request: HttpRequest) -> Sent | None:
    """What was sent, if it is work, from a page of ours, and of a size to be kept."""
    name = _name(request.path_info)
    if name not in WORK or not is_by_page(request) or not _is_ours(request) or request.FILES:
        return None
    sign_in = _drawn_at(request.POST.get(TOKEN, ""))
    fields = [
        [field, str(value)]
        for field, values in request.POST.lists()
        if field != TOKEN
        for value in values
    ]
    size = sum(len(field.encode()) + len(value.encode()) for field, value in fields)
    if not sign_in or not fields or len(fields) > MOST_FIELDS or size > MOST_BYTES:
        return None
    return Sent(request.get_full_path(), page_of_form(request), name, fields, sign_in)


def keep(request: HttpRequest) -> bool:
    """Keep what was sent in the visitor's session. False where there is nothing to be kept.

    Only for a browser in which somebody was signed in: a stranger fills no table of ours.
    """
    found = read(request) if _marks(request) else None
    if found is None:
        return False
    request.session[KEPT] = asdict(found)
    return True


def kept(request: HttpRequest) -> Sent | None:
    """What is kept for the person who is signed in."""
    found = request.session.get(KEPT)
    one = Sent(**found) if found else None
    return one if one and one.is_of(request.user, request) else None


def drop(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def drop_if_taken_over(request: HttpRequest, response: HttpResponse) -> None:
    """A form of the same address has reached its page: nothing is left to be sent again."""
    # A page that did not ask who is there is none of those.
    asked = request.method == "POST" and hasattr(request, "_cached_user")
    if not asked or not request.user.is_authenticated:
        return
    done = response.status_code < 400 or response.status_code in TAKEN_OVER  # noqa: PLR2004
    if done and request.session.get(KEPT, {}).get("path") == request.get_full_path():
        drop(request)


def drop_if_of_another(request: HttpRequest, person: Any) -> None:
    """Whoever else signs in gets nothing of it, and nothing of it lies in their session."""
    found = request.session.get(KEPT)
    if found and not Sent(**found).is_of(person, request):
        drop(request)


# --- Where somebody goes on ---


def to_sign_in_and_again() -> HttpResponseRedirect:
    """To the sign-in, which says that something is kept, and from there to sending it again."""
    return redirect_to_login(reverse("front:again"))


def page_of_form(request: HttpRequest) -> str:
    """The page that a form stood in, as its browser says; the first page where it does not."""
    came = urlsplit(request.headers.get("Referer", ""))
    if f"{came.scheme}://{came.netloc}" != _own_origin(request) or not _name(came.path):
        return reverse("front:home")
    return f"{came.path}?{came.query}" if came.query else came.path


def _own_origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this. One that says nothing: no."""
    origin = request.headers.get("Origin")
    if origin is None:
        came = urlsplit(request.headers.get("Referer", ""))
        origin = f"{came.scheme}://{came.netloc}"
    return origin in {_own_origin(request), *settings.CSRF_TRUSTED_ORIGINS}


def _name(path: str) -> str:
    """The name of the page at an address; empty where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _drawn_at(token: str) -> str:
    """The sign-in that a form's token was drawn at; empty for what is no token."""
    try:
        check_form_of(token)
    except InvalidTokenFormat:
        return ""
    secret = unmasked(token)
    return _sign_in(secret) if secret else ""
