"""When a pre-test waives a lesson."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from curriculum.quizzes.mastery import Asked, Mastery, shown_by_lesson, waived

POINTS = st.sampled_from([None, Decimal(0), Decimal("0.5"), Decimal("0.8"), Decimal(1)])
PAPERS = st.lists(
    st.builds(
        Asked,
        st.sampled_from(["one", "two", ""]),
        st.sampled_from(["a", "b", "c"]),
        POINTS,
        st.just(Decimal(1)),
    ),
    max_size=12,
)
RULES = st.builds(Mastery, st.integers(1, 4), st.integers(1, 100))


def asked(objective, *points, lesson="one"):
    return [Asked(lesson, objective, point, Decimal(1)) for point in map(Decimal, points)]


def test_two_questions_right_show_an_objective_and_one_alone_does_not():
    rule = Mastery()
    assert waived(asked("a", 1, 1), rule) == ["one"]
    assert waived(asked("a", 1), rule) == []
    assert waived(asked("a", 1), Mastery(questions=1)) == ["one"]


def test_the_share_is_of_all_points_on_the_objective_and_its_edge_is_enough():
    assert waived(asked("a", 1, "0.6"), Mastery(2, 80)) == ["one"]
    assert waived(asked("a", 1, "0.59"), Mastery(2, 80)) == []


def test_one_objective_not_shown_keeps_its_lesson_and_no_other():
    paper = asked("a", 1, 1) + asked("b", 1, 0) + asked("c", 1, 1, lesson="two")
    assert waived(paper, Mastery()) == ["two"]


def test_what_nobody_has_marked_yet_has_earned_nothing():
    paper = [Asked("one", "a", None, Decimal(1)), *asked("a", 1)]
    assert waived(paper, Mastery(2, 60)) == []


@given(PAPERS, RULES)
def test_a_lesson_is_waived_exactly_if_each_objective_asked_has_enough_and_its_share(paper, rule):
    expected = set()
    for lesson in {one.lesson for one in paper} - {""}:
        names = {one.objective for one in paper if one.lesson == lesson}
        own = [[p for p in paper if (p.lesson, p.objective) == (lesson, name)] for name in names]
        if all(
            len(some) >= rule.questions
            and sum(one.points or 0 for one in some) * 100 >= rule.percent * len(some)
            for some in own
        ):
            expected.add(lesson)
    assert set(waived(paper, rule)) == expected


@given(PAPERS, RULES, st.data())
def test_more_points_never_take_a_waiver_away(paper, rule, data):
    better = [
        Asked(one.lesson, one.objective, data.draw(st.sampled_from([one.points, one.out_of])), 1)
        for one in paper
    ]
    assert set(waived(paper, rule)) <= set(waived(better, rule))


@given(PAPERS, RULES)
def test_a_stricter_rule_waives_nothing_more(paper, rule):
    stricter = Mastery(rule.questions + 1, rule.percent)
    assert set(waived(paper, stricter)) <= set(waived(paper, rule))
    assert Mastery.from_dict(rule.as_dict()) == rule


@given(PAPERS, RULES)
def test_the_reasons_hold_every_question_of_a_known_lesson_once(paper, rule):
    shown = [one for found in shown_by_lesson(paper, rule).values() for one in found]
    assert sum(one.n for one in shown) == sum(bool(one.lesson) for one in paper)
