"""Which time is believed when a clock jumps: many clocks, looked at in many ways."""

from hypothesis import given
from hypothesis import strategies as st

from training.clock import rules
from training.clock.rules import AHEAD_LASTS, BACK_LASTS, Noticed

NOON = 1_900_000_000.0
paces = st.lists(st.floats(0.001, 3600), min_size=1, max_size=40)
quick = st.lists(st.floats(0.001, 60), min_size=1, max_size=40)
ahead = st.floats(62, 10**8)
back = st.floats(2, 10**8)


class Machine:
    """A clock and the steady seconds beside it. `set_by` is how wrong the clock is."""

    def __init__(self):
        self.steady, self.set_by = 5.0, 0.0
        self.noticed = []
        self.belief = rules.first(self.shown, self.steady)

    @property
    def shown(self):
        return NOON + self.steady + self.set_by

    def look(self, after=0.0):
        self.steady += after
        self.belief, noticed = rules.look(self.belief, self.shown, self.steady)
        if noticed:
            self.noticed.append(noticed)
        return rules.moment(self.belief, self.steady)

    @property
    def wrong(self):
        """By how much the time that is believed differs from the time that passed."""
        return rules.moment(self.belief, self.steady) - NOON - self.steady


@given(paces, st.floats(-0.0005, 0.0005))
def test_a_clock_that_is_kept_right_is_followed_without_an_alarm(paces, drift):
    machine = Machine()
    for pace in paces:
        machine.set_by += drift * pace
        assert abs(machine.look(pace) - machine.shown) < 0.001
    assert machine.noticed == []


@given(quick, back)
def test_a_clock_that_goes_back_gives_nobody_a_second(paces, by):
    machine = Machine()
    machine.look(10)
    machine.set_by = -by
    before = rules.moment(machine.belief, machine.steady)
    for pace in paces:
        after = machine.look(pace)
        assert abs(after - before - pace) < 0.001
        before = after
    assert machine.noticed == [Noticed.BACK]


@given(st.lists(back, min_size=1, max_size=10, unique_by=lambda by: by // 10))
def test_a_clock_that_is_set_again_and_again_gives_nobody_a_second(jumps):
    machine = Machine()
    for by in jumps:
        machine.set_by = -by
        machine.look(5)
        assert abs(machine.wrong) < 0.001


@given(st.lists(st.floats(0.001, 29), min_size=1, max_size=10), ahead)
def test_a_jump_ahead_that_is_taken_back_was_never_believed(paces, by):
    machine = Machine()
    machine.set_by = by
    for pace in paces:
        machine.look(pace)
        assert abs(machine.wrong) < 0.001
    machine.set_by = 0.0
    machine.look(1)
    assert abs(machine.wrong) < 0.001
    assert machine.noticed == [Noticed.AHEAD, Noticed.TAKEN_BACK]


@given(ahead | back.map(lambda by: -by))
def test_a_jump_that_lasts_is_believed_at_a_second_look(by):
    lasts = AHEAD_LASTS if by > 0 else BACK_LASTS
    machine = Machine()
    machine.set_by = by
    machine.look(1)
    machine.look(lasts - 1)
    assert abs(machine.wrong) < 0.001
    machine.look(1)
    assert abs(machine.wrong - by) < 0.001
    assert machine.noticed[1:] == [Noticed.BELIEVED]
    machine.look(1)
    assert len(machine.noticed) == 2


@given(st.floats(0.001, 60))
def test_a_step_of_a_minute_ahead_is_believed_at_once(by):
    machine = Machine()
    machine.set_by = by
    assert machine.look(1) == machine.shown
    assert machine.noticed == []


@given(ahead)
def test_however_late_the_first_look_comes_a_jump_takes_a_second_one(by):
    machine = Machine()
    machine.set_by = by + 10_000
    machine.look(10_000)
    assert abs(machine.wrong) < 0.001


@given(st.floats(-(10**8), 10**8))
def test_after_a_start_time_goes_on_from_the_last_moment_or_later(by):
    last, shown = NOON, NOON + by
    belief, noticed = rules.after_a_start(last, shown, 3.0)
    assert rules.moment(belief, 3.0) >= last - rules.BACK_AT_ONCE
    assert (noticed is Noticed.BACK) == (by < -rules.BACK_AT_ONCE)
    later, noticed = rules.look(belief, shown + 5, 8.0)
    assert abs(rules.moment(later, 8.0) - rules.moment(belief, 3.0) - 5) < 0.001
    assert noticed is None
