"""The words of a mail, and the message that carries them."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from training.mail.models import Mail


def message(mail: Mail) -> EmailMessage:
    """The message of a mail of kind reset or text; for a reset the link is made now."""
    subject, text = (mail.subject, mail.text) if mail.kind == Mail.Kind.TEXT else _reset_words(mail)
    # What the site is marked with, its mail is marked with: first line and last.
    marking = settings.CLASSIFICATION
    if marking:
        text = f"{marking}\n\n{text}\n\n{marking}"
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=text + "\n",
        to=[mail.address],
        headers={
            "Message-ID": f"<{mail.key}@{_domain()}>",
            "Date": mail.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            "Auto-Submitted": "auto-generated",
        },
    )


def _domain() -> str:
    """The part after the @ of the sender's address."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"


def _reset_words(mail: Mail) -> tuple[str, str]:
    person = mail.person
    if person is None:
        raise ValueError("a reset is for somebody")
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    words = {
        "site": settings.SITE_NAME,
        "name": person.shown_name,
        "username": person.username,
        "link": f"{mail.home}{path}",
    }
    subject = _("%(site)s: set a new password") % words
    text = _(
        "%(name)s,\n\n"
        "somebody, probably you, asked for a new password for your account at %(site)s. "
        "Your name to sign in with is %(username)s.\n\n"
        "This link sets a new password. It works once, within one hour:\n\n"
        "%(link)s\n\n"
        "If you did not ask for it, do nothing: your password stays as it is."
    )
    return subject, text % words
