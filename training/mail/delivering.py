"""Sending what is due: take one, send it with nothing held, note what became of it."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from training.mail import actions as outbox
from training.mail.letters import message
from training.mail.models import Mail
from training.mail.rules import is_stale

# One run sends at most this many, so that a timer's runs do not pile up.
A_RUN = 200
# A recipient or a text that is refused says nothing about the next mail; every other error does.
ABOUT_THIS_ONE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)


@dataclass(slots=True)
class Delivered:
    """What a run did. After `cut_off` the server could not be reached; the rest waits."""

    sent: int = 0
    failed: int = 0
    cut_off: bool = False


def deliver(*, clock: Callable[[], datetime], most: int = A_RUN) -> Delivered:
    """Send what is due, at most `most`; `clock` tells the time, since sending takes some.

    At least once: a mail that was sent by somebody who died before noting it is sent again, with
    the same Message-ID.
    """
    done = Delivered()
    for _number in range(most):
        mail = outbox.claim(at=clock())
        if mail is None:
            break
        _handle(mail, done, clock)
        if done.cut_off:
            # Nobody is served by waiting for every other mail to fail as well.
            break
    outbox.forget_old(at=clock())
    return done


def _handle(mail: Mail, done: Delivered, clock: Callable[[], datetime]) -> None:
    if is_stale(mail.kind, mail.created_at, clock()):
        outbox.let_go(mail, at=clock())
    elif mail.kind == Mail.Kind.FORGOTTEN:
        outbox.address_resets(mail)
    elif mail.person is not None and not mail.person.is_active:
        # Closed since: nothing more is written to them.
        outbox.drop(mail)
    else:
        _send(mail, done, clock)


def _send(mail: Mail, done: Delivered, clock: Callable[[], datetime]) -> None:
    try:
        message(mail).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        outbox.note_failed(mail, f"{type(error).__name__}: {error}", at=clock())
        done.failed += 1
        done.cut_off = not isinstance(error, ABOUT_THIS_ONE)
    else:
        outbox.note_sent(mail, at=clock())
        done.sent += 1
