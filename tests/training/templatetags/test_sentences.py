"""A sentence that is looked up nowhere reads as Django's own tags write it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from tests.marking import several_languages

SENTENCES = [
    '{% translate "a & b" %}',
    '{% translate "50 %" %}',
    '{% translate "50 %%" %}',
    '{% translate "50 %%" noop %}',
    "{% translate word %}",
    '{% translate "x"|upper %}',
    '{% translate "x" as y %}[{{ y }}]',
    '{% translate "x" context "c" %}',
    "{% translate '' %}|",
    "{% blocktranslate %}{% endblocktranslate %}",
    "{% blocktranslate %}5 %% %(word)s y{% endblocktranslate %}",
    "{% blocktranslate with a=word %}x {{ a }} 5 % y{% endblocktranslate %}",
    "{% blocktranslate %}{{ word }} {{ missing }} {{ word|upper }}{% endblocktranslate %}",
    "{% blocktranslate with missing.x as a %}{{ a }}{% endblocktranslate %}",
    "{% autoescape off %}{% blocktranslate with a=word %}{{ a }} {{ word }}{% endblocktranslate %}"
    "{% endautoescape %}",
    "{% blocktranslate trimmed with a=word %}\n  x\n   {{ a }}\n  y {% endblocktranslate %}",
    '{% blocktranslate context "q" with a=word %}{{ a }}{% endblocktranslate %}',
    "{% blocktranslate count n=one %}{{ n }} a{% plural %}{{ n }} bs{% endblocktranslate %}",
    "{% blocktranslate asvar z %}q {{ word }}{% endblocktranslate %}[{{ z }}]",
    "{% blocktranslate with a=number %}{{ a }} {{ share }} {{ day }} {{ none }} {{ lazy }}"
    "{% endblocktranslate %}",
    "{% blocktranslate with word=safe a=word %}{{ a }} {{ word }}{% endblocktranslate %}",
    "{% for x in many %}{% blocktranslate with n=forloop.counter %}{{ n }} {{ x }}"
    "{% endblocktranslate %}{% endfor %}",
]
VALUES = {
    "word": "<b>&\"' %s %(a)s",
    "one": 1,
    "number": 1_234_567,
    "share": Decimal("1234.50"),
    "day": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "none": None,
    "lazy": gettext_lazy("<l>"),
    "safe": mark_safe("<i>"),
    "many": [1, "<"],
}


def written(library, sentence):
    return Template(f"{{% load {library} %}}{sentence}").render(Context(VALUES))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_it_is_what_django_writes(sentence):
    assert written("sentences", sentence) == written("i18n", sentence)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_it_is_the_same_on_a_site_of_several_languages(sentence):
    here = written("sentences", sentence)
    with several_languages():
        assert written("sentences", sentence) == here


def test_what_somebody_typed_is_escaped():
    shown = written("sentences", "{% blocktranslate %}{{ word }}{% endblocktranslate %}")
    assert "<b>" not in shown
