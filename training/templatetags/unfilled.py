"""The fields of a form that nobody has filled in: rendered once, and kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.template import Library
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from training.statements.kept import Kept

register = Library()
_kept: Kept[tuple[Any, ...], SafeString] = Kept(64)


@register.simple_tag
def fields_of(form: BaseForm) -> SafeString:
    """The fields, with what was typed and what is wrong with it, if anything was typed.

    A form without either says the same to everybody of one language; its hints are part of the
    key, since settings decide them.
    """
    if form.is_bound or form.initial or settings.DEBUG:
        return _written(form)
    hints = tuple(str(field.help_text) for field in form.fields.values())
    key = (type(form), form.prefix, get_language(), get_script_prefix(), hints)
    found = _kept.get(key)
    return _kept.put(key, _written(form)) if found is None else found


def _written(form: BaseForm) -> SafeString:
    return render_to_string("chancery/fields.html", {"form": form})
