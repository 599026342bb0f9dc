"""`{% load sentences %}`: Django's i18n, but for sentences in which there is nothing to look up.

Where the site has one language (settings.USE_I18N) a sentence is its own translation. It is put
into the page when the template is read, and one with values in it needs no catalogue either. A page
has some fifty sentences, and looking them up took a tenth of its time.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template import Library, Node
from django.template.base import FilterExpression, Parser, TextNode, Token, render_value_in_context
from django.template.context import Context
from django.templatetags import i18n

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Sentence(Node):
    """A sentence with values: `text` to be formatted with `names`, from `given` or the page."""

    child_nodelists = ()

    def __init__(self, text: str, names: list[str], given: dict[str, FilterExpression]) -> None:
        self.text, self.names, self.given = text, names, given

    def render(self, context: Context) -> str:
        return self.text % {name: self._value(name, context) for name in self.names}

    def _value(self, name: str, context: Context) -> Any:
        found = self.given.get(name)
        value = context.get(name, "") if found is None else found.resolve(context)
        return render_value_in_context(value, context)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Django's own node, or the sentence itself."""
    node: Any = i18n.do_translate(parser, token)
    said = node.filter_expression
    literal = getattr(said.var, "literal", None)
    plain = not (settings.USE_I18N or node.asvar or node.noop or said.filters)
    return TextNode(literal) if plain and isinstance(literal, str) else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Django's own node, or the sentence without a catalogue; those that count are rare."""
    node: Any = i18n.do_block_translate(parser, token)
    if settings.USE_I18N or node.asvar or node.countervar:
        return node
    text, names = node.render_token_list(node.singular)
    return Sentence(text, names, node.extra_context) if names else TextNode(text.replace("%%", "%"))
