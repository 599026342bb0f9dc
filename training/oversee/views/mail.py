"""The outbox: whether mail goes out, and what the last error was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.clock import site_time
from training.cohorts.permissions import desk
from training.oversee.access import admin_only
from training.oversee.readings.mail import mail_page


@require_safe
@desk("oversee")
@admin_only
def mail(request: HttpRequest) -> HttpResponse:
    """What waits, what was given up, and why. Two queries beside the session and roles."""
    return render(request, "oversee/mail.html", {"shown": mail_page(site_time.now())})
