"""The forms by which a question is called wrong, and by which a second person decides."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from curriculum.documents.models import Document, Revision
from curriculum.documents.telling import told
from curriculum.prose.markup import plain
from curriculum.questions import accepted, amending, generated, numbers, registry
from curriculum.questions.explaining import shown
from training.flows.correcting import Draft
from training.grading.models import Correction

Words = str | Promise
LONGEST = 2_000
PLAIN = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
PLACE, PAIR, BLANK = "place-", "pair-", "blank-"

# What the two ways of correcting a key are called, by kind of question.
WAYS: dict[str, tuple[Words, Words]] = {
    **dict.fromkeys(amending.CHOICES, (_("Another key"), _("Credit another option as well"))),
    "ordering": (_("Another order is right"), _("Credit another order as well")),
    "matching": (_("Another pair is right"), _("Credit another pair as well")),
    "numeric": (_("Another range is right"), _("Accept another range as well")),
    "short": (_("Other answers are right"), _("Accept another answer as well")),
    "cloze": (_("Other answers are right"), _("Accept another answer as well")),
}


@dataclass(frozen=True, slots=True)
class WrongQuestion:
    """The question as it was asked: the copy in view, and all its revisions that were asked."""

    document: Document
    shown: Revision
    revisions: Sequence[Revision]

    @property
    def kind(self) -> str:
        return str(self.shown.facts["kind"])

    @property
    def body(self) -> dict[str, Any]:
        return dict(self.shown.body)


class CorrectionForm(forms.Form):
    """What is wrong, and how the answers are to be marked instead. `draft` is what comes out."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    form = forms.ChoiceField(
        label=_("What is to be done"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to be done.")},
    )
    policy = forms.ChoiceField(
        label=_("Whose result may change"),
        choices=[
            ("never-lower", _("Results may only rise: nobody loses points")),
            ("both-ways", _("Results rise and fall, as the corrected key says")),
        ],
        initial="never-lower",
        widget=forms.RadioSelect,
        help_text=_(
            "Where everybody is credited, nobody can lose and this choice does not matter."
        ),
        error_messages={"required": _("Choose whose result may change.")},
    )
    revisions = forms.MultipleChoiceField(
        label=_("Revisions that were asked with this fault"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one revision.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why the key is wrong, with the source. Trainees see it beside their result."),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, *args: Any, question: WrongQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["key"].initial = uuid.uuid4()
        ways = _forms_for(question.kind)
        self._offer("form", ways)
        if len(ways) == 1:
            self.fields["form"].initial = ways[0][0]
        self._offer("revisions", [(str(one.number), _revision(one)) for one in question.revisions])
        self.fields["revisions"].initial = _alike(question)
        self.key_fields: list[str] = []
        if question.kind in amending.AMENDED:
            fields = FIELDS[question.kind](question.body)
            self.fields |= fields
            self.key_fields = list(fields)

    def _offer(self, name: str, choices: list[tuple[str, Words]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the corrected key."""
        return [self[name] for name in self.key_fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "form" not in cleaned or "revisions" not in cleaned:
            return cleaned
        amendment = self._amendment(cleaned)
        for one in self._chosen(cleaned):
            refused = amending.refused(str(one.facts["kind"]), one.body, amendment)
            if refused:
                said = gettext("%(sentence)s (Revision %(number)d.)")
                where = self.key_fields[0] if self.key_fields else "form"
                self.add_error(where, said % {"sentence": told(refused), "number": one.number})
                break
        cleaned["amendment"] = amendment
        return cleaned

    def _amendment(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        form = cleaned["form"]
        if form == amending.EVERYBODY or self.question.kind not in amending.AMENDED:
            return {"form": form}
        return {"form": form} | READ[self.question.kind](cleaned, self.question.body)

    def _chosen(self, cleaned: dict[str, Any]) -> list[Revision]:
        return [one for one in self.question.revisions if str(one.number) in cleaned["revisions"]]

    def draft(self) -> Draft:
        """What was filled in, of a form that is valid."""
        cleaned = self.cleaned_data
        everybody = cleaned["form"] == amending.EVERYBODY
        policy = Correction.Policy.CREDIT_ALL.value if everybody else cleaned["policy"]
        chosen = frozenset(one.pk for one in self._chosen(cleaned))
        amendment = cleaned["amendment"]
        return Draft(self.question.document, chosen, cleaned["form"], amendment, policy)


class DecisionForm(forms.Form):
    """A second person's word. `digest` stands for the counts that stood on the page."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    outcome = forms.ChoiceField(
        choices=[("approve", "approve"), ("reject", "reject"), ("withdraw", "withdraw")],
        error_messages={"required": _("Choose to approve or to reject. Nothing was changed.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to reject. Who proposed the correction sees it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("outcome") == "reject" and not cleaned.get("reason"):
            self.add_error("reason", _("Write why the correction is rejected."))
        return cleaned


class UndoForm(forms.Form):
    """Why a correction is to be undone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why the correction was wrong. Trainees see it beside their result."),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()


def _forms_for(kind: str) -> list[tuple[str, Words]]:
    everybody: tuple[str, Words] = (amending.EVERYBODY, _("Credit everybody who was asked"))
    if kind not in WAYS:
        return [everybody]
    key, also = WAYS[kind]
    return [(amending.KEY, key), (amending.ALSO, also), everybody]


def _revision(one: Revision) -> str:
    times = getattr(one, "times", None) or 0
    words = ngettext(
        "Revision %(number)d, asked %(times)d time",
        "Revision %(number)d, asked %(times)d times",
        times,
    )
    return words % {"number": one.number, "times": times}


def _alike(question: WrongQuestion) -> list[str]:
    """The revisions with the same key as the one in view: most likely they share its fault."""
    key = _key(question.kind, question.body)
    return [
        str(one.number) for one in question.revisions if _key(question.kind, dict(one.body)) == key
    ]


def _key(kind: str, body: dict[str, Any]) -> Any:
    """What is right; of a generated question what makes it, as each paper has a key of its own."""
    if kind == generated.NAME:
        return [body[name] for name in generated.FIELDS]
    return registry.key(kind, body)


# The fields of each kind, and what is read from them.


def _words(holder: Mapping[str, Any]) -> str:
    return plain(shown(holder, "text"))


def _option_fields(body: dict[str, Any]) -> dict[str, forms.Field]:
    now = gettext("%(option)s (the key now)")
    choices = [
        (one["id"], now % {"option": _words(one)} if one["right"] else _words(one))
        for one in body["options"]
    ]
    field = forms.MultipleChoiceField(
        label=_("Which option"),
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The option that is the key, or the one to credit beside it. Not needed to credit "
            "everybody."
        ),
    )
    return {"options": field}


def _read_options(cleaned: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {"options": cleaned.get("options", [])}


def _order_fields(body: dict[str, Any]) -> dict[str, forms.Field]:
    count = len(body["entries"])
    places = [("", _("no place")), *((str(at), str(at)) for at in range(1, count + 1))]
    return {
        PLACE + entry["id"]: forms.ChoiceField(
            label=_words(entry), choices=places, required=False, initial=str(at)
        )
        for at, entry in enumerate(body["entries"], start=1)
    }


def _read_order(cleaned: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    places = {entry["id"]: cleaned.get(PLACE + entry["id"], "") for entry in body["entries"]}
    whole = sorted(places.values()) == sorted(str(at) for at in range(1, len(places) + 1))
    return {"order": sorted(places, key=lambda one: int(places[one])) if whole else []}


def _pair_fields(body: dict[str, Any]) -> dict[str, forms.Field]:
    sides = [pair["right"] for pair in body["pairs"]] + body["distractors"]
    return {
        PAIR + pair["left"]["id"]: forms.ChoiceField(
            label=_words(pair["left"]),
            choices=[("", _("as it is")), *((one["id"], _words(one)) for one in sides)],
            required=False,
            help_text=gettext("The key now: %(side)s") % {"side": _words(pair["right"])},
        )
        for pair in body["pairs"]
    }


def _read_pairs(cleaned: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    lefts = [pair["left"]["id"] for pair in body["pairs"]]
    return {"pairs": {one: cleaned[PAIR + one] for one in lefts if cleaned.get(PAIR + one)}}


def _text(label: Any, hint: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs=PLAIN)
    return forms.CharField(
        label=label, max_length=LONGEST, required=False, widget=widget, help_text=hint
    )


def _range_fields(body: dict[str, Any]) -> dict[str, forms.Field]:
    key = registry.explain("numeric", body, {}).lines[0].key
    hint = gettext("The key now: %(key)s. For one number, write it twice.") % {"key": key}
    return {"low": _text(_("From"), hint), "high": _text(_("To"))}


def _read_range(cleaned: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {name: numbers.canonical(cleaned.get(name, "")) or "" for name in ("low", "high")}


def _accepted_fields(body: dict[str, Any]) -> dict[str, forms.Field]:
    hint = gettext("The key now: %(key)s. Part several answers by |.")
    return {"accepted": _text(_("Answers"), hint % {"key": accepted.joined(body["accepted"])})}


def _read_accepted(cleaned: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {"accepted": accepted.split(cleaned.get("accepted", ""))}


def _blank_fields(body: dict[str, Any]) -> dict[str, forms.Field]:
    label = gettext("Blank %(number)d")
    hint = gettext("The key now: %(key)s. Leave it empty to keep it as it is.")
    return {
        BLANK + blank["id"]: _text(
            label % {"number": number}, hint % {"key": accepted.joined(blank["accepted"])}
        )
        for number, blank in enumerate(body["blanks"], start=1)
    }


def _read_blanks(cleaned: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    written = {one["id"]: cleaned.get(BLANK + one["id"], "") for one in body["blanks"]}
    return {"blanks": {one: accepted.split(text) for one, text in written.items() if text}}


FIELDS: dict[str, Callable[[dict[str, Any]], dict[str, forms.Field]]] = {
    **dict.fromkeys(amending.CHOICES, _option_fields),
    "ordering": _order_fields,
    "matching": _pair_fields,
    "numeric": _range_fields,
    "short": _accepted_fields,
    "cloze": _blank_fields,
}
READ: dict[str, Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    **dict.fromkeys(amending.CHOICES, _read_options),
    "ordering": _read_order,
    "matching": _read_pairs,
    "numeric": _read_range,
    "short": _read_accepted,
    "cloze": _read_blanks,
}
