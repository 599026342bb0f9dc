"""The site's own settings with one middleware more, which counts statements."""

from training.config.settings import *  # noqa: F403
from training.config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.bench.counting.counted", *MIDDLEWARE]
