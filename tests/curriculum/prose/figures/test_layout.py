"""Whatever an author writes, nothing leaves the frame and nothing runs into anything else."""

from itertools import combinations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from curriculum.prose.figures.entry import Entry
from curriculum.prose.figures.figure import read_figure
from curriculum.prose.figures.kinds import channels, decision, line, seating, steps, timeline
from curriculum.prose.figures.sheet import WIDE, Area, Sheet
from curriculum.prose.figures.widths import UNKNOWN, width
from curriculum.prose.figures.words import LEADING, SIZE, set_in
from curriculum.prose.yaml_text import read_mapping
from tests.curriculum.prose.figures.made import block, figures

DRAWN = {each.NAME: each.drawn for each in (decision, line, seating, steps, timeline)}
DRAWN["channels"] = lambda its: channels.drawn(its)[0]
ROUNDING = 0.01
# A figure is large: a few say as much as many, and making a failing one smaller takes minutes.
SOME = settings(max_examples=30, deadline=None, phases=[Phase.generate])


def sheet_of(figure) -> Sheet:
    mapping, problems = read_mapping(block(figure))
    assert problems == []
    its = Entry(mapping, 1, problems)
    sheet = DRAWN[figure["kind"]](its)
    assert its.problems == []
    return sheet


def apart(one: Area, other: Area) -> bool:
    across = one.right <= other.x + ROUNDING or other.right <= one.x + ROUNDING
    return across or one.bottom <= other.y + ROUNDING or other.bottom <= one.y + ROUNDING


def within(inner: Area, outer: Area) -> bool:
    return (
        outer.x - ROUNDING <= inner.x
        and outer.y - ROUNDING <= inner.y
        and inner.right <= outer.right + ROUNDING
        and inner.bottom <= outer.bottom + ROUNDING
    )


@pytest.mark.parametrize("kind", sorted(DRAWN))
@SOME
@given(data=st.data())
def test_nothing_leaves_the_frame_or_meets(kind, data):
    sheet = sheet_of(data.draw(figures(kind)))
    frame = Area(0, 0, WIDE, sheet.height)
    boxes = [box.area for box in sheet.boxes]
    discs = [disc.area for disc in sheet.discs]
    labels = [label.area for label in sheet.labels if label.words.lines]
    assert boxes or discs
    assert all(within(each, frame) for each in [*boxes, *discs, *labels])
    for box in sheet.boxes:
        assert all(within(label.area, box.area) for label in box.labels)
    for one, other in combinations([*boxes, *discs, *labels], 2):
        assert apart(one, other), (one, other)
    points = [point for drawn in sheet.lines for point in drawn.points]
    assert all(0 <= x <= WIDE and 0 <= y <= sheet.height for x, y in points)


@SOME
@given(figure=figures("channels"))
def test_no_link_runs_through_a_box_and_every_number_stands_once(figure):
    sheet = sheet_of(figure)
    for drawn in sheet.lines:
        for (x, y), (to_x, to_y) in zip(drawn.points, drawn.points[1:], strict=False):
            for part in range(1, 40):
                at = (x + (to_x - x) * part / 40, y + (to_y - y) * part / 40)
                assert not any(inside(at, box.area) for box in sheet.boxes)
    numbers = [str(each) for each in range(1, len(figure["links"]) + 1)]
    assert sorted(disc.text for disc in sheet.discs) == sorted(numbers)


def inside(at, area: Area) -> bool:
    x, y = at
    return area.x + 1 < x < area.right - 1 and area.y + 1 < y < area.bottom - 1


@given(text=st.text(max_size=80), most=st.floats(40, 350), bold=st.booleans())
def test_no_line_is_wider_than_its_place_and_no_word_is_lost(text, most, bold):
    words = set_in(text, most, bold=bold)
    assert all(width(each, SIZE, bold=bold) <= most for each in words.lines)
    assert "".join("".join(words.lines).split()) == "".join(text.split())
    assert words.height == len(words.lines) * LEADING


def test_a_word_is_broken_at_its_hyphen_and_is_broken_by_force_only_alone():
    assert set_in("Under-Secretary", 60).lines == ("Under-", "Secretary")
    assert set_in("Under-Secretary", 60).broken == ()
    assert set_in("Undersecretary", 60).broken == ("Undersecretary",)


def test_bold_letters_are_wider_and_unknown_ones_as_wide_as_any():
    assert width("Halvenia", SIZE, bold=True) > width("Halvenia", SIZE)
    assert width("外", 1_000) == width("外" * 2, 1_000) / 2 >= UNKNOWN
    assert max(width(each, 1_000) for each in "MW@%ŒÆ") <= width("外", 1_000)


def test_chairs_of_sides_that_are_alike_stand_opposite_each_other():
    own = {"left": ["A", "B long enough to need a second line"], "right": ["C", "D"]}
    sheet = sheet_of({"kind": "seating", "shape": "long", **own})
    left, right = (
        [one.y for one in sheet.discs if (one.x < WIDE / 2) is it] for it in (True, False)
    )
    assert left == right


def test_a_round_table_is_read_clockwise_from_the_top():
    names = ["Top", "Right", "Bottom", "Left"]
    sheet = sheet_of({"kind": "seating", "shape": "round", "seats": names})
    places = {each.words.lines[0]: each for each in sheet.labels}
    assert places["Right"].x > WIDE / 2 > places["Left"].x
    assert places["Top"].y < places["Right"].y == places["Left"].y < places["Bottom"].y


def test_names_that_do_not_fit_under_a_line_stand_in_a_list_by_number():
    few = [{"who": "Halvenia"}, {"who": "Kestria"}]
    many = [{"who": "Representative"} for _ in range(8)]
    shown = [label.words.lines for label in sheet_of({"kind": "line", "items": few}).labels]
    assert shown == [("Halvenia",), ("Kestria",)]
    shown = [label.words.lines for label in sheet_of({"kind": "line", "items": many}).labels]
    assert shown[:2] == [("1",), ("Representative",)]


@pytest.mark.parametrize("kind", [*sorted(DRAWN), "ranks"])
@SOME
@given(data=st.data())
def test_every_figure_that_may_be_published_is_drawn(kind, data):
    figure = data.draw(figures(kind))
    made, problems = read_figure(block(figure), 1, 5)
    assert problems == []
    assert (made.kind, made.title) == (kind, "A title")
