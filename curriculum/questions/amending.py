"""Another key for a question that was asked already: marking its frozen copy by it.

An amendment is a JSON object of ids and words, so that it fits every copy in which those ids stand:

    {"form": "key", ...}        this is the key, and nothing else
    {"form": "also", ...}       this earns the marks too, beside the key
    {"form": "everybody"}       whoever was asked gets full marks, blank answers too

with, by kind: `options` (ids), `order` (ids), `pairs` (right side by left side), `low` and `high`
(a range of numbers), `accepted` (words), `blanks` (words by blank). A copy is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import accepted, answers, bodies, choices, numbers, registry
from curriculum.questions.bodies import Body
from curriculum.questions.marking import FULL, NONE, Mark

KEY: Final = "key"
ALSO: Final = "also"
EVERYBODY: Final = "everybody"
FORMS: Final = (KEY, ALSO, EVERYBODY)

Amendment = Mapping[str, Any]
CHOICES: Final = ("single", "multiple", "true_false")
AMENDED: Final = (*CHOICES, "ordering", "matching", "numeric", "short", "cloze")


def refused(kind: str, body: Body, amendment: Amendment) -> Said | None:
    """Why this copy cannot be marked by the amendment, as a sentence; None if it can."""
    if amendment.get("form") == EVERYBODY:
        return None
    if kind in registry.BY_HAND:
        return _("A written answer has no key. Everybody can be credited, or marks be changed.")
    if amendment.get("form") not in FORMS:
        return _("This is not a way to correct a question.")
    if kind not in AMENDED:
        return _("A question of this kind has no key to correct. Everybody can be credited.")
    found = _REFUSALS[kind](body, amendment)
    if found is None and amendment["form"] == KEY and _same_key(kind, body, amendment):
        return _("This is the key already. Nothing would change.")
    return found


def marked(kind: str, body: Body, amendments: Sequence[Amendment], answer: object) -> Mark:
    """What the answer is worth under the amendments, in the order in which they came into force.

    `key` sets aside all that came before it; `also` adds to what stands. Each was found fit for
    this copy by `refused`.
    """
    since = _since_the_last_key(amendments)
    if any(one["form"] == EVERYBODY for one in since):
        return Mark(FULL, dict.fromkeys(_parts(kind, body, answer), FULL))
    if kind not in AMENDED or not since:
        return registry.mark(kind, body, answer)
    keyed = _KEYED[kind](body, since[0]) if since[0]["form"] == KEY else body
    return _best(kind, keyed, [one for one in since if one["form"] == ALSO], answer)


def _parts(kind: str, body: Body, answer: object) -> Iterable[str]:
    """What an answer is marked by, part by part: of a written one, the criteria of its rubric."""
    if kind in registry.BY_HAND:
        return [str(one["id"]) for one in body["criteria"]]
    return registry.mark(kind, body, answer).parts


def _since_the_last_key(amendments: Sequence[Amendment]) -> Sequence[Amendment]:
    places = [at for at, one in enumerate(amendments) if one["form"] == KEY]
    return amendments[places[-1] :] if places else amendments


def _best(kind: str, body: Body, also: Sequence[Amendment], answer: object) -> Mark:
    """The best mark that the key or what is credited beside it gives."""
    if kind in ("ordering", "numeric"):
        others = [registry.mark(kind, _KEYED[kind](body, one), answer) for one in also]
        first = registry.mark(kind, body, answer)
        return max([first, *others], key=lambda mark: mark.fraction)
    for one in also:
        body = _WIDENED[kind](body, one, answer)
    return registry.mark(kind, body, answer)


def _same_key(kind: str, body: Body, amendment: Amendment) -> bool:
    """Whether a copy under the amendment is marked as before, whatever is answered."""
    return _essence(_KEYED[kind](body, amendment)) == _essence(body)


def _essence(body: Body) -> Any:
    """What of a body decides marks, without order where order says nothing."""
    if "options" in body:
        return set(choices.right_ids(body))
    if "entries" in body:
        return [entry["id"] for entry in body["entries"]]
    if "pairs" in body:
        return {pair["left"]["id"]: pair["right"]["id"] for pair in body["pairs"]}
    if "blanks" in body:
        return {blank["id"]: set(blank["accepted"]) for blank in body["blanks"]}
    if "accepted" in body:
        return set(body["accepted"])
    return Fraction(body["value"]), Fraction(body["tolerance"])


# Choices


def _options_refused(body: Body, amendment: Amendment, *, one: bool) -> Said | None:
    chosen = amendment.get("options")
    if not isinstance(chosen, list) or not chosen:
        return _("Choose an option.")
    unknown = [str(each) for each in chosen if each not in choices.ids(body)]
    if unknown:
        return _(
            "The option {unknown!r} did not exist when the question was asked so. It "
            "cannot be credited.",
            unknown=unknown[0],
        )
    if amendment["form"] == KEY:
        return _("Exactly one option can be the key.") if one and len(set(chosen)) > 1 else None
    if set(chosen) <= set(choices.right_ids(body)):
        return _("This is the key already. Nothing would change.")
    return None


def _with_right(body: Body, right: set[str]) -> Body:
    options = [option | {"right": option["id"] in right} for option in body["options"]]
    return body | {"options": options}


def _options_keyed(body: Body, amendment: Amendment) -> Body:
    return _with_right(body, set(amendment["options"]))


def _options_widened(body: Body, amendment: Amendment, answer: object) -> Body:
    """A credited option counts as right where it was chosen, and is not missed where it was not."""
    chosen = answers.field(answer, "options")
    picked = chosen if isinstance(chosen, list) else [answers.field(answer, "option")]
    credited = {each for each in amendment["options"] if each in picked}
    return _with_right(body, set(choices.right_ids(body)) | credited)


# Ordering and matching


def _order_refused(body: Body, amendment: Amendment) -> Said | None:
    order = amendment.get("order")
    ids = registry.kind("ordering").ids(body)
    if not isinstance(order, list) or len(set(map(str, order))) != len(order):
        return _("Give every entry a place of its own.")
    if any(each not in ids for each in order):
        return _("An entry of this order did not exist when the question was asked so.")
    return None if len(order) == len(ids) else _("Give every entry a place of its own.")


def _order_keyed(body: Body, amendment: Amendment) -> Body:
    entries = {entry["id"]: entry for entry in body["entries"]}
    return body | {"entries": [entries[each] for each in amendment["order"]]}


def _sides(body: Body) -> dict[str, Any]:
    sides = [pair["right"] for pair in body["pairs"]] + body["distractors"]
    return {side["id"]: side for side in sides}


def _pairs_refused(body: Body, amendment: Amendment) -> Said | None:
    pairs = amendment.get("pairs")
    lefts = [pair["left"]["id"] for pair in body["pairs"]]
    if not isinstance(pairs, dict) or not pairs:
        return _("Choose another right side for at least one pair.")
    if any(left not in lefts or right not in _sides(body) for left, right in pairs.items()):
        return _("A side of this pair did not exist when the question was asked so.")
    key = {pair["left"]["id"]: pair["right"]["id"] for pair in body["pairs"]}
    if amendment["form"] == ALSO and all(key[left] == right for left, right in pairs.items()):
        return _("This is the key already. Nothing would change.")
    return None


def _pairs_keyed(body: Body, amendment: Amendment) -> Body:
    """The pairs with other right sides. Every side stays, or an answer could not be read."""
    sides = _sides(body)
    pairs = [
        pair | {"right": sides[amendment["pairs"].get(pair["left"]["id"], pair["right"]["id"])]}
        for pair in body["pairs"]
    ]
    used = {pair["right"]["id"] for pair in pairs}
    rest = [side for each, side in sides.items() if each not in used]
    return body | {"pairs": pairs, "distractors": rest}


def _pairs_widened(body: Body, amendment: Amendment, answer: object) -> Body:
    chosen = answers.field(answer, "pairs")
    if not isinstance(chosen, dict):
        return body
    taken = {left: right for left, right in amendment["pairs"].items() if chosen.get(left) == right}
    return _pairs_keyed(body, {"pairs": taken})


# Numbers and words


def _range_refused(body: Body, amendment: Amendment) -> Said | None:
    low, high = (_number(amendment.get(name)) for name in ("low", "high"))
    if low is None or high is None:
        return _("Write the range as two plain numbers, for example 70 and 74.")
    if low > high:
        return _("The range begins above its end. Write the smaller number first.")
    return None


def _number(text: object) -> Fraction | None:
    plain = numbers.canonical(text) if isinstance(text, str) else None
    return None if plain is None else Fraction(plain)


def _range_keyed(body: Body, amendment: Amendment) -> Body:
    """The middle of the range, give or take half of it. The half marks go: they were the old."""
    low, high = (_number(amendment[name]) or NONE for name in ("low", "high"))
    half = {"value": str((low + high) / 2), "tolerance": str((high - low) / 2)}
    return body | half | {"half": None}


def _words_refused(words: object) -> Said | None:
    if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        return _("Write at least one answer.")
    if not words:
        return _("Write at least one answer.")
    found = bodies.messages(accepted.faults(words, "", _("The question")))
    return found[0] if found else None


def _accepted_refused(body: Body, amendment: Amendment) -> Said | None:
    words = amendment.get("accepted")
    found = _words_refused(words)
    if found or not isinstance(words, list) or amendment["form"] == KEY:
        return found
    known = set(body["accepted"])
    return _("This is accepted already. Nothing would change.") if known.issuperset(words) else None


def _accepted_keyed(body: Body, amendment: Amendment) -> Body:
    return body | {"accepted": list(amendment["accepted"])}


def _accepted_widened(body: Body, amendment: Amendment, answer: object) -> Body:
    return body | {"accepted": [*body["accepted"], *amendment["accepted"]]}


def _blanks_refused(body: Body, amendment: Amendment) -> Said | None:
    blanks = amendment.get("blanks")
    known = {blank["id"]: blank["accepted"] for blank in body["blanks"]}
    if not isinstance(blanks, dict) or not blanks:
        return _("Write an answer for at least one blank.")
    if any(each not in known for each in blanks):
        return _("A blank of this text did not exist when the question was asked so.")
    found = next(filter(None, map(_words_refused, blanks.values())), None)
    if found or amendment["form"] == KEY:
        return found
    same = all(set(known[each]).issuperset(words) for each, words in blanks.items())
    return _("This is accepted already. Nothing would change.") if same else None


def _blanks_keyed(body: Body, amendment: Amendment) -> Body:
    blanks = [
        blank | {"accepted": list(amendment["blanks"].get(blank["id"], blank["accepted"]))}
        for blank in body["blanks"]
    ]
    return body | {"blanks": blanks}


def _blanks_widened(body: Body, amendment: Amendment, answer: object) -> Body:
    blanks = [
        blank | {"accepted": [*blank["accepted"], *amendment["blanks"].get(blank["id"], ())]}
        for blank in body["blanks"]
    ]
    return body | {"blanks": blanks}


def _one_refused(body: Body, amendment: Amendment) -> Said | None:
    return _options_refused(body, amendment, one=True)


def _several_refused(body: Body, amendment: Amendment) -> Said | None:
    return _options_refused(body, amendment, one=False)


_REFUSALS: Final[Mapping[str, Callable[[Body, Amendment], Said | None]]] = {
    "single": _one_refused,
    "true_false": _one_refused,
    "multiple": _several_refused,
    "ordering": _order_refused,
    "matching": _pairs_refused,
    "numeric": _range_refused,
    "short": _accepted_refused,
    "cloze": _blanks_refused,
}
_KEYED: Final[Mapping[str, Callable[[Body, Amendment], Body]]] = {
    **dict.fromkeys(CHOICES, _options_keyed),
    "ordering": _order_keyed,
    "matching": _pairs_keyed,
    "numeric": _range_keyed,
    "short": _accepted_keyed,
    "cloze": _blanks_keyed,
}
_WIDENED: Final[Mapping[str, Callable[[Body, Amendment, object], Body]]] = {
    **dict.fromkeys(CHOICES, _options_widened),
    "matching": _pairs_widened,
    "short": _accepted_widened,
    "cloze": _blanks_widened,
}
