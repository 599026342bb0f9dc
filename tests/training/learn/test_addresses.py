"""Addresses that are put together from their shapes are those that `reverse` gives."""

from uuid import uuid4

import pytest
from django.urls import reverse, set_script_prefix

from training.learn.readings.addresses import address

WHOLE = ["course", "progress", "glossary", "resume", "result", "review"]
PARTS = ["lesson", "quiz", "start", "place"]


@pytest.fixture(params=["/", "/academy/"])
def prefix(request):
    set_script_prefix(request.param)
    yield
    set_script_prefix("/")


def test_every_shape_gives_what_reverse_gives(prefix):
    for key in (uuid4(), str(uuid4())):
        for name in WHOLE:
            assert address(f"learn:{name}", key) == reverse(f"learn:{name}", args=[key])
        for name in PARTS:
            for slug in ("a-lesson", "under_score", "x", "0-0", "-"):
                expected = reverse(f"learn:{name}", args=[key, slug])
                assert address(f"learn:{name}", key, slug) == expected


def test_a_part_of_a_part_too(prefix):
    key = uuid4()
    for slugs in (("a-lesson", "a-check"), ("_-_", "x"), ("-_-", "_-_")):
        expected = reverse("learn:check", args=[key, *slugs])
        assert address("learn:check", key, *slugs) == expected
