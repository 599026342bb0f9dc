"""The demo schoolhouse is walked through: by everybody who may sign in, along the links they find.

Its courses and histories have in them what no test course has: every shipped question, drawn,
answered and marked. What it has none of (a correction, a ticket) has tests of its own.
"""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client, override_settings
from django.urls import resolve
from django.utils.html import strip_tags

from tests.training.management.test_demo import demo
from training.accounts.models import Person
from training.management.schoolhouse.people import STAFF

TRAINEES = ("thea.marsh", "rolf.steiner", "zeynep.aydin")
# Of one view, so many pages each: of questions there are some hundred.
MOST = {"teach:correct": 300, "teach:question_statistics": 60, "author:preview": 60}
OTHERS = 12
# What is left of a sentence that was not filled in.
UNFILLED = re.compile(r"%\(\w+\)[sd]|\{\{|\{%")


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (link := dict(attrs).get("href")):
            self.found.append(link)


def walk(person):
    """Follow the links from the first page on; gives what went wrong, and how much was seen."""
    browser = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    browser.force_login(person)
    waiting, seen, wrong, visits = ["/"], {"/"}, [], Counter()
    while waiting:
        path = waiting.pop(0)
        view = resolve(urlsplit(path).path).view_name
        if visits[view] == MOST.get(view, OTHERS):
            continue
        visits[view] += 1
        answer = browser.get(path)
        if answer.status_code not in (200, 302):
            wrong.append(f"{person.username}: {path} answers {answer.status_code}")
        for link in links_of(answer, path, wrong):
            if link not in seen and link.startswith("/") and not link.startswith("//"):
                seen.add(link)
                waiting.append(link)
    return wrong, visits


def links_of(answer, path, wrong):
    if answer.status_code == 302:
        return [urljoin(path, answer.headers["Location"])]
    if answer.streaming:
        # A file that breaks off has begun with 200.
        assert list(answer.streaming_content), path
        return []
    if not answer.headers["Content-Type"].startswith("text/html"):
        return []
    page = answer.content.decode()
    if left := UNFILLED.search(strip_tags(page)):
        wrong.append(f"{path} has {left[0]} in it")
    return [urldefrag(urljoin(path, link)).url for link in Links(page).found]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_every_link_that_somebody_finds_opens():
    demo()
    names = [*TRAINEES, *(one.username for one in STAFF)]
    wrong, visits = [], Counter()
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]):
        for name in names:
            found, seen = walk(Person.objects.get(username=name))
            wrong += found
            visits += seen
    assert not wrong, "\n".join(wrong)
    assert visits["teach:correct"] > 50, visits
    assert visits["teach:question_statistics"] > 100, visits
    assert len(visits) > 60, visits
