"""What the graph of an exercise must be."""

import time

import pytest

from curriculum.exercises import graph
from tests.curriculum.exercises.ferry import TEXT, read, story

BROKEN = [
    ("-> the-gate", "-> the-gates", "leads to `the-gates`, which stands nowhere"),
    ("-> stranded", "-> away", "No choice ever leads to `stranded`"),
    ("{#give} -> away", "{#give} -> the-quay", "run in a circle: the-quay → the-gate → the-quay"),
    ("at: D1 00:10", "at: D0 00:10", "The clock runs back"),
    ("[0.9]", "[0.7]", "No choice at `the-gate` has a weight of 0.8 or more"),
    ("late: wait\n", "", "A deadline needs both"),
    ("within: 90\n", "", "A deadline needs both"),
    ("late: wait", "late: families-first", "which is no choice of this node"),
    ("dip +5, hum +10", "dap +5", "`dap` is no score"),
    ("  - sets: list-lost", "  - sets: lost", "`lost` is no score and no flag"),
    ("without: list-lost", "without: lost", "`lost` is no flag"),
    ("otherwise: away-late", "otherwise: the-gate", "which is no ending"),
    ("otherwise: away-late\n", "", "A gate needs both"),
    ("grade: C\n", "grade: C\nleast: 20\notherwise: away\n", "Gates send"),
    ("least: 55", "least: 99", "does not pass the gate of `away`"),
    ("least: 55", "least: 1", None),
    ("without: list-lost\n", "", None),
]


@pytest.mark.parametrize(("words", "instead", "said"), BROKEN)
def test_a_graph_that_would_strand_somebody_is_refused(words, instead, said):
    assert words in TEXT
    _found, problems = read(TEXT.replace(words, instead, 1))
    assert bool(problems) == bool(said)
    assert all(said in str(one) for one in problems), problems


def test_an_ending_whose_gate_never_shuts_hides_the_other():
    lax = TEXT.replace("without: list-lost\n", "").replace("least: 55", "least: 1")
    (problem,) = read(lax)[1]
    assert "No run ends at `away-late`" in str(problem)


def test_every_ending_is_found_by_playing():
    assert graph.reached_by_play(story()) == {"away", "away-late", "stranded"}


def test_the_longest_run_is_counted():
    chain = "".join(
        f"## Step {at} {{#step-{at}}}\nat: D2 00:{at:02}\n\nNext.\n\n"
        f"- [1] On {{#on}} -> {'away' if at == 12 else f'step-{at + 1}'}\n"
        "  - then: On.\n  - why: On.\n"
        f"- [0] Off {{#off}} -> stranded\n  - then: Off.\n  - why: Off.\n\n"
        for at in range(13)
    )
    long = TEXT.replace("-> away", "-> step-0")
    long = long.replace("## Ending: Away {#away}", chain + "## Ending: Away {#away}")
    assert any("15 decisions; at most 12" in str(one) for one in read(long)[1])


def test_ten_thousand_nodes_are_refused_at_once():
    node = TEXT[TEXT.index("## The gate") : TEXT.index("## Ending: Away {")]
    many = "".join(node.replace("the-gate", f"gate-{at}") for at in range(10_000))
    begun = time.process_time()
    problems = read(TEXT.replace("## Ending: Away {", many + "## Ending: Away {"))[1]
    assert "at most 60 nodes" in str(problems[0])
    assert len(problems) == 1
    assert time.process_time() - begun < 60  # noqa: PLR2004 (it ends; how fast is not judged here)
