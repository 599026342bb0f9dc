"""Random bodies of every kind, with awkward characters, that pass `check`.

Feedback and accepted answers carry words that must not be seen before release.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from curriculum.questions import registry

SECRET = "XYZZYSECRET"
AWKWARD = "abcé ü*_`[](){}#:=~|<>&\"'.-1x\u0627\u0661条!?±%"

PLAIN_LINE = st.text(alphabet="abcdefé ü1.,*_", min_size=1, max_size=20)
AWKWARD_LINE = st.text(alphabet=AWKWARD, min_size=1, max_size=20)
LINE = st.one_of(PLAIN_LINE, AWKWARD_LINE).map(str.strip).filter(bool)
BLOCK = st.lists(st.one_of(LINE, st.just("")), min_size=1, max_size=4).map(
    lambda lines: "\n".join(lines).strip()
)
PROMPT = BLOCK.filter(bool)
FEEDBACK = BLOCK.map(lambda text: f"{SECRET} {text}".strip())
EXPLANATION = st.one_of(st.just(""), FEEDBACK)
NAMES = ["ask", "recall", "head-of-state", "b1", "nine", "mission", "note", "envoy", "dean", "flag"]
NAMES += [f"other-{word}" for word in NAMES]

JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("ask")
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["option", "options", "order", "pairs", "value", "text", "blanks", "b1"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


def names(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(NAMES), min_size=count, max_size=count, unique=True)


def lines(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        LINE,
        min_size=count,
        max_size=count,
        unique_by=lambda text: " ".join(text.casefold().split()),
    )


@st.composite
def option_bodies(draw: st.DrawFn, several: bool) -> dict[str, Any]:
    count = draw(st.integers(2, 8))
    right = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=count if several else 1))
    options = [
        {"id": name, "text": text, "right": at in right, "feedback": draw(FEEDBACK)}
        for at, (name, text) in enumerate(zip(draw(names(count)), draw(lines(count)), strict=True))
    ]
    body = {"prompt": draw(PROMPT), "options": options, "explanation": draw(EXPLANATION)}
    if several:
        body["credit"] = draw(st.sampled_from(["all-or-nothing", "partial"]))
    return body


@st.composite
def true_false_bodies(draw: st.DrawFn) -> dict[str, Any]:
    right = draw(st.booleans())
    options = [
        {"id": "true", "text": "True", "right": right, "feedback": draw(FEEDBACK)},
        {"id": "false", "text": "False", "right": not right, "feedback": draw(FEEDBACK)},
    ]
    return {"prompt": draw(PROMPT), "options": options, "explanation": draw(EXPLANATION)}


@st.composite
def ordering_bodies(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(3, 8))
    entries = [
        {"id": name, "text": text, "feedback": draw(st.one_of(st.just(""), FEEDBACK))}
        for name, text in zip(draw(names(count)), draw(lines(count)), strict=True)
    ]
    return {"prompt": draw(PROMPT), "entries": entries, "explanation": draw(EXPLANATION)}


@st.composite
def matching_bodies(draw: st.DrawFn) -> dict[str, Any]:
    count, more = draw(st.integers(2, 8)), draw(st.integers(0, 3))
    ids = draw(names(2 * count + more)) if 2 * count + more <= len(NAMES) else NAMES
    lefts, rights = draw(lines(count)), draw(lines(count + more))
    pairs = [
        {
            "left": {"id": ids[at], "text": lefts[at]},
            "right": {"id": ids[count + at], "text": rights[at]},
            "feedback": draw(st.one_of(st.just(""), FEEDBACK)),
        }
        for at in range(count)
    ]
    distractors = [
        {"id": each, "text": text, "feedback": draw(st.one_of(st.just(""), FEEDBACK))}
        for each, text in zip(ids[2 * count :], rights[count:], strict=False)
    ]
    return {
        "prompt": draw(PROMPT),
        "pairs": pairs,
        "distractors": distractors,
        "explanation": draw(EXPLANATION),
    }


NUMBER = st.decimals(-(10**9), 10**9, places=3).map(lambda value: f"{value.normalize():f}")
TOLERANCE = st.integers(0, 99).map(str)


@st.composite
def numeric_bodies(draw: st.DrawFn) -> dict[str, Any]:
    tolerance = draw(TOLERANCE)
    half = None
    if draw(st.booleans()):
        wider = str(int(tolerance) + draw(st.integers(1, 50)))
        half = {"tolerance": wider, "feedback": draw(FEEDBACK)}
    return {
        "prompt": draw(PROMPT),
        "value": draw(NUMBER.filter(lambda text: text != "-0")),
        "tolerance": tolerance,
        "unit": draw(st.sampled_from(["", "h", "%", "USD million", "°C", "km/h"])),
        "feedback": draw(FEEDBACK),
        "half": half,
        "explanation": draw(EXPLANATION),
    }


ACCEPTED = st.lists(
    st.text(alphabet="abcé ü'-1.#", min_size=1, max_size=12).map(
        lambda text: f"{SECRET}{text}".strip()
    ),
    min_size=1,
    max_size=4,
    unique=True,
)


@st.composite
def short_bodies(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "prompt": draw(PROMPT),
        "accepted": draw(ACCEPTED),
        "feedback": draw(FEEDBACK),
        "explanation": draw(EXPLANATION),
    }


@st.composite
def cloze_bodies(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 5))
    ids = draw(names(count))
    pieces = [draw(st.text(alphabet="abc é*_`\n,.", max_size=12)) for _ in range(count)]
    prompt = "".join(f"{piece}{{{{#{each}}}}}" for piece, each in zip(pieces, ids, strict=True))
    blanks = [{"id": each, "accepted": draw(ACCEPTED), "feedback": draw(FEEDBACK)} for each in ids]
    return {"prompt": prompt.strip(), "blanks": blanks, "explanation": draw(EXPLANATION)}


@st.composite
def judgement_bodies(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(2, 8))
    chosen = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=99))
    options = [
        {
            "id": name,
            "text": text,
            "share": f"{chosen.count(at) / len(chosen):.3f}",
            "feedback": draw(FEEDBACK),
        }
        for at, (name, text) in enumerate(zip(draw(names(count)), draw(lines(count)), strict=True))
    ]
    return {
        "prompt": draw(PROMPT),
        "panel": len(chosen),
        "weights": draw(st.sampled_from(["draft", "rated"])),
        "options": options,
        "explanation": draw(EXPLANATION),
    }


@st.composite
def written_bodies(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 5))
    words = draw(st.integers(10, 2_000))
    criteria = []
    for name, text in zip(draw(names(count)), draw(lines(count)), strict=True):
        points = draw(st.lists(st.integers(1, 20), min_size=1, max_size=5, unique=True))
        texts = draw(lines(len(points) + 1))
        criteria.append(
            {
                "id": name,
                "text": text,
                "levels": [
                    {"points": each, "words": f"{SECRET} {words}"}
                    for each, words in zip([0, *sorted(points)], texts, strict=True)
                ],
                "feedback": draw(FEEDBACK),
            }
        )
    return {
        "prompt": draw(PROMPT),
        "words": words,
        "least": draw(st.sampled_from([0, words // 2])),
        "show_criteria": draw(st.booleans()),
        "second": draw(st.integers(0, 100)),
        "tolerance": draw(st.integers(0, 20)),
        "criteria": criteria,
        "explanation": draw(FEEDBACK),
    }


BODIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single": option_bodies(several=False),
    "multiple": option_bodies(several=True),
    "true_false": true_false_bodies(),
    "ordering": ordering_bodies(),
    "matching": matching_bodies(),
    "numeric": numeric_bodies(),
    "short": short_bodies(),
    "cloze": cloze_bodies(),
    "judgement": judgement_bodies(),
    "written": written_bodies(),
}


def bodies(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies of this kind that may be published."""
    return BODIES[kind].filter(lambda body: registry.check(kind, body) == [])
