"""The forms of the pages for anyone."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
)
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from training.accounts.adapter import TOO_MANY, TOO_MANY_HERE
from training.accounts.models import Person
from training.clock import site_time
from training.front.signing_in import note_refusal
from training.mail import actions as outbox


def say_whom_to_ask(password: forms.Field) -> None:
    """Where no mail is sent, put that in the place of the library's link to the reset page.

    Nobody gets a link there: an admin gives out a new invitation instead.
    """
    if not outbox.is_configured():
        password.help_text = _("Forgotten it? Ask your admin for a new invitation.")


class SignInForm(LoginForm):
    """The sign-in library's form, with 429 for whoever has failed too often just now.

    Both are counted at the door (door.py): the tries for one name, and the refusals of one address,
    up to settings.SIGN_IN_REFUSALS_A_MINUTE.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The label stands above; the same words inside look like something typed already.
            field.widget.attrs.pop("placeholder", None)
        # The library's link would stand between name and password on the way of the Tab key; the
        # page has it below the button.
        self.fields["password"].help_text = ""
        say_whom_to_ask(self.fields["password"])

    def clean(self) -> Any:
        try:
            return super().clean()
        except forms.ValidationError as error:
            if error.code not in {TOO_MANY, TOO_MANY_HERE}:
                raise
            if error.code == TOO_MANY:
                # Those of an address that tried many are not counted again: it would never end.
                note_refusal(self.request, at=site_time.now(), reason="too many tries")
            raise ImmediateHttpResponse(respond_429(self.request)) from error


class NewPasswordForm(ChangePasswordForm):
    """The sign-in library's form, which promises no link where no mail is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_whom_to_ask(self.fields["oldpassword"])


class ConfirmForm(ReauthenticateForm):
    """The sign-in library's form, which promises no link where no mail is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_whom_to_ask(self.fields["password"])


class ForgottenForm(ResetPasswordForm):
    """The sign-in library's form, which neither looks anybody up nor writes to them.

    Known addresses and unknown ones make the same row; the outbox finds out later whose it is.
    """

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address: str = self.cleaned_data["email"]
        home = request.build_absolute_uri("/").rstrip("/")
        outbox.ask_for_reset(address, home, at=site_time.now())
        return address


class ChoosePasswordForm(forms.Form):
    """A first password, typed twice. The name is shown so that a password manager keeps both."""

    name = forms.CharField(
        label=_("Name to sign in with"),
        disabled=True,
        help_text=_("Given by whoever invited you. You will need it each time you sign in."),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 15 characters. Several words in a row are good; no other rules."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.initial["name"] = person.username
        self.fields["name"].widget.attrs["autocomplete"] = "username"
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Set the password and sign in")))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, user=self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, again = cleaned.get("password"), cleaned.get("again")
        if first and again and first != again:
            self.add_error(
                "again", _("The two passwords differ. Nothing was saved. Type both once more.")
            )
        return cleaned


class DisplayForm(forms.Form):
    """Light, dark, or as the device has it; and how large the text is."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[
            ("system", _("As on this device")),
            ("light", _("Dark on light")),
            ("dark", _("Light on dark")),
        ],
        widget=forms.RadioSelect,
    )
    # Without it the size stays as it is.
    text = forms.ChoiceField(
        label=_("Size of the text"),
        choices=[
            ("usual", _("As usual")),
            ("large", _("Large")),
            ("larger", _("Larger")),
            ("largest", _("Largest, one and a half times")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
