"""Text is marked as safe in one place of the curriculum."""

from pathlib import Path

from django.template import Context, Engine

from curriculum.prose.inline import render
from curriculum.prose.safety import escape, escape_unless_safe, safe, squeezed

CURRICULUM = Path(__file__).parents[3] / "curriculum"


def test_a_template_shows_safe_html_as_html_and_other_text_escaped():
    template = Engine().from_string("{{ made }}|{{ typed }}")
    shown = template.render(Context({"made": safe(render("*a*", True)), "typed": "<em>"}))
    assert shown == "<em>a</em>|&lt;em&gt;"


def test_these_two_rooms_know_no_django_but_for_that_place():
    importing = [
        path.relative_to(CURRICULUM).as_posix()
        for room in ("prose", "questions")
        for path in sorted((CURRICULUM / room).rglob("*.py"))
        if "django" in path.read_text()
    ]
    assert importing == ["prose/safety.py"]


def test_words_are_escaped_and_what_is_safe_stays():
    assert escape("<i> & \"'") == "&lt;i&gt; &amp; &quot;&#x27;"
    assert escape(safe("<i>")) == "&lt;i&gt;"
    assert escape(7) == "7"
    assert escape_unless_safe("<i>") == "&lt;i&gt;"
    assert escape_unless_safe(safe("<i>")) == "<i>"


def test_squeezing_leaves_the_words_and_takes_empty_lines_and_indentation():
    assert squeezed(safe("\n <p>a  b</p>\n\n\t<p>c</p> \n")) == "<p>a  b</p>\n<p>c</p>"
