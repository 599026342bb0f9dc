"""How the sign-in library sends mail here: not at all, it puts it into the outbox."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone

from training.accounts.adapter import ClosedSignUp
from training.mail import actions as outbox


class MailsAfterwards(ClosedSignUp):
    """Whatever the library writes to somebody waits in the outbox; no request waits for it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letter: EmailMessage = self.render_mail(
            template_prefix, email, {"request": self.request, "email": email, **context}
        )
        ready = outbox.Letter(email, str(letter.subject), str(letter.body))
        outbox.post(ready, at=timezone.now())
