"""T-5 where the browser is closed and opened again without a network."""

import re
import socket
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, session_of
from tests.journeys.taking import touch
from tests.machine import browser
from training.attempts.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Line:
    """A line to the site that can be cut: the browser then finds nobody at the address."""

    def __init__(self, port):
        self.target, self.port, self.ends, self.listening = port, 0, [], None
        self.mend()

    def mend(self):
        self.listening = socket.create_server(("localhost", self.port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, args=[self.listening], daemon=True).start()

    def cut(self):
        for end in [self.listening, *self.ends]:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                assert end.fileno() != 0
            end.close()
        self.ends = []

    def _accept(self, listening):
        while True:
            try:
                near, _address = listening.accept()
            except OSError:
                return
            far = socket.create_connection(("localhost", self.target))
            self.ends += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=[source, sink], daemon=True).start()


def _pass_on(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.fixture
def opened(chromium, tmp_path, thea):
    """Open the browser on one and the same profile, as somebody does after a restart."""
    contexts = []

    def act(url, width):
        context = chromium.browser_type.launch_persistent_context(
            str(tmp_path),
            executable_path=browser(),
            args=["--no-sandbox"],
            base_url=url,
            viewport={"width": width, "height": 900},
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if len(contexts) == 1:
            context.add_cookies([{**session_of(thea, url), "expires": 4_000_000_000}])
        return context

    yield act
    for context in contexts:
        context.close()


def test_answers_wait_through_a_restart_without_a_network_and_arrive_without_a_touch(
    opened, live_server, home, width, accessible
):
    line = Line(int(live_server.url.rsplit(":", 1)[1]))
    url = f"http://localhost:{line.port}"
    first = opened(url, width)
    page = first.new_page()
    page.goto(f"{home}quizzes/quiz-first/")
    page.get_by_role("button", name="Start, 20 minutes").click()
    expect(page.locator("form[data-answer]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    line.cut()
    touch(page)
    expect(page.locator("[data-save-state]")).to_have_text("Not saved: trying again")
    where = page.url
    first.close()

    page = opened(url, width).new_page()
    page.goto(where)
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    expect(page.locator("main")).to_contain_text("1 answer waits on this device")
    accessible(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    accessible(page)
    kept = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)"
        ".then((cache) => cache.keys()).then((all) => all.map((one) => one.url)))))"
    )
    assert len(kept) == 1
    assert not [one for one in kept[0] if "/learn/" in one]
    assert not Response.objects.exists()

    line.mend()
    expect(page.locator("[data-save-state]")).to_have_text(
        re.compile(r"Saved \d\d:\d\d"), timeout=20_000
    )
    assert Response.objects.count() == 1
    line.cut()
