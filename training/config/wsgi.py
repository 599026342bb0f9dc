"""The door for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.config.settings")
application = get_wsgi_application()

# All views now, not with the first page. What is loaded here is never garbage, and looking through
# all of it once in a while took 50 to 70 ms out of somebody's page: Python is told to leave it out.
get_resolver().url_patterns  # noqa: B018 - to look is to load
gc.collect()
gc.freeze()
