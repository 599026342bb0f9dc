"""Start codes and networks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.terms.rules import is_code, is_within, network_of, normalised

OFFICE = ["192.0.2.0/24", "2001:db8::/32"]


@pytest.mark.parametrize(
    "typed", ["Agrément 42", "agrément-42", " AGRÉMENT42 ", "agre\u0301ment 42"]
)
def test_a_code_counts_in_whatever_way_it_is_typed(typed):
    assert is_code(typed, "Agrément-42")


@pytest.mark.parametrize("typed", ["", "Agrément 43", "Agrement 42", "Agrément 4"])
def test_another_code_does_not(typed):
    assert not is_code(typed, "Agrément-42")


@given(st.text())
def test_a_code_is_itself_and_normalising_twice_changes_nothing(code):
    assert is_code(code, code)
    assert normalised(normalised(code)) == normalised(code)
    assert is_code(code, "")


@pytest.mark.parametrize(
    "address", ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1", "2001:db8::1%eth0"]
)
def test_an_address_of_the_network_is_let_in(address):
    assert is_within(address, OFFICE)


@pytest.mark.parametrize("address", ["192.0.3.7", "2001:db9::1", "", "somewhere"])
def test_any_other_is_not(address):
    assert not is_within(address, OFFICE)
    assert is_within(address, [])


@given(st.ip_addresses())
def test_one_address_is_a_network_of_its_own(address):
    assert is_within(str(address), [str(address)])
    assert network_of(f"{address}/129") is None
