"""The page that shows every component once: for the tests here and for whoever changes the look.

To see it in a browser: ROOT_URLCONF = "tests.look.gallery_view", then /gallery/.
"""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from training.config.urls import urlpatterns as pages_of_the_site

PAGE = Path(__file__).with_name("gallery.html")
NAVIGATION = ["Today", "Courses", "Review", "Glossary", "Cohorts"]


class EnrolForm(forms.Form):
    """One field of every kind that the crispy pack promises to draw."""

    name = forms.CharField(help_text="As it stands on the passport.")
    password = forms.CharField(widget=forms.PasswordInput)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    rank = forms.ChoiceField(choices=[("", "Choose"), ("capt", "Captain"), ("maj", "Major")])
    arrival = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    briefing = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), required=False
    )
    service = forms.ChoiceField(
        choices=[("army", "Army"), ("navy", "Navy"), ("air", "Air force")],
        widget=forms.RadioSelect,
        help_text="The one that sends you.",
    )
    languages = forms.MultipleChoiceField(
        choices=[("en", "English"), ("fr", "French"), ("ar", "Arabic")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    orders = forms.FileField(help_text="PDF, at most 2 MB.", required=False)
    agree = forms.BooleanField(label="I have read the conditions of use.")
    key = forms.CharField(widget=forms.HiddenInput, initial="k", required=False)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Render the gallery; `?errors` shows the form as it comes back with mistakes."""
    if "messages" in request.GET:
        messages.success(request, "Your password was changed.")
        messages.error(request, "The roster was not applied: row 14 names an unknown unit.")
    values = {
        "form": EnrolForm({"name": ""} if "errors" in request.GET else None),
        "body_class": request.GET.get("body", ""),
        "navigation": [
            {"url": f"#{label}", "label": label, "current": label == "Today"}
            for label in NAVIGATION
        ],
    }
    template = engines["django"].from_string(PAGE.read_text(encoding="utf-8"))
    return HttpResponse(template.render(values, request))


urlpatterns = [path("gallery/", gallery), *pages_of_the_site]
