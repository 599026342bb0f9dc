import json
import logging
import sys

import pytest
from django.urls import reverse

from tests.factories.training import PASSWORD
from training.config.logs import JsonLines

TOKEN = "Zk3vJ9wqLx0aRt7yUi2oPs5dFg8hJk1lZx4cVb6nM_Q"


def line(message, *args, **extra):
    record = logging.LogRecord("test", logging.INFO, "x.py", 1, message, args, None)
    vars(record).update(extra)
    return JsonLines().format(record)


@pytest.fixture
def lines():
    """Every line that the site writes during the test, as it would stand in the log."""
    written = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Keep()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def requests_in(lines):
    return [each for each in map(json.loads, lines) if each["logger"] == "chancery.requests"]


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x1b[31m", "\u2028", "\x00", "\x85"])
def test_nothing_in_a_name_begins_a_line_or_colours_a_terminal(sign):
    forged = f'Thea{sign}{{"level": "INFO", "message": "signed in"}}'
    written = line("refused %s", forged, path=f"/{sign}")
    assert written.isprintable()
    assert written.isascii()
    assert json.loads(written)["message"] == f"refused {forged}"


def test_half_a_character_does_not_stop_the_log():
    assert json.loads(line("%s", "\ud800"))["message"] == "\ud800"


def test_a_traceback_stands_in_its_line():
    try:
        raise ValueError("one\ntwo")
    except ValueError:
        record = logging.LogRecord("t", logging.ERROR, "x.py", 1, "broken", (), sys.exc_info())
    written = JsonLines().format(record)
    assert "\n" not in written
    assert "ValueError: one" in json.loads(written)["traceback"]


@pytest.mark.parametrize("path", [f"/join/{TOKEN}/", f"/accounts/password/reset/key/1-{TOKEN}/"])
def test_the_token_of_a_door_is_left_out_everywhere(path):
    written = line("Forbidden (CSRF token missing.): %s", path, path=path)
    assert TOKEN not in written
    assert "(token)" in written


def test_every_request_has_one_line_with_who_what_and_how_it_ended(client, thea, lines):
    client.force_login(thea)
    answer = client.get(reverse("account_change_password"))
    (found,) = requests_in(lines)
    assert found["request"] == answer["X-Request-ID"]
    assert (found["method"], found["status"]) == ("GET", 200)
    assert found["path"] == reverse("account_change_password")
    assert (found["person"], found["address"]) == (str(thea.key), "127.0.0.1")
    assert found["milliseconds"] > 0


def test_the_number_of_a_proxy_is_kept_and_a_forged_one_is_not(client):
    given = client.get("/healthz", headers={"x-request-id": "abc-123-def"})
    assert given["X-Request-ID"] == "abc-123-def"
    for forged in ("short", "with space and more", 'x" y', "x" * 65):
        answer = client.get("/healthz", headers={"x-request-id": forged})
        assert answer["X-Request-ID"] != forged
        assert len(answer["X-Request-ID"]) == 32


def test_all_lines_of_one_request_carry_its_number(client, db, lines):
    answer = client.get("/there/is/no/such/page/", headers={"x-request-id": "number-of-this"})
    assert answer.status_code in {302, 404}
    client.post("/accounts/login/", {"login": "x", "password": "y"}, REMOTE_ADDR="192.0.2.1")
    numbers = {json.loads(each)["request"] for each in lines}
    assert "" not in numbers
    assert len(numbers) == 2


def test_no_password_is_ever_written(client, thea, lines):
    wrong = "a password that is not hers"
    client.post("/accounts/login/", {"login": "thea", "password": wrong})
    client.post("/accounts/login/", {"login": wrong, "password": PASSWORD})
    client.post("/accounts/login/", {"login": "thea", "password": PASSWORD})
    assert requests_in(lines)
    assert not any(wrong in each or PASSWORD in each for each in lines)
