"""A compiled body has its HTML beside its Markdown."""

import copy

from curriculum.prose.inline import render
from curriculum.questions import registry
from curriculum.questions.compiling import compiled

BODY = {
    "prompt": "Say *why*.",
    "options": [
        {"id": "aa", "text": "*A*", "right": True, "feedback": "Yes.\n\nBecause."},
        {"id": "bb", "text": "1. March", "right": False, "feedback": "See [[term: agrément]]."},
    ],
    "explanation": "",
}


def test_every_markdown_field_has_its_html_beside_it():
    made = compiled(BODY, render)
    assert made["prompt_html"] == "<p>Say <em>why</em>.</p>"
    assert [option["text_html"] for option in made["options"]] == ["<em>A</em>", "1. March"]
    assert made["options"][0]["feedback_html"] == "<p>Yes.</p>\n<p>Because.</p>"
    assert made["options"][1]["feedback_html"] == "<p>See agrément.</p>"
    assert made["explanation_html"] == ""
    assert made["prompt"] == BODY["prompt"]


def test_the_body_given_is_left_as_it_is():
    before = copy.deepcopy(BODY)
    compiled(BODY, render)
    assert before == BODY


def test_html_of_an_earlier_compilation_is_replaced():
    old = compiled(BODY, render) | {"prompt": "New."}
    assert compiled(old, render)["prompt_html"] == "<p>New.</p>"


def test_what_is_asked_and_explained_is_html_only_if_compiled():
    assert registry.asked("single", BODY)["prompt"] == "Say *why*."
    made = compiled(BODY, render)
    assert registry.asked("single", made)["prompt"] == "<p>Say <em>why</em>.</p>"
    assert registry.explain("single", made, {}).lines[0].text == "<em>A</em>"


def test_what_a_numeric_or_short_question_accepts_is_never_rendered():
    body, _ = registry.read("short", "A?\n\n= *a* | [b](https://x.example)\n  > f\n", {}, 1)
    made = compiled(body, render)
    assert made["accepted"] == ["*a*", "[b](https://x.example)"]
    assert "accepted_html" not in made


def test_a_blank_that_a_renderer_puts_into_a_tag_is_taken_out_of_it():
    body = {"prompt": "{{#b1}}", "blanks": [{"id": "b1", "accepted": ["a"], "feedback": "f"}]}
    made = compiled(body, lambda markdown, inline: f'<a title="{markdown}">x</a>')
    assert made["segments"] == [{"html": '<a title="">x</a>'}, {"blank": "b1"}]
