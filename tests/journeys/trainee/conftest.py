"""What the journeys of a trainee share: a browser, and a course to take."""

import pytest

from curriculum.courses.shelf import course_of
from tests.browser.conftest import NARROW, WIDE, accessible, chromium, fits, open_page, sound
from tests.tiny_course import publish_tiny_course, tiny_files

__all__ = ["accessible", "chromium", "fits", "open_page", "sound"]


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def width(request):
    """Every journey is made in a wide window and in a narrow one."""
    return request.param


@pytest.fixture
def edition(transactional_db):
    """The tiny course with lessons long enough to stop in the middle of one."""
    files = tiny_files()
    for path, text in files.items():
        if "/01-first/0" in path:
            more = "\n".join(f"\n## Heading {n}\n\n{'A sentence to read. ' * 40}" for n in range(9))
            files[path] = text + more + "\n"
    return publish_tiny_course(files=files)


@pytest.fixture
def course(edition):
    return course_of(edition)


@pytest.fixture
def home(enrolment):
    """The address of Thea's course."""
    return f"/learn/courses/{enrolment.key}/"
