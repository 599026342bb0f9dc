"""Single choice, true or false, multiple choice: reading, marking, explaining."""

from fractions import Fraction

import pytest

from curriculum.questions import registry

SINGLE = """Kestria declares your attaché *persona non grata*.

What must Halvenia do?

- [ ] Ask Kestria for its reasons. {#ask}
  > The receiving State need not explain (art. 9(1)).
- [x] Recall the attaché. {#recall}
  > Yes.
  >
  > See art. 9(2).

> The choice lies with the sending State.
"""
MULTIPLE = """Which follow from article 5?

- [x] An attack on one is an attack on all. {#all}
  > Yes.
- [x] Each assists as it deems necessary. {#means}
  > Yes.
- [x] Measures are reported. {#report}
  > Yes.
- [ ] Every party sends forces. {#forces}
  > No.
- [ ] The Council votes first. {#vote}
  > No.
"""


def read(kind, text, credit=None, first_line=1):
    return registry.read(kind, text, {"credit": credit} if credit else {}, first_line)


def body_of(kind, text, credit=None):
    body, problems = read(kind, text, credit)
    assert problems == [], [str(problem) for problem in problems]
    return body


def faults(kind, text, credit=None, first_line=10):
    body, problems = read(kind, text, credit, first_line)
    assert body is None
    return [(problem.line, problem.message) for problem in problems]


def test_a_single_choice_is_read():
    body = body_of("single", SINGLE)
    assert body["prompt"].endswith("\n\nWhat must Halvenia do?")
    assert [option["id"] for option in body["options"]] == ["ask", "recall"]
    assert [option["right"] for option in body["options"]] == [False, True]
    assert body["options"][1]["feedback"] == "Yes.\n\nSee art. 9(2)."
    assert body["explanation"] == "The choice lies with the sending State."


def test_quotations_parted_by_an_empty_line_are_paragraphs_of_one_feedback():
    text = SINGLE.replace("  >\n", "\n").replace(
        "sending State.\n", "sending State.\n\n> Always.\n"
    )
    body = body_of("single", text)
    assert body["options"][1]["feedback"] == "Yes.\n\nSee art. 9(2)."
    assert body["explanation"] == "The choice lies with the sending State.\n\nAlways."


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        ({"option": "recall"}, 1),
        ({"option": "ask"}, 0),
        ({"option": "nobody"}, 0),
        ({"option": ["recall"]}, 0),
        ({"option": "RECALL"}, 0),
        ({"options": ["recall"]}, 0),
        ("recall", 0),
    ],
)
def test_only_the_key_of_a_single_choice_is_worth_one(answer, worth):
    assert registry.mark("single", body_of("single", SINGLE), answer).fraction == worth


def test_an_unknown_option_is_refused_in_a_sentence():
    body = body_of("single", SINGLE)
    assert registry.accepts("single", body, {"option": "nobody"}) == "Choose among what is listed."
    assert registry.accepts("single", body, {"option": "ask"}) is None


def test_the_explanation_says_what_was_chosen_and_what_is_right():
    explanation = registry.explain("single", body_of("single", SINGLE), {"option": "ask"})
    ask, recall = explanation.lines
    assert (ask.chosen, ask.key, ask.right) == (True, False, False)
    assert (recall.chosen, recall.key, recall.right) == (False, True, False)
    assert ask.feedback.startswith("The receiving State")
    assert explanation.general == "The choice lies with the sending State."


def test_an_option_rightly_left_alone_is_neither_right_nor_wrong():
    explanation = registry.explain("single", body_of("single", SINGLE), {"option": "recall"})
    assert [line.right for line in explanation.lines] == [None, True]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        (" {#ask}", "", 14, "has no id"),
        ("{#ask}", "{#recall}", 16, "'recall' stands here a second time"),
        ("{#ask}", "{#Ask me}", 14, "'Ask me' is not allowed"),
        ("{#ask}", "{#correct}", 14, "gives the key away"),
        ("[x]", "[ ]", 14, "No option is marked right"),
        ("- [ ] Ask", "- [x] Ask", 16, "2 options are marked right"),
        ("Ask Kestria for its reasons.", "recall  the ATTACHÉ.", 16, "say the same"),
        ("Ask Kestria for its reasons. ", "", 14, "has no words"),
        (
            "  > The receiving State need not explain (art. 9(1)).\n",
            "",
            14,
            "'ask' has no feedback",
        ),
        ("  > Yes.", "Yes.", 17, "neither an answer line nor feedback"),
        ("  > The receiving", "> The receiving", 16, "after the general explanation"),
    ],
)
def test_a_problem_of_a_single_choice_names_its_line(before, after, line, said):
    found = faults("single", SINGLE.replace(before, after, 1))
    assert any(at == line and said in message for at, message in found), found


def test_one_option_is_too_few():
    text = "A?\n\n- [x] b {#bb}\n  > c\n"
    assert [message for _, message in faults("single", text)] == [
        "The number of options is 1; at least 2 are needed."
    ]


def options(count):
    lines = "".join(f"- [ ] words {n} {{#o-{n}}}\n  > why\n" for n in range(1, count))
    return f"A?\n\n- [x] words {{#o-0}}\n  > why\n{lines}"


def test_eight_options_are_allowed_and_nine_are_not():
    assert len(body_of("single", options(8))["options"]) == 8
    assert "at most 8" in faults("single", options(9))[0][1]


def test_ten_thousand_options_are_refused():
    body, problems = read("single", options(10_000))
    assert body is None
    assert any("at most 8" in problem.message for problem in problems)


def test_a_prompt_is_needed():
    found = faults("single", "- [ ] a {#aa}\n  > b\n- [x] c {#cc}\n  > d\n")
    assert found == [(10, "The question has no prompt. Write it above the answer lines.")]


def test_every_problem_is_told_at_once():
    text = "A?\n\n- [ ] b\n- [ ] b {#bb}\nstray\n"
    assert [line for line, _ in faults("single", text)] == [12, 12, 12, 13, 13, 14]


def test_check_finds_in_a_body_what_reading_finds_in_a_text():
    body = body_of("single", SINGLE)
    assert registry.check("single", body) == []
    body["options"][0]["right"] = True
    assert registry.check("single", body) == [
        "2 options are marked right. Mark exactly one with [x]."
    ]


@pytest.mark.parametrize(
    ("chosen", "partial", "all_or_nothing"),
    [
        (["all", "means", "report"], 1, 1),
        (["report", "all", "means"], 1, 1),
        (["all", "means"], Fraction(2, 3), 0),
        (["all"], Fraction(1, 3), 0),
        (["all", "means", "forces"], Fraction(1, 3), 0),
        (["all", "forces"], 0, 0),
        (["forces", "vote"], 0, 0),
        (["all", "means", "report", "forces", "vote"], Fraction(1, 3), 0),
        (["all", "all"], 0, 0),
        (["all", "nobody"], 0, 0),
        ([], 0, 0),
    ],
)
def test_a_multiple_choice_is_marked_by_its_rule(chosen, partial, all_or_nothing):
    answer = {"options": chosen}
    assert registry.mark("multiple", body_of("multiple", MULTIPLE, "partial"), answer).fraction == (
        partial
    )
    strict = body_of("multiple", MULTIPLE, "all-or-nothing")
    assert registry.mark("multiple", strict, answer).fraction == all_or_nothing


def test_a_multiple_choice_is_all_or_nothing_unless_it_says_otherwise():
    assert body_of("multiple", MULTIPLE)["credit"] == "all-or-nothing"


def test_an_unknown_credit_is_a_problem():
    assert "credit" in faults("multiple", MULTIPLE, "generous")[0][1]


def test_a_multiple_choice_needs_a_right_option():
    found = faults("multiple", MULTIPLE.replace("[x]", "[ ]"))
    assert found == [(12, "No option is marked right. Mark at least one with [x].")]


def test_the_parts_of_a_multiple_choice_say_which_options_were_treated_rightly():
    body = body_of("multiple", MULTIPLE, "partial")
    parts = registry.mark("multiple", body, {"options": ["all", "vote"]}).parts
    assert {name: int(part) for name, part in parts.items()} == {
        "all": 1,
        "means": 0,
        "report": 0,
        "forces": 1,
        "vote": 0,
    }


TRUE_FALSE = (
    "A DCA is an alliance.\n\n- [ ] True {#true}\n  > No.\n- [x] False {#false}\n  > Yes.\n"
)


def test_a_statement_is_true_or_false():
    body = body_of("true_false", TRUE_FALSE)
    assert registry.mark("true_false", body, {"option": "false"}).fraction == 1
    assert registry.mark("true_false", body, {"option": "true"}).fraction == 0
    assert registry.mark("true_false", body, {"option": False}).fraction == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{#true}", "{#yes}"),
        (
            "- [x] False {#false}\n  > Yes.\n",
            "- [x] False {#false}\n  > Yes.\n- [ ] So {#so}\n  > a\n",
        ),
    ],
)
def test_true_and_false_are_the_only_options(before, after):
    found = faults("true_false", TRUE_FALSE.replace(before, after))
    assert any("True {#true} and False {#false}" in message for _, message in found)


def test_true_stands_first():
    text = "A.\n\n- [x] False {#false}\n  > Yes.\n- [ ] True {#true}\n  > No.\n"
    assert "in this order" in faults("true_false", text)[0][1]
