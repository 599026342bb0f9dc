"""The attacks are made on Thea's quiz: what the tests of her desk share."""

from tests.training.learn.conftest import (  # noqa: F401 - fixtures
    answer_all,
    at,
    attempt,
    clock,
    course,
    edition,
    handed_in,
    of,
    position_of,
    thea_browser,
)
