"""Random amendments of every kind, fit for a body, and random answers to it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from curriculum.questions import amending, registry
from curriculum.questions.bodies import Body

WORDS = st.text(alphabet="abcé ü'-1.", min_size=1, max_size=12).map(str.strip).filter(bool)


def answers(kind: str, body: Body) -> st.SearchStrategy[dict[str, Any]]:
    """The key, nothing at all, and whatever else can be answered."""
    return st.one_of(st.just(registry.key(kind, body)), st.just({}), _others(kind, body))


def _others(kind: str, body: Body) -> st.SearchStrategy[dict[str, Any]]:
    ids = registry.kind(kind).ids(body)
    if kind in amending.CHOICES:
        one = st.sampled_from(ids).map(lambda one: {"option": one})
        some = st.lists(st.sampled_from(ids), unique=True).map(lambda some: {"options": some})
        return some if kind == "multiple" else one
    if kind == "ordering":
        return st.permutations(ids).map(lambda order: {"order": list(order)})
    if kind == "matching":
        lefts = [pair["left"]["id"] for pair in body["pairs"]]
        return st.fixed_dictionaries({left: st.sampled_from(ids) for left in lefts}).map(
            lambda pairs: {"pairs": pairs}
        )
    if kind == "numeric":
        off = st.integers(-60, 60)
        return off.map(lambda by: {"value": _decimal(Fraction(body["value"]) + by)})
    if kind == "short":
        return st.one_of(WORDS, st.sampled_from(body["accepted"])).map(lambda text: {"text": text})
    blanks = {blank["id"]: st.one_of(WORDS, st.just("")) for blank in body["blanks"]}
    return st.fixed_dictionaries(blanks).map(lambda filled: {"blanks": filled})


def _decimal(value: Fraction) -> str:
    """A number with at most three decimals, in digits."""
    whole, thousandths = divmod(abs(int(value * 1000)), 1000)
    return f"{'-' if value < 0 else ''}{whole}.{thousandths:03}"


@st.composite
def amendments(draw: st.DrawFn, kind: str, body: Body) -> dict[str, Any]:
    """An amendment that `refused` lets pass; everybody is credited where nothing else fits."""
    form = draw(st.sampled_from(amending.FORMS))
    found = {"form": form} | draw(_value(kind, body, form))
    if form == amending.EVERYBODY or amending.refused(kind, body, found):
        return {"form": amending.EVERYBODY}
    return found


def _value(kind: str, body: Body, form: str) -> st.SearchStrategy[dict[str, Any]]:
    ids = registry.kind(kind).ids(body)
    words = st.lists(WORDS, min_size=1, max_size=3, unique=True)
    if kind in amending.CHOICES:
        most = 1 if form == amending.KEY and kind != "multiple" else len(ids)
        some = st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True)
        return some.map(lambda chosen: {"options": chosen})
    if kind == "ordering":
        return st.permutations(ids).map(lambda order: {"order": list(order)})
    if kind == "matching":
        lefts = [pair["left"]["id"] for pair in body["pairs"]]
        return st.dictionaries(st.sampled_from(lefts), st.sampled_from(ids), min_size=1).map(
            lambda pairs: {"pairs": pairs}
        )
    if kind == "numeric":
        pair = st.tuples(st.integers(-60, 60), st.integers(0, 20))
        return pair.map(lambda one: _range(Fraction(body["value"]) + one[0], one[1]))
    if kind == "short":
        return words.map(lambda accepted: {"accepted": accepted})
    names = [blank["id"] for blank in body["blanks"]]
    return st.dictionaries(st.sampled_from(names), words, min_size=1).map(
        lambda blanks: {"blanks": blanks}
    )


def _range(low: Fraction, wide: int) -> dict[str, str]:
    return {"low": _decimal(low), "high": _decimal(low + wide)}
