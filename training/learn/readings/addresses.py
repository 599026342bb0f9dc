"""The addresses of a trainee's pages. A page has a dozen of them, of three or four shapes."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

# What stands in a shape where the key and the slug belong: no key and no slug is like them.
KEY, SLUG = str(UUID(int=0)), "-_-"


def address(name: str, key: UUID | str, slug: str = "") -> str:
    """What `reverse` gives for the key of an enrolment or attempt and, with `slug`, its part.

    Both come from our own tables, and have no letter that an address would have to escape.
    """
    shape = _shape(name, bool(slug), get_script_prefix())
    return shape.replace(KEY, str(key)).replace(SLUG, slug)


@lru_cache(maxsize=64)
def _shape(name: str, has_slug: bool, prefix: str) -> str:  # noqa: FBT001 - a part of the key
    return reverse(name, args=[KEY, SLUG] if has_slug else [KEY])
