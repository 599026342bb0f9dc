"""English in which every translated sentence is put in brackets, so that the others show."""

import gettext
import re
from contextlib import contextmanager
from html.parser import HTMLParser

from django.template import engines
from django.test import override_settings
from django.utils import translation
from django.utils.translation import trans_real

CODE = "en"
OPEN, CLOSE = "⟦", "⟧"
_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
MUTE = {"script", "style"}


class Marking(gettext.NullTranslations):
    """Says every message in brackets."""

    def gettext(self, message):
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, one, more, number):
        return self.gettext(one if number == 1 else more)

    def language(self):
        return CODE

    to_language = language


@contextmanager
def several_languages():
    """As on a site of more languages than one: every word is looked up (settings.USE_I18N)."""
    with override_settings(USE_I18N=True):
        _choose_anew()
        try:
            yield
        finally:
            _choose_anew()


def _choose_anew():
    """Django chooses between looking up and not once and for all, and so does a template."""
    vars(translation._trans).clear()
    for loader in engines["django"].engine.template_loaders:
        loader.reset()


@contextmanager
def every_sentence_marked():
    """All that is translated in this block, in a request or out of one, is in brackets."""
    with several_languages():
        before = trans_real._translations, trans_real._default, translation.get_language()
        trans_real._translations, trans_real._default = {CODE: Marking()}, Marking()
        translation.activate(CODE)
        try:
            yield
        finally:
            trans_real._translations, trans_real._default, language = before
            translation.activate(language)


def unmarked(words: str) -> str:
    """What is left when every marked sentence is taken away."""
    while (shorter := _INNERMOST.sub("", words)) != words:
        words = shorter
    return words


def untranslated(page) -> list[str]:
    """What stands in a page, two words or more, and was not translated: names and content."""
    reader = _Words()
    reader.feed(page.content.decode())
    left = unmarked("\n".join(reader.found)).split("\n")
    return [line.strip() for line in left if len(re.findall(r"[^\W\d_]{2,}", line)) > 1]


class _Words(HTMLParser):
    """The texts of a page, and what a screen reader says of its parts."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.inside = [], []

    def handle_starttag(self, tag, attrs):
        if tag in MUTE:
            self.inside.append(tag)
        self.found += [value or "" for name, value in attrs if name in {"aria-label", "title"}]

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.found.append(data)
