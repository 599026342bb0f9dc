"""How much a browser may send, measured before anything is parsed."""

from __future__ import annotations

from django.http import HttpRequest

LARGEST_BODY = 25_000_000
# Beyond this the connection is cut instead: nobody reads a page after such an upload.
LARGEST_DISCARDED = 4 * LARGEST_BODY
PIECE = 1 << 16


def body_too_large(request: HttpRequest) -> bool:
    """Whether the body is larger than any delivery; if so, it is read off and thrown away.

    A browser shows the answer only after all that it sends has been taken.
    """
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length <= LARGEST_BODY:
        return False
    left = length if length <= LARGEST_DISCARDED else 0
    while left > 0 and (piece := request.read(min(left, PIECE))):
        left -= len(piece)
    return True
