"""How the sign-in library sends mail here: not at all, it puts it into the outbox."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.http import HttpRequest

from training.accounts.adapter import ClosedSignUp
from training.clock import site_time
from training.mail import actions as outbox

# "Confirmation email sent to …"
SENT = "account/messages/email_confirmation_sent.txt"


class MailsAfterwards(ClosedSignUp):
    """Whatever the library writes to somebody waits in the outbox; no request waits for it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letter: EmailMessage = self.render_mail(
            template_prefix, email, {"request": self.request, "email": email, **context}
        )
        ready = outbox.Letter(email, str(letter.subject), str(letter.body))
        outbox.post(ready, at=site_time.now())

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Tell what the library tells, but for a mail that this site does not send."""
        if message_template != SENT or outbox.is_configured():
            super().add_message(request, level, message_template, *args, **kwargs)
