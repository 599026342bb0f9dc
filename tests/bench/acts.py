"""The main pages, each as one act of somebody at the site."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.bench.measuring import Act
from tests.paper import answer_form
from tests.scene import PASSWORD
from tests.visitor import Answer, Visitor

TOKEN = "a" * 32


class Unexpected(RuntimeError):
    """A page answered otherwise than the benchmark expects: its figure would mean nothing."""


def expect(answer: Answer, *statuses: int) -> Answer:
    if answer.status not in statuses:
        raise Unexpected(f"{answer.status} instead of {statuses}: {answer.text[:500]}")
    return answer


@dataclass(slots=True)
class School:
    """A running site with everybody in it. Each thread has its own connection for each person."""

    port: int
    people: dict
    questions: int = 10
    _tabs: threading.local = field(default_factory=threading.local)

    def tab(self, name: str) -> Visitor:
        """This person's window, in this thread."""
        tabs = self._tabs.__dict__
        if name not in tabs:
            cookies = {"csrftoken": TOKEN} | self.people["sessions"].get(name, {})
            tabs[name] = Visitor(self.port, cookies)
        return tabs[name]

    def page(self, name: str, path: str) -> Act:
        """Somebody looks at a page."""
        return lambda _: [expect(self.tab(name).get(path), 200)]

    def course(self, name: str) -> str:
        return f"/learn/courses/{self.people['enrolments'][name]}/"

    def sign_in(self, number: int) -> Sequence[Answer]:
        """A new visitor sends name and password; the page before is not counted."""
        visitor = Visitor(self.port, {"csrftoken": TOKEN})
        fresh = self.people["fresh"]
        fields = {"login": fresh[number % len(fresh)], "password": PASSWORD}
        return [expect(visitor.post("/accounts/login/", fields), 302)]


@dataclass(slots=True)
class Sitting:
    """A quiz taken by many: who has started where, and with which answers."""

    school: School
    names: list[str]
    attempts: dict[int, str] = field(default_factory=dict)
    pages: dict[tuple[int, int], str] = field(default_factory=dict)
    forms: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)

    def come(self) -> None:
        """Everybody looks at the page before the quiz, as whoever starts one has done.

        Without it a start would be each one's first request, which notes when the session was used.
        """
        for name in self.names:
            expect(self.school.tab(name).get(self._quiz(name)), 200)

    def _quiz(self, name: str) -> str:
        return f"{self.school.course(name)}quizzes/{self.school.people['quiz']}/"

    def start(self, number: int) -> Sequence[Answer]:
        """POST, and the first question's page."""
        name = self.names[number]
        tab = self.school.tab(name)
        begun = expect(tab.post(f"{self._quiz(name)}start/"), 303)
        self.attempts[number] = begun.location.removesuffix("1/")
        return [begun, expect(tab.get(begun.location), 200)]

    def where(self, number: int) -> tuple[int, int]:
        """Which sitter, which question: neighbours in line never share an attempt."""
        return number % len(self.names), number // len(self.names) % self.school.questions + 1

    def question(self, number: int) -> Sequence[Answer]:
        """A question's page, kept for the save."""
        sitter, position = self.where(number)
        answer = expect(self._tab(sitter).get(f"{self.attempts[sitter]}{position}/"), 200)
        self.pages[sitter, position] = answer.text
        return [answer]

    def fill_in(self) -> None:
        """The form of every page that was seen; reading it takes no time of the site's."""
        for place, text in self.pages.items():
            self.forms[place] = answer_form(text).filled()

    def save(self, number: int) -> Sequence[Answer]:
        """One answer sent, up to the redirect."""
        sitter, position = self.where(number)
        fields = self.forms[sitter, position]
        sent = fields | {"key": str(uuid.uuid4()), "sequence": str(number + 1)}
        path = f"{self.attempts[sitter]}{position}/"
        return [expect(self._tab(sitter).post(path, sent), 303)]

    def hand_in(self, number: int) -> Sequence[Answer]:
        return [expect(self._tab(number).post(f"{self.attempts[number]}hand-in/"), 303)]

    def result(self, number: int) -> Sequence[Answer]:
        sitter = number % len(self.names)
        return [expect(self._tab(sitter).get(f"{self.attempts[sitter]}result/"), 200)]

    def _tab(self, sitter: int) -> Visitor:
        return self.school.tab(self.names[sitter])


@dataclass(slots=True)
class Floor:
    """The bare Django beside the site, visited by so many people in turn.

    Each has a connection of their own, as at the site: with one for all, the floor would never wait
    for one to be opened, and always meet the same worker.
    """

    port: int
    people: int = 1
    _tabs: threading.local = field(default_factory=threading.local)

    def of(self, people: int) -> Floor:
        """The same floor with so many visitors, who have all been there a moment ago."""
        floor = Floor(self.port, people)
        for number in range(people):
            floor.fixed(number)
        return floor

    def fixed(self, number: int) -> Sequence[Answer]:
        return [expect(self._answer(number, lambda tab: tab.get("/fixed/")), 200)]

    def read(self, number: int) -> Sequence[Answer]:
        path = f"/read/{number % 1000 + 1}/"
        return [expect(self._answer(number, lambda tab: tab.get(path)), 200)]

    def insert(self, number: int) -> Sequence[Answer]:
        return [expect(self._answer(number, lambda tab: tab.post("/insert/")), 302)]

    def _answer(self, number: int, ask: Callable[[Visitor], Answer]) -> Answer:
        """Asked once more where a connection that was kept open had been closed meanwhile.

        As every browser does. Only the floor is: what the site itself drops must be seen.
        """
        tab = self._tabs.__dict__.setdefault(str(number % self.people), Visitor(self.port))
        try:
            return ask(tab)
        except ConnectionError:
            tab.close()
            return ask(tab)

    def insert_and_read(self, number: int) -> Sequence[Answer]:
        return [*self.insert(number), *self.read(number)]
