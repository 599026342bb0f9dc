"""What the tests of the authors' desk share."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from curriculum.exchange.archive import write_archive
from curriculum.exchange.models import Delivery
from tests.tiny_course import tiny_files

LESSON = "tiny/01-first/01-consent.md"
QUESTION = "tiny/01-first/questions/kind-numeric.md"


@pytest.fixture
def at_desk(aude, signed_in, edition):
    """Aude's browser, with the tiny course published."""
    return signed_in(aude)


@pytest.fixture
def hand_in(at_desk):
    """Hand in texts by path as a zip, or one file: `hand_in(files)`, `hand_in(name=…, text=…)`."""

    def send(files=None, *, name="content.zip", raw=None, client=at_desk):
        raw = write_archive(files) if raw is None else raw
        upload = SimpleUploadedFile(name, raw)
        return client.post(reverse("author:hand_in"), {"file": upload})

    return send


@pytest.fixture
def changed_files():
    """The tiny course with one sentence of one lesson changed."""
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("A third paragraph.", "A third paragraph, changed.")
    return files


@pytest.fixture
def delivery(hand_in, changed_files):
    """Aude's delivery of the changed lesson, waiting."""
    hand_in(changed_files)
    return Delivery.objects.get()


@pytest.fixture
def publish(at_desk):
    """Click Publish with the mark of the page: `publish(delivery)`."""

    def click(delivery, client=at_desk, mark=None, **typed):
        page = client.get(reverse("author:delivery", args=[delivery.key]))
        form = page.context["form"]
        mark = form["mark"].value() if mark is None else mark
        typed = {"note": "Because.", "change": "material", "mark": mark, **typed}
        return client.post(reverse("author:publish", args=[delivery.key]), typed)

    return click
