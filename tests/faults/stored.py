"""Prints, as JSON, how often each save's key is stored. The database is the environment's."""

import json
from collections import Counter

import django

if __name__ == "__main__":
    django.setup()
    from training.attempts.models import Response

    keys = Response.objects.values_list("key", flat=True).iterator()
    print(json.dumps(Counter(str(key) for key in keys)))
