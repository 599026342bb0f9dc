"""The rules of the house for templates, scripts and style sheets."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT, files, nothing_offends, offences, pages, shown, words

TEMPLATES = files("templates", ".html")
STYLES = files("static", ".css")
TOKENS = ROOT / "static" / "css" / "tokens.css"
# The same in every language.
NAMES: set[str] = set()
# What is HTML before it reaches a template, and why that is safe: the attributes of a form and the
# words of its buttons and hints come from our code; the picture of a code comes from the library.
TRUSTED = {"flat_attrs", "content", "help_text", "totp_svg"}
# Not the commands, which speak to the operator, nor what a generator asks, which is content, nor
# what a programmer alone can meet.
SILENT = ("management/", "generators/", "migrations/", "documents/fixed.py", "prose/said.py")
SAYING = [
    path
    for path in files("curriculum", ".py")
    if not any(part in shown(path) for part in SILENT) and "gettext_lazy" not in path.read_text()
]
MESSAGE = re.compile(r'^msgid(?:_plural)? (".+")$', re.MULTILINE)


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


def test_every_sentence_of_a_room_without_web_can_be_translated():
    bad = 'error(1, "two words")\nx = f"The id {y} is gone."\n_(f"The {a} is bad.")\n_(name)'
    assert list(words.unmarked(bad)) == [
        "1: two words",
        "2: The id · is gone.",
        "3: a marked sentence that is not written out",
        "4: a marked sentence that is not written out",
    ]
    good = '"""A sentence of a docstring."""\nerror(1, _("The {x} is bad.", x=1))\nPath("a b.md")'
    assert list(words.unmarked(good)) == []
    nothing_offends(SAYING, words.unmarked)


@pytest.mark.gettext
def test_makemessages_finds_every_sentence_of_a_room_without_web(tmp_path):
    templates = {
        one for path in SAYING for _line, found in words.marked(path.read_text()) for one in found
    }
    assert len(templates) > 200
    shutil.copytree(ROOT / "curriculum", tmp_path / "curriculum")
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "eo", "--no-wrap"]
    # No settings: it is the tool alone that is asked.
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=tmp_path, env=own, check=True, capture_output=True)  # noqa: S603
    collected = (tmp_path / "locale/eo/LC_MESSAGES/django.po").read_text()
    found = {ast.literal_eval(line) for line in MESSAGE.findall(collected)}
    assert sorted(templates - found) == []
