"""The browser of the journeys, and the folder that an author works in."""

from pathlib import Path

import pytest

from tests.browser.conftest import accessible, chromium, fits, open_page, sound

__all__ = ["accessible", "chromium", "fits", "open_page", "sound"]


@pytest.fixture
def published(transactional_db):
    """The tiny course, published in a database that the live server reads."""
    from tests.tiny_course import publish_tiny_course

    return publish_tiny_course()


@pytest.fixture
def author(published, aude):
    """Aude, who signs in to a site with the tiny course."""
    return aude


@pytest.fixture
def hand_in():
    """Choose a file on the page and have it checked: `hand_in(page, path)`."""

    def send(page, path: Path):
        page.get_by_label("File").set_input_files(path)
        page.get_by_role("button", name="Check these files").click()

    return send
