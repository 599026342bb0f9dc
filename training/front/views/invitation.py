"""The way in for somebody who was invited."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from training.accounts.actions import accept_invitation
from training.accounts.invitations import (
    InvitationExpired,
    InvitationRefused,
    InvitationUnknown,
    InvitationUsed,
    invitation_for,
)
from training.clock import site_time
from training.front.forms import ChoosePasswordForm
from training.front.readings import cohorts_awaiting

NOT_FOUND, GONE = 404, 410


@login_not_required
@sensitive_post_parameters("password", "again")
@sensitive_variables("token", "form")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who is invited to what; POST sets the password and signs in.

    The sign-in goes through all its stages: who has a second factor is asked for it.
    """
    at = site_time.now()
    try:
        found = invitation_for(token, at=at)
        form = ChoosePasswordForm(request.POST or None, person=found.person)
        if request.method == "POST" and form.is_valid():
            try:
                person = accept_invitation(token, form.cleaned_data["password"], at=at)
            except ValidationError as error:
                form.add_error("password", error)
            else:
                return perform_login(request, person, redirect_url=reverse("front:home"))
    except InvitationRefused as refusal:
        return refused(request, refusal)
    return render(
        request,
        "front/invitation.html",
        {
            "form": form,
            "invited": found.person,
            "until": found.expires_at,
            "cohorts": cohorts_awaiting(found.person),
        },
    )


def refused(request: HttpRequest, refusal: InvitationRefused) -> HttpResponse:
    """404 for a token that never was, 410 for one whose time is over; both say whom to ask."""
    return render(
        request,
        "front/invitation_refused.html",
        {
            "used": isinstance(refusal, InvitationUsed),
            "expired": isinstance(refusal, InvitationExpired),
            "unknown": isinstance(refusal, InvitationUnknown),
        },
        status=NOT_FOUND if isinstance(refusal, InvitationUnknown) else GONE,
    )
