"""Three papers without a common question, where the bank has them; what it lacks is named."""

from curriculum.quizzes.apart import never_drawn, papers_apart, short_cells
from curriculum.quizzes.filling import Candidate
from curriculum.quizzes.rules import Line

RECALL = Line(2, "", "recall")
APPLY = Line(1, "", "application")


def pool(recall, application, **more):
    return [
        Candidate(f"{level}-{number}", "o", level, **more)
        for level, count in (("recall", recall), ("application", application))
        for number in range(count)
    ]


def case(name, *levels):
    return [
        Candidate(f"{name}-{part}", "o", level, case=name, part=part)
        for part, level in enumerate(levels)
    ]


def test_a_bank_that_is_large_enough_makes_three_papers():
    bank = pool(6, 3)
    assert short_cells(bank, [RECALL, APPLY]) == []
    assert papers_apart(bank, [RECALL, APPLY]) == 3


def test_a_cell_with_too_few_is_named_with_what_the_bank_has():
    bank = pool(5, 3)
    assert short_cells(bank, [RECALL, APPLY]) == [(RECALL, 5)]
    assert papers_apart(bank, [RECALL, APPLY]) == 2
    assert papers_apart(bank, [APPLY]) == 3


def test_a_case_counts_only_where_all_of_it_has_a_place():
    bank = [*pool(4, 3), *case("fits", "recall", "recall"), *case("wide", *["recall"] * 3)]
    assert never_drawn(bank, [RECALL, APPLY]) == ["wide"]
    assert short_cells(bank, [RECALL, APPLY]) == []
    assert papers_apart(bank, [RECALL, APPLY]) == 3


def test_a_case_that_leans_on_a_short_cell_is_lost_with_it():
    bank = [*pool(5, 0), *case("mixed", "recall", "application")]
    assert short_cells(bank, [RECALL, APPLY]) == [(RECALL, 5), (APPLY, 1)]


def test_no_paper_is_no_paper():
    assert papers_apart([], [RECALL]) == 0
