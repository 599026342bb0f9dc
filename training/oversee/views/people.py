"""People: the names behind a count, one person, invitations, closing and reopening an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.accounts import actions as accounts
from training.clock import site_time
from training.cohorts.permissions import desk
from training.headcounts import actions as headcounts
from training.oversee.access import admin_only, may_invite, own_person, person_of, posted
from training.oversee.forms import PeopleFilter, ReasonForm
from training.oversee.readings.people import is_everybody, open_work, person_page
from training.oversee.readings.people import people as found_people


@require_safe
@desk("oversee")
def people(request: HttpRequest) -> HttpResponse:
    """The names behind every count. Three to eight queries beside the session and roles."""
    narrowed = PeopleFilter(request.GET)
    narrowed.is_valid()
    if is_everybody(person_of(request), narrowed.cleaned_data):
        headcounts.look()
    return render(
        request,
        "oversee/people.html",
        {
            "found": found_people(person_of(request), narrowed.cleaned_data),
            "narrowed": narrowed,
            "wanted": narrowed.cleaned_data,
        },
    )


@require_safe
@desk("oversee")
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person with everything that concerns them."""
    found = own_person(person_of(request), key)
    shown = person_page(person_of(request), found, site_time.now())
    return render(request, "oversee/person.html", {"shown": shown, "one": found})


@require_POST
@desk("oversee")
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make an invitation and show its link: this once, since only its digest is kept."""
    found = own_person(person_of(request), key)
    if not may_invite(person_of(request), found):
        raise PermissionDenied
    try:
        invitation, token = accounts.invite(found, at=site_time.now(), by=person_of(request))
    except accounts.AccountClosed:
        messages.error(
            request, _("The account is closed. No invitation was made. Reopen the account first.")
        )
        return redirect("oversee:person", key)
    link = request.build_absolute_uri(reverse("front:invitation", args=(token,)))
    return render(
        request,
        "oversee/invite.html",
        {"one": found, "invitation": invitation, "link": link},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
@admin_only
def deactivate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close an account, after showing what is left open."""
    found = own_person(person_of(request), key)
    form = ReasonForm(posted(request), submit=_("Close the account"))
    if request.method == "POST" and form.is_valid():
        try:
            accounts.deactivate(
                found, by=person_of(request), at=site_time.now(), reason=form.cleaned_data["reason"]
            )
        except accounts.OwnAccount:
            form.add_error(None, _("This is your own account. Another admin can close it."))
        except accounts.LastAdmin:
            form.add_error(
                None,
                _("This is the last admin. Nothing was changed. Make somebody else admin first."),
            )
        else:
            messages.success(request, _("The account is closed. Every record is kept."))
            return redirect("oversee:person", key)
    return render(
        request,
        "oversee/deactivate.html",
        {"one": found, "form": form, "work": open_work(found)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
@admin_only
def reactivate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a closed account again."""
    found = own_person(person_of(request), key)
    form = ReasonForm(posted(request), submit=_("Reopen the account"), danger=False)
    if request.method == "POST" and form.is_valid():
        accounts.reactivate(
            found, by=person_of(request), at=site_time.now(), reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("The account is open again, with the password it had."))
        return redirect("oversee:person", key)
    return render(request, "oversee/reactivate.html", {"one": found, "form": form})
