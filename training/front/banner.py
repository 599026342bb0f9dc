"""Which consent banner is in force."""

import hashlib

from django.conf import settings


def banner_digest() -> str:
    """What a session keeps of the banner it acknowledged: a new text must be read anew."""
    return hashlib.sha256(settings.CONSENT_BANNER.encode()).hexdigest()[:16]
