"""Differences between two sets of texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.documents.differences import Change, Text, compare

LINES = st.lists(st.sampled_from(["a", "b", "c", "", "x\u2028y", "x\x85y"]), max_size=12)
TEXTS = LINES.map(lambda lines: "\n".join(lines) + "\n")
SETS = st.dictionaries(
    st.sampled_from("kmnp"), st.builds(Text, st.just("k"), st.sampled_from("uvw"), TEXTS)
).map(lambda found: {key: Text(key, text.path, text.text) for key, text in found.items()})


def one(old, new):
    (found,) = compare({"k": Text("k", "p", old)}, {"k": Text("k", "p", new)})
    return found


@settings(deadline=None)
@given(SETS)
def test_equal_texts_differ_in_nothing(texts):
    assert compare(texts, dict(texts)) == []


@settings(deadline=None)
@given(SETS, SETS)
def test_every_document_is_named_once_with_what_happened_to_it(before, after):
    found = {difference.key: difference.change for difference in compare(before, after)}
    for key in before.keys() | after.keys():
        if key not in before:
            assert found.pop(key) is Change.ADDED
        elif key not in after:
            assert found.pop(key) is Change.REMOVED
        elif before[key].text != after[key].text:
            assert found.pop(key) is Change.CHANGED
        elif before[key].path != after[key].path:
            assert found.pop(key) is Change.MOVED
    assert found == {}


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_there_and_back_swaps_what_is_added_and_removed(old, new):
    if old == new:
        return
    there, back = one(old, new), one(new, old)
    count = len(new.split("\n")) - len(old.split("\n"))
    assert there.added - there.removed == count
    assert back.added - back.removed == -count
    assert there.added + there.removed > 0


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_line_carries_its_number_in_the_text_it_stands_in(old, new):
    if old == new:
        return
    before, after = old.split("\n"), new.split("\n")
    for line in one(old, new).lines:
        if line.sign == "@":
            assert (line.text, line.number) == ("", 0)
        else:
            side = before if line.sign == "-" else after
            assert side[line.number - 1] == line.text


def test_an_added_text_is_all_plus_and_a_removed_one_all_minus():
    text = {"k": Text("k", "p", "a\nb\n")}
    (added,), (removed,) = compare({}, text), compare(text, {})
    assert (added.added, added.removed, added.old_path) == (2, 0, "")
    assert (removed.added, removed.removed, removed.old_path) == (0, 2, "p")


def test_differences_come_in_the_order_of_their_paths():
    after = {key: Text(key, path, "x\n") for key, path in [("1", "c"), ("2", "a"), ("3", "b")]}
    assert [found.path for found in compare({}, after)] == ["a", "b", "c"]


def test_a_moved_text_that_also_changed_is_changed_and_knows_its_old_path():
    (found,) = compare({"k": Text("k", "p", "a\n")}, {"k": Text("k", "q", "b\n")})
    assert (found.change, found.old_path, found.path) == (Change.CHANGED, "p", "q")
