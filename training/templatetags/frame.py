"""What stands around every page: rendered once for all who see it alike, and kept.

A part of the frame sees its `Facts` and nothing else, so what it says cannot be another's: the
facts are the key under which it is kept. Only names and keys, which are everybody's own, are put
into what was kept, where they belong.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.template import Context, Library
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from curriculum.prose.safety import escape, safe, squeezed

register = Library()
# There are a few dozen: of each part one for every desk and all that somebody may do.
KEPT = 1_024
# Where a name belongs; no text of ours has this character, which means nothing (Unicode, 23.5).
NAME = "\ue000"


class Link(NamedTuple):
    """A link of the frame; `current` is set when the page belongs to it."""

    url: str
    label: str
    current: bool = False


class Facts(NamedTuple):
    """All that a part of the frame may say. `person` is empty for a visitor."""

    site_name: str
    tagline: str = ""
    classification: str = ""
    navigation: tuple[Link, ...] = ()
    footer_links: tuple[Link, ...] = ()
    person: str = ""
    may_sign_in: bool = True


@register.simple_tag(takes_context=True)
def frame_facts(context: Context) -> Facts:
    """Read off the page's own context; a page without any, such as an error's, has the defaults."""
    # The sign-in library's pages bring a `site` of their own, so the house has a name too.
    house = context.get("house") or context.get("site") or {}
    request, user = context.get("request"), context.get("user")
    known = bool(user and user.is_authenticated)
    return Facts(
        site_name=house.get("name") or "Chancery",
        tagline=house.get("tagline", ""),
        classification=house.get("classification", ""),
        navigation=_links(context.get("navigation")),
        footer_links=_links(context.get("footer_links")),
        person=user.shown_name if user and known else "",
        may_sign_in=known or getattr(request, "path", "") != reverse("account_login"),
    )


@register.simple_tag
def frame(part: str, facts: Facts) -> SafeString:
    """A part of the frame: `{% frame "masthead" facts %}` shows templates/frame/masthead.html."""
    if settings.DEBUG:
        return _written(part, facts, get_language(), get_script_prefix())
    alike = facts._replace(person=NAME if facts.person else "")
    html = _kept(part, alike, get_language(), get_script_prefix())
    return safe(html.replace(NAME, escape(facts.person)))


@register.simple_tag
def kept(template: str, **facts: object) -> SafeString:
    """A template that depends on these facts alone, written once for each of their values.

    Like a part of the frame it sees nothing else of the page. Give it few facts of few values.
    Keys are no such facts: one text serves all of them, and each is put in where it belongs.
    """
    if settings.DEBUG:
        return render_to_string(template, facts)
    keys = {name: one for name, one in facts.items() if isinstance(one, UUID)}
    places = {name: UUID(int=at) for at, name in enumerate(keys)}
    alike = tuple((facts | places).items())
    html: str = _kept_alike(template, alike, get_language(), get_script_prefix())
    for name, key in keys.items():
        html = html.replace(str(places[name]), str(key))
    return safe(html)


def _links(shown: object) -> tuple[Link, ...]:
    return tuple(
        Link(link["url"], str(link["label"]), bool(link.get("current")))
        for link in shown or ()  # type: ignore[attr-defined]
    )


def _written(part: str, facts: Facts, language: str | None, prefix: str) -> SafeString:
    """`language` and `prefix` are what the words and the addresses depend on besides."""
    return squeezed(render_to_string(f"frame/{part}.html", facts._asdict()))


_kept = lru_cache(maxsize=KEPT)(_written)


@lru_cache(maxsize=KEPT)
def _kept_alike(
    template: str, facts: tuple[tuple[str, object], ...], language: str | None, prefix: str
) -> SafeString:
    return squeezed(render_to_string(template, dict(facts)))
