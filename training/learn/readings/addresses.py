"""The addresses of a trainee's pages. A page has a dozen of them, of three or four shapes."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

# What stands in a shape where the key and the slugs belong: no key and no slug is like them.
KEY, SLUGS = str(UUID(int=0)), ("-_-", "_-_")


def address(name: str, key: UUID | str, *slugs: str) -> str:
    """What `reverse` gives for the key of an enrolment or attempt and, with `slugs`, its parts.

    All come from our own tables, and have no letter that an address would have to escape.
    """
    return _shape(name, len(slugs), get_script_prefix()).format(key, *slugs)


@lru_cache(maxsize=64)
def _shape(name: str, slugs: int, prefix: str) -> str:
    shape = reverse(name, args=[KEY, *SLUGS[:slugs]])
    for place in (KEY, *SLUGS[:slugs]):
        shape = shape.replace(place, "{}", 1)
    return shape
