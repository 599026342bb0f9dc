"""Whether a start code is the right one, and whether an address lies in a network. Pure."""

from __future__ import annotations

import hmac
import ipaddress
import unicodedata
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def normalised(code: str) -> str:
    """The letters and figures of a code, whatever case, spaces and hyphens it was typed with."""
    folded = unicodedata.normalize("NFKC", code).casefold()
    return "".join(each for each in folded if each.isalnum())


def is_code(given: str, wanted: str) -> bool:
    """Whether the code that was given is the one wanted; takes as long for any wrong one.

    Where none is wanted any will do.
    """
    if not wanted:
        return True
    return hmac.compare_digest(normalised(given).encode(), normalised(wanted).encode())


def network_of(text: str) -> Network | None:
    """`192.0.2.0/24`, `2001:db8::/32` or one address; None for anything else."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of these ranges. Where there are none, every address does.

    An address that is not known lies in none. One of IPv4 written as IPv6 counts as what it is.
    """
    ranges = list(networks)
    if not ranges:
        return True
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    both = {found, getattr(found, "ipv4_mapped", None) or found}
    inside = [one for one in map(network_of, ranges) if one is not None]
    return any(address in one for one in inside for address in both)
