"""A form as a visitor finds it in a page, and filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """Where a form goes and what it asks. `choices` are the values to choose from, by name."""

    action: str = ""
    method: str = "get"
    hidden: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    selects: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def filled(self, variant: int = 0) -> dict[str, str]:
        """An answer; another one for another variant.

        Each select box takes another value, so that entries put in order get a place each.
        """
        fields = dict(self.hidden)
        for name, values in self.choices.items():
            shift = self.selects.index(name) if name in self.selects else 0
            fields[name] = values[(variant + shift) % len(values)]
        return fields | dict.fromkeys(self.texts, str(variant + 1))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.owners: dict[str, Form] = {}
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(told.get("action", ""), told.get("method", "get").casefold())
            self.forms.append(self.open)
            self.owners[told.get("id", "")] = self.open
        form = self.owners.get(told["form"]) if "form" in told else self.open
        name = told.get("name", "")
        if form is None:
            return
        if tag == "input" and name:
            self._input(form, name, told)
        elif tag == "textarea" and name:
            form.texts.append(name)
        elif tag == "select":
            self.select = name
            form.selects.append(name)
        elif tag == "option" and self.select and told.get("value"):
            form.choices.setdefault(self.select, []).append(told["value"])

    def _input(self, form: Form, name: str, told: dict[str, str]) -> None:
        kind = told.get("type", "text")
        if kind == "hidden":
            form.hidden[name] = told.get("value", "")
        elif kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(told.get("value", "on"))
        elif kind in {"text", "number"}:
            form.texts.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


def forms_in(page: str) -> list[Form]:
    """Every form of a page that sends by POST."""
    reader = _Reader()
    reader.feed(page)
    return [form for form in reader.forms if form.method == "post"]


def answer_form(page: str) -> Form:
    """The form of a question's page. Raises LookupError where there is none."""
    for form in forms_in(page):
        if "sequence" in form.hidden:
            return form
    raise LookupError(f"no question to answer in this page:\n{page}")
