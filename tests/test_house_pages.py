"""The rules of the house for templates, scripts and style sheets."""

from pathlib import Path

from tests.house import ROOT, files, nothing_offends, offences, pages

TEMPLATES = files("templates", ".html")
STYLES = files("static", ".css")
TOKENS = ROOT / "static" / "css" / "tokens.css"
# The same in every language.
NAMES: set[str] = set()
# What is HTML before it reaches a template, and why that is safe: the attributes of a form and the
# words of its buttons and hints come from our code; the picture of a code comes from the library.
TRUSTED = {"flat_attrs", "content", "help_text", "totp_svg"}


def test_every_word_of_a_page_can_be_translated():
    bad = '<p>Hello {{ name }}</p><img alt="A map">{# no #}{% translate "yes" %}'
    assert list(pages.untranslated(bad, NAMES)) == ["1: Hello ·", "1: A map"]
    good = "<p>{% blocktranslate trimmed %}Hello{% endblocktranslate %} {{ name }}: 3</p>"
    assert list(pages.untranslated(good, NAMES)) == []
    nothing_offends(TEMPLATES, lambda text: pages.untranslated(text, NAMES))


def test_no_page_holds_style_or_script():
    bad = '<p style="x">a</p>\n<script>f()</script>\n<a onclick="f()" href="javascript:f()">b</a>'
    assert [line[:1] for line in pages.inline_code(bad)] == ["1", "2", "3", "3"]
    good = '<script src="x" defer></script><script type="application/json">{}</script>'
    assert list(pages.inline_code(good)) == []
    nothing_offends(TEMPLATES, pages.inline_code)


def test_no_template_takes_text_for_html():
    assert list(pages.marked_safe("a\n{{ body|safe }}")) == ["2: body"]
    found = offences(TEMPLATES, pages.marked_safe)
    assert [line for line in found if line.rpartition(".")[2].split()[-1] not in TRUSTED] == []


def test_nothing_is_fetched_from_another_host():
    assert list(pages.other_hosts('<script src="https://cdn.example/x.js">'))
    assert list(pages.other_hosts("@import 'https://cdn.example/x.css'"))
    assert list(pages.other_hosts("background: url(//cdn.example/x.png)"))
    assert list(pages.other_hosts("<a href='/learn/'>")) == []
    nothing_offends([*TEMPLATES, *files("static", ".css", ".js")], pages.other_hosts)


def test_style_sheets_know_start_and_end_instead_of_left_and_right():
    bad = ["margin-left: 1rem", "left: 0", "text-align: right", "border-top-left-radius: 1px"]
    assert all(list(pages.physical_properties(line)) for line in bad)
    good = "margin-inline-start: 1rem; text-align: start; /* left: */ --left: 1px"
    assert list(pages.physical_properties(good)) == []
    nothing_offends(STYLES, pages.physical_properties)


def test_colours_come_from_the_tokens():
    assert list(pages.loose_colours("a { color: #fff }\nb { background: white }"))
    assert (
        list(pages.loose_colours("a { color: var(--ink) } .white-space { white-space: pre }")) == []
    )
    sheets = [path for path in STYLES if path != TOKENS]
    nothing_offends(sheets, pages.loose_colours)


def test_every_sheet_and_script_is_asked_for_by_a_page():
    scripts: list[Path] = files("static/js", ".js")
    asking = [*TEMPLATES, *scripts, *files("training", ".py"), ROOT / "static/css/site.css"]
    asked = "\n".join(path.read_text() for path in asking)
    assert [path.name for path in [*scripts, *STYLES] if path.name not in asked] == []
