"""The one place of the site that marks text as safe HTML, and what makes any text safe."""

from html import escape as _escaped

from django.utils.safestring import SafeString


def safe(html: str) -> SafeString:
    """Mark HTML made by this room as safe for a template.

    Only pass what `compile_lesson` or `render` returned (now or when the revision was saved):
    that has been through the sanitiser. Anything else a person typed must be escaped instead.
    """
    return SafeString(html)


def escape(words: object) -> SafeString:
    """Words for the inside of an element or of a quoted attribute, as Django's `escape`.

    Django's looks through its arguments for words that are not yet translated, which takes longer
    than the escaping; a page made of joined text escapes a hundred times or more.
    """
    return SafeString(_escaped(str(words)))


def escape_unless_safe(words: object) -> SafeString:
    """The same for what may be HTML already: text that is marked as safe stays as it is.

    Unlike Django's `conditional_escape` it knows text alone, not what draws itself as a field does.
    """
    return words if isinstance(words, SafeString) else escape(words)


def squeezed(html: SafeString) -> SafeString:
    """Safe HTML without empty lines and indentation. Not for text that is shown as typed."""
    return safe("\n".join(line.strip() for line in html.splitlines() if line.strip()))
