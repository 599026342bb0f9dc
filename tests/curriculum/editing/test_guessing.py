"""A key that can be guessed from its length or its place is found."""

from curriculum.editing.guessing import Item, uneven
from curriculum.editing.review import review
from curriculum.publishing.checking import check
from tests.tiny_course import tiny_files


def items(places, options=4):
    return [Item(tuple(range(10, 10 + options)), place) for place in places]


def test_keys_spread_by_chance_are_even():
    assert not uneven(items([0, 1, 2, 3] * 10))
    assert not uneven(items([0] * 14 + [1] * 9 + [2] * 9 + [3] * 8))


def test_keys_that_prefer_a_place_are_uneven():
    assert uneven(items([0] * 22 + [1] * 6 + [2] * 6 + [3] * 6))
    assert uneven(items([0, 1, 2, 3] * 15, options=5)), "the fifth place never has the key"


def test_few_items_tell_nothing():
    assert not uneven(items([0] * 4))


def test_the_longest_is_told_only_where_it_stands_alone():
    assert Item((3, 9, 4), 1).key_is_longest
    assert not Item((9, 9, 4), 1).key_is_longest
    assert not Item((3, 9, 4), 0).key_is_longest


def test_a_course_whose_longest_option_is_the_key_is_told_so():
    files = tiny_files(singles=20)
    reviewed = review(check(files).documents, on=None)
    said = {one.check: str(one) for one in reviewed.warnings if one.path == "tiny/course.md"}
    assert "The longest option is the key in" in said["longest"]
    assert "does not stand evenly: a 0, b" in said["places"]
