"""Enrolling from a list: send it, look at what it would do, apply it once."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.clock import site_time
from training.cohorts import actions as cohorts
from training.cohorts import spreadsheet
from training.cohorts.download import csv_file
from training.cohorts.models import Roster
from training.cohorts.permissions import desk
from training.cohorts.roster import Outcome
from training.flows import applying_a_roster as applying
from training.oversee.access import own_cohort, own_roster, person_of, posted
from training.oversee.forms import RosterFilter, RosterForm
from training.oversee.readings.roster_history import effects_page
from training.oversee.readings.rosters import plan_page, refused_lines, refused_text, template_lines


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def roster(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a list in; it is kept and nothing else happens yet."""
    found = own_cohort(person_of(request), key)
    form = RosterForm(
        posted(request), request.FILES or None, initial={"text": _refused_text(request)}
    )
    if request.method == "POST" and form.is_valid():
        kept = cohorts.keep_roster(
            found,
            form.cleaned_data["list"],
            at=site_time.now(),
            by=person_of(request),
            file_name=form.cleaned_data["name"],
        )
        return redirect("oversee:roster_plan", kept.key)
    return render(request, "oversee/roster.html", {"cohort": found, "form": form})


def _refused_text(request: HttpRequest) -> str:
    """The rows that another list was refused, if one is named, to be corrected in the form."""
    narrowed = RosterFilter(request.GET)
    key = narrowed.cleaned_data.get("roster") if narrowed.is_valid() else None
    if key is None:
        return ""
    plan = applying.planned(own_roster(person_of(request), key), person_of(request))
    return refused_text(plan)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("oversee")
def roster_plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET shows what the list would do, or did; POST applies it and shows the new links once."""
    found = own_roster(person_of(request), key)
    if request.method == "POST":
        return _apply(request, found)
    page = request.GET.get("page", "")
    if found.state != Roster.State.CHECKED:
        shown = effects_page(found, page, site_time.now())
        refused = bool(found.counts.get(Outcome.ERROR))
        return render(
            request,
            "oversee/roster_done.html",
            {"roster": found, "shown": shown, "refused": refused},
        )
    plan = applying.planned(found, person_of(request))
    return render(
        request, "oversee/roster_plan.html", {"roster": found, "shown": plan_page(plan, page)}
    )


def _apply(request: HttpRequest, found: Roster) -> HttpResponse:
    at = site_time.now()
    good_only = request.POST.get("rows") == "good"
    try:
        done = applying.apply(found, at=at, by=person_of(request), good_only=good_only)
    except applying.AlreadyApplied:
        messages.warning(
            request,
            _(
                "This list was applied before; nothing was changed now. Invitation links are shown "
                "once: make new ones on the pages of the people who need them."
            ),
        )
    except applying.HasErrors:
        messages.error(
            request,
            _(
                "Some rows cannot be applied; nothing was changed. Correct the list and send it "
                "again, or apply the good rows only."
            ),
        )
    except applying.ChangedMeanwhile:
        messages.error(
            request,
            _(
                "Somebody else entered one of these people at the same moment; nothing was "
                "changed. Look at the rows below and apply again."
            ),
        )
    else:
        return _links(request, found, done, at)
    return redirect("oversee:roster_plan", found.key)


def _links(
    request: HttpRequest, found: Roster, done: applying.Applied, at: datetime
) -> HttpResponse:
    """The answer to applying: no redirect, since the links are in no table to be read again."""
    links = [
        (person, request.build_absolute_uri(reverse("front:invitation", args=(token,))))
        for person, token in done.invited
    ]
    until = at + applying.INVITED_FOR
    rows: list[list[spreadsheet.Value]] = [
        [_("Service number"), _("Name"), _("Username"), _("Link"), _("Valid until")]
    ]
    rows += [
        [person.service_number, person.shown_name, person.username, link, until.date()]
        for person, link in links
    ]
    file = b64encode("".join(spreadsheet.lines(rows)).encode()).decode()
    return render(
        request,
        "oversee/roster_links.html",
        {
            "roster": found,
            "shown": plan_page(done.plan, ""),
            "links": links,
            "until": until,
            # The file is in the page itself: on the server the tokens are kept nowhere.
            "file": f"data:text/csv;base64,{file}" if links else "",
        },
    )


@require_safe
@desk("oversee")
def roster_template(request: HttpRequest) -> StreamingHttpResponse:
    """The file to fill in."""
    return csv_file(template_lines(), "roster-template.csv")


@require_safe
@desk("oversee")
def roster_refused(request: HttpRequest, key: UUID) -> StreamingHttpResponse:
    """The rows in error, with what is wrong, to be corrected and sent again."""
    found = own_roster(person_of(request), key)
    return csv_file(
        refused_lines(applying.planned(found, person_of(request))), "roster-refused.csv"
    )
