from datetime import timedelta

import pytest

from tests.factories import NOON
from training.accounts.rules import InvitationState, invitation_state, session_is_over

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("used", "withdrawn", "expires", "state"),
    [
        (None, None, NOON + SECOND, InvitationState.USABLE),
        (None, None, NOON, InvitationState.EXPIRED),
        (NOON - SECOND, None, NOON - SECOND, InvitationState.USED),
        (None, NOON - SECOND, NOON + SECOND, InvitationState.WITHDRAWN),
        (None, NOON - SECOND, NOON - SECOND, InvitationState.WITHDRAWN),
    ],
)
def test_what_somebody_did_counts_before_what_time_did(used, withdrawn, expires, state):
    found = invitation_state(used_at=used, withdrawn_at=withdrawn, expires_at=expires, at=NOON)
    assert found is state


@pytest.mark.parametrize(
    ("signed_in", "last_act", "over"),
    [
        (100, 190, False),
        (0, 199, True),
        (1, 199, False),
        (150, 170, True),
        (150, 171, False),
    ],
)
def test_a_session_ends_when_it_is_too_old_or_has_lain_still(signed_in, last_act, over):
    found = session_is_over(signed_in=signed_in, last_act=last_act, at=200, longest=200, idle=30)
    assert found is over


def test_a_limit_of_zero_is_no_limit():
    assert not session_is_over(signed_in=0, last_act=0, at=10**9, longest=0, idle=0)


def test_a_clock_that_was_put_back_ends_no_session():
    assert not session_is_over(signed_in=500, last_act=600, at=100, longest=50, idle=50)
