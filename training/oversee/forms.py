"""The forms of oversight: what lists can be narrowed by, and what is made."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.documents.models import Edition
from training.accounts.models import Person, Unit
from training.cohorts import roster as rosters
from training.cohorts.editing import Wanted
from training.oversee.wording import said
from training.progress.models import State

PEOPLE_STATES = [
    ("", _("Everybody")),
    ("enrolled", _("Enrolled")),
    *State.choices,
    ("not-signed-in", _("Not yet signed in")),
    ("closed", _("Account closed")),
]
SEARCH = forms.TextInput(attrs={"type": "search"})


class HomeFilter(forms.Form):
    """Which cohorts are shown at a glance."""

    q = forms.CharField(label=_("Name of a cohort"), required=False, max_length=100, widget=SEARCH)
    page = forms.CharField(required=False, max_length=9)


class PeopleFilter(forms.Form):
    """Which people are shown."""

    q = forms.CharField(
        label=_("Name, rank, service number or username"),
        required=False,
        max_length=100,
        widget=SEARCH,
    )
    state = forms.ChoiceField(label=_("State"), choices=PEOPLE_STATES, required=False)
    cohort = forms.UUIDField(required=False)
    unit = forms.UUIDField(required=False)
    page = forms.CharField(required=False, max_length=9)


class UnitFilter(forms.Form):
    """Which people of a unit are shown."""

    q = forms.CharField(
        label=_("Name, rank or service number"), required=False, max_length=100, widget=SEARCH
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any state")), *State.choices], required=False
    )
    sort = forms.RegexField(regex=r"-?(name|unit|seen|c\d{1,2})", required=False)
    page = forms.CharField(required=False, max_length=9)


class CohortFilter(forms.Form):
    """What is looked for on the page of a cohort."""

    instructor = forms.CharField(
        label=_("Name, service number or username"), required=False, max_length=100, widget=SEARCH
    )
    person = forms.CharField(
        label=_("Name, service number or username"), required=False, max_length=100, widget=SEARCH
    )
    page = forms.CharField(required=False, max_length=9)


class CoordinatorFilter(forms.Form):
    """Whom to appoint for which unit."""

    unit = forms.UUIDField(required=False)
    person = forms.CharField(required=False, max_length=100)


class PersonForm(forms.Form):
    """One person, named by their key."""

    person = forms.UUIDField()


class ReasonForm(forms.Form):
    """Why something is done; it goes into the audit trail."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Kept in the audit trail with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, submit: str, danger: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", submit, css_class="danger" if danger else ""))


class CohortForm(forms.Form):
    """A new cohort."""

    name = forms.CharField(label=_("Name"), max_length=120)
    edition = forms.ModelChoiceField(
        label=_("Course"),
        queryset=Edition.objects.none(),
        to_field_name="key",
        empty_label=None,
        help_text=_(
            "The cohort keeps this edition, whatever is published later, until you move it on."
        ),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        to_field_name="key",
        help_text=_("Its coordinators see the cohort. New people of a roster join it by default."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, *args: Any, by: Person, editions: dict[str, str], **kwargs: Any) -> None:
        """`editions` holds what each edition is called, by key, the one to propose first."""
        super().__init__(*args, **kwargs)
        edition, unit = self.fields["edition"], self.fields["unit"]
        edition.queryset = Edition.objects.filter(key__in=editions)  # type: ignore[attr-defined]
        edition.choices = list(editions.items())  # type: ignore[attr-defined]
        unit.queryset = Unit.objects.coordinated_by(by)  # type: ignore[attr-defined]
        unit.label_from_instance = unit_label  # type: ignore[attr-defined]
        # Without a unit only an admin would see the cohort.
        unit.required = not by.is_admin
        if not by.is_admin:
            # Most coordinators answer for one branch: its root is proposed.
            unit.empty_label = None  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout("name", "edition", "unit", Row("starts_on", "ends_on"))
        self.helper.add_input(Submit("save", _("Create the cohort")))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return cleaned


class CohortEditForm(CohortForm):
    """A cohort as it is; `version` says which state of it was looked at."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, by=by, editions={}, **kwargs)
        del self.fields["edition"]
        self.helper = FormHelper()
        self.helper.layout = Layout("version", "name", "unit", Row("starts_on", "ends_on"))
        self.helper.add_input(Submit("save", _("Save the changes")))

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        return Wanted(
            **{one: self.cleaned_data[one] for one in ("name", "unit", "starts_on", "ends_on")}
        )


class MoveForm(forms.Form):
    """The newer edition that a cohort is to run, by its number, and what was looked at."""

    edition = forms.IntegerField(required=False)
    version = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, newer: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newer = {one.number: one for one in newer}

    def clean_edition(self) -> Edition | None:
        return self.newer.get(self.cleaned_data["edition"])


def unit_label(unit: Unit) -> str:
    """The unit with its code, indented by its depth in the tree."""
    return f"{'– ' * unit.depth}{unit.name} ({unit.code})"


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("As it stands in rosters; unique.")
    )
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Unit.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("No other unit: a root of the tree"),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        parent.queryset = Unit.objects.coordinated_by(by)  # type: ignore[attr-defined]
        parent.label_from_instance = unit_label  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Add the unit")))


class RosterFilter(forms.Form):
    """Another list, whose refused rows are to be corrected here."""

    roster = forms.UUIDField(required=False)


class RosterForm(forms.Form):
    """A list of people, as a file or pasted. `cleaned_data["list"]` holds its text."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV in UTF-8, at most 1 MB and 5,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )
    text = forms.CharField(
        label=_("Or paste the rows here"),
        required=False,
        strip=False,
        max_length=rosters.MOST_BYTES,
        help_text=_("With the line of headings, separated by commas, semicolons or tabs."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("check", _("Check the list")))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        field, problem = "text", None
        text = cleaned.get("text") or ""
        if cleaned.get("file"):
            field = "file"
            text, problem = self._uploaded(cleaned["file"])
        if self.errors:
            return cleaned
        if problem is None:
            table = rosters.read(text)
            problems = [said(one) for one in table.problems]
        else:
            problems = [said(problem)]
        for sentence in problems:
            self.add_error(field, sentence)
        cleaned["list"] = text
        cleaned["name"] = cleaned["file"].name if cleaned.get("file") else ""
        return cleaned

    def _uploaded(self, file: Any) -> tuple[str, rosters.Problem | None]:
        # Looked at before it is read: nobody's memory is for files that are refused anyway.
        if file.size > rosters.MOST_BYTES:
            return "", rosters.Problem(rosters.Code.TOO_LARGE)
        return rosters.decoded(file.read())
