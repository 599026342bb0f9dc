"""Figures as authors might write them: random ones of each kind, as the text of their block."""

from typing import Any

import yaml
from hypothesis import strategies as st

from curriculum.prose.figures.figure import KINDS
from curriculum.prose.figures.kinds import channels, decision, line, seating, steps, timeline

ALT = "Whoever cannot see the picture learns the same from these words."
# No word is wider than the narrowest place of a figure, and some lean against what is markup.
WORD = st.text(alphabet="abcdeimnrstwÉüMW'&<>\"-/", min_size=1, max_size=4)


def words(most: int) -> st.SearchStrategy[str]:
    return (
        st.lists(WORD, min_size=1, max_size=most)
        .map(" ".join)
        .map(lambda text: text[:58].strip())
        .filter(lambda text: text and not text.startswith(("-", "'")))
    )


LABEL = words(6)
SENTENCE = words(14)


def mapping(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(fields)


def listed(each: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=least, max_size=most)


@st.composite
def linked(draw: st.DrawFn) -> dict[str, Any]:
    columns, ids = [], []
    for _column in range(draw(st.integers(2, 3))):
        nodes = []
        for label in draw(listed(LABEL, 1, channels.MOST_NODES)):
            ids.append(f"n{len(ids)}")
            nodes.append({"id": ids[-1], "label": label})
        columns.append({"title": draw(LABEL), "nodes": nodes})
    links = []
    for _link in range(draw(st.integers(1, channels.MOST_LINKS))):
        one, other = draw(st.permutations(ids))[:2]
        style = draw(st.sampled_from(["solid", "dashed"]))
        links.append({"from": one, "to": other, "what": draw(SENTENCE), "style": style})
    return {"columns": columns, "links": links}


SEAT = LABEL | mapping(who=LABEL, note=st.sampled_from(["1", "12"]) | LABEL)
LONG = mapping(
    shape=st.just("long"),
    top=SEAT,
    bottom=SEAT,
    left=listed(SEAT, 1, seating.MOST_A_SIDE),
    right=listed(SEAT, 1, seating.MOST_A_SIDE),
)
ROUND = mapping(shape=st.just("round"), seats=listed(SEAT, 3, seating.MOST_ROUND))
FIELDS = {
    "channels": linked(),
    "decision": mapping(
        questions=listed(
            mapping(ask=SENTENCE, answer=st.sampled_from(["Yes", "No"]) | LABEL, then=SENTENCE),
            1,
            decision.MOST_QUESTIONS,
        ),
        otherwise=SENTENCE,
    ),
    "line": mapping(
        of=st.sampled_from(["flags", "people"]),
        items=listed(mapping(who=LABEL, note=LABEL) | mapping(who=LABEL), 2, line.MOST_ITEMS),
        viewer=LABEL,
    ),
    "ranks": mapping(
        columns=st.just(["One", "Two"]), rows=listed(st.lists(LABEL, min_size=2, max_size=2), 1, 9)
    ),
    "seating": LONG | ROUND,
    "steps": mapping(
        steps=listed(
            mapping(who=LABEL, what=SENTENCE, note=SENTENCE) | mapping(who=LABEL),
            2,
            steps.MOST_STEPS,
        )
    ),
    "timeline": mapping(
        events=listed(mapping(when=words(4), what=SENTENCE), 2, timeline.MOST_EVENTS)
    ),
}
assert set(FIELDS) == set(KINDS)


def figures(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Figures of this kind that may be published."""
    return FIELDS[kind].map(lambda own: {"kind": kind, "title": "A title", "alt": ALT} | own)


def block(figure: dict[str, Any]) -> str:
    return yaml.safe_dump(figure, allow_unicode=True, sort_keys=False, width=10_000)
