"""Text is marked as safe in one place of the curriculum."""

from pathlib import Path

from django.template import Context, Engine

from curriculum.prose.inline import render
from curriculum.prose.safety import safe

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
