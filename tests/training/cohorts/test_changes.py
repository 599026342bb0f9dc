"""Two who change the same cohort, and what a roster did: the rules, by thousands of cases."""

from hypothesis import given
from hypothesis import strategies as st

from training.cohorts.changes import as_it_was, difference, merged
from training.cohorts.undoing import DONE, Facts, Step, verdict

FIELDS = ("name", "unit", "starts_on")
values = st.fixed_dictionaries({name: st.sampled_from("abc") for name in FIELDS})


@given(st.lists(values, min_size=1, max_size=5))
def test_undoing_all_later_changes_gives_what_was_seen(states):
    changes = [difference(old, new) for old, new in zip(states, states[1:], strict=False)]
    assert as_it_was(states[-1], changes) == states[0]


@given(values, values, values)
def test_nothing_typed_is_lost_and_nothing_untouched_is_written_over(seen, sent, now):
    found = merged(seen, sent, now)
    for name in FIELDS:
        typed = sent[name] != seen[name]
        assert found.values[name] == (sent[name] if typed else now[name])
        theirs = now[name] != seen[name]
        assert (name in found.taken) == (theirs and not typed)
        assert (name in found.disputed) == (theirs and typed and sent[name] != now[name])


facts = st.builds(
    Facts,
    made_person=st.booleans(),
    placed=st.booleans(),
    changes=st.sampled_from([{}, {"rank": ("Lt", "Capt")}]),
    exists=st.booleans(),
    own=st.booleans(),
    signed_in=st.booleans(),
    tied=st.booleans(),
    active=st.booleans(),
    worked=st.booleans(),
    now=st.sampled_from([{"rank": "Capt"}, {"rank": "Maj"}]),
)


@given(facts)
def test_taking_back_never_touches_what_was_done_since(one):
    found = {taken.step: taken for taken in verdict(one)}
    if not one.exists or not one.own:
        assert not DONE & found.keys()
    if one.worked or one.signed_in or one.tied or not one.made_person:
        assert Step.REMOVED not in found
    if one.worked or not one.active or not one.placed:
        assert Step.WITHDRAWN not in found
    if Step.RESTORED in found:
        assert one.now["rank"] == "Capt"
        assert found[Step.RESTORED].value == "Lt"


@given(facts)
def test_every_row_is_told_something(one):
    did_something = one.made_person or one.placed or one.changes or not (one.exists and one.own)
    assert bool(verdict(one)) == bool(did_something)
