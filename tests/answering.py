"""Choosing by what an option says: a browser for tests that know options by their authored ids."""

from __future__ import annotations

import re

from django.test import Client

from training.answers.form import MATCH, PARTED, Asked
from training.answers.naming import Names, ids_in
from training.attempts.models import Item
from training.cohorts.models import Enrolment
from training.learn.access import course_of_enrolment
from training.learn.readings.checks import asked_of

QUESTION = re.compile(r"/attempts/([0-9a-f-]{36})/(\d+)/")
ALL = re.compile(r"/attempts/([0-9a-f-]{36})/all/$")
PART = re.compile(r"q(\d+)-(.+)")
CHECK = re.compile(r"/([0-9a-f-]{36})/.*/checks/([a-z0-9-]+)/$")


class KnowsOptions(Client):
    """Sends for each authored id the name that the page has for it."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.known = {}

    def look_up(self, path):
        """What is asked at this address. It costs statements, and only the first time."""
        if path not in self.known:
            self.known[path] = asked_at(path)
        return self.known[path]

    def post(self, path, data=None, *args, **more):
        if isinstance(data, dict) and (whole := ALL.search(path)):
            data = self.named_everywhere(whole[1], data)
        elif isinstance(data, dict) and (asked := self.look_up(path)):
            data = named(data, asked)
        return super().post(path, data, *args, **more)

    def named_everywhere(self, attempt, data):
        """The same for a page of all questions, where a field begins with that of its question."""
        sent = {}
        for name, value in data.items():
            found = PART.fullmatch(name)
            asked = found and self.look_up(f"/attempts/{attempt}/{found[1]}/")
            one = named({found[2]: value}, asked) if asked else {name: value}
            sent |= {
                f"q{found[1]}-{field}" if asked else field: each for field, each in one.items()
            }
        return sent


def asked_at(path):
    """What is asked at this address; None where no question is."""
    if found := QUESTION.search(path):
        item = Item.objects.filter(attempt__key=found[1], position=found[2]).first()
        return item and Asked(item.kind, item.body, item.order, names_of(item))
    found = CHECK.search(path)
    enrolment = found and Enrolment.objects.filter(key=found[1]).first()
    if not enrolment:
        return None
    course = course_of_enrolment(enrolment)
    question = course.questions.get(found[2])
    return question and asked_of(enrolment, course, question)


def names_of(item):
    """What the page of this item calls its options."""
    return Names(item.attempt.naming, str(item.position))


def named(data, asked):
    """The fields of an answer, with the names that its page has."""
    names = {each: asked.names.of(each) for each in ids_in(asked.shown)}

    def again(one):
        if isinstance(one, list):
            return [names.get(each, each) for each in one]
        return names.get(one, one)

    sent = {}
    for name, value in data.items():
        part = next((each for each in PARTED if name.startswith(each)), "")
        chosen = again(value) if name == "answer" or part == MATCH else value
        sent[part + again(name.removeprefix(part)) if part else name] = chosen
    return sent
