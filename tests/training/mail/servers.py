"""Mail servers as one meets them: away, choosy, and silent."""

import smtplib
import threading

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody listens")


class Picky(BaseEmailBackend):
    def send_messages(self, email_messages):
        for mail in email_messages:
            if "refused" in mail.to[0]:
                raise smtplib.SMTPRecipientsRefused({mail.to[0]: (550, b"unknown")})
        return len(email_messages)


class Silent(BaseEmailBackend):
    """Takes the mail and says nothing until `answers` is set."""

    asked = threading.Event()
    answers = threading.Event()

    def send_messages(self, email_messages):
        self.asked.set()
        self.answers.wait(60)
        return len(email_messages)
