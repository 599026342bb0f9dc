"""Playing an exercise: begin, decide, replay, mark. Pure: a run is its list of choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from curriculum.exercises.story import LEAST_SCORE, MOST_SCORE, Choice, Ending, Story

# The brief's rule: six tenths from the experts' ratings, four from where the scores ended.
SHARE_OF_RATINGS: Final = Fraction(6, 10)


class NotPossible(ValueError):
    """A decision that the run does not stand before: another node's, an unknown one, or none."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a run stands. `at` is a node, or the ending it came to; `taken` what was decided."""

    at: str
    scores: Mapping[str, int]
    flags: frozenset[str]
    taken: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a run is worth, each from 0 to 1: the mean rating, the mean score, and both together."""

    ratings: Fraction
    scores: Fraction

    @property
    def total(self) -> Fraction:
        return SHARE_OF_RATINGS * self.ratings + (1 - SHARE_OF_RATINGS) * self.scores


def begin(story: Story) -> State:
    return State(story.start, {one.id: one.start for one in story.scores}, frozenset())


def step(story: Story, state: State, choice_id: str) -> State:
    """The state after one decision. A gated ending that is not earned gives way to its other.

    Raises NotPossible if the run has ended or the choice does not stand at this node.
    """
    node = story.nodes.get(state.at)
    choice = node.choice(choice_id) if node else None
    if node is None or choice is None:
        raise NotPossible(choice_id)
    scores, flags = after(state.scores, state.flags, choice)
    taken = (*state.taken, (node.id, choice.id))
    return State(came_to(story, choice.leads_to, scores, flags), scores, flags, taken)


def after(
    scores: Mapping[str, int], flags: frozenset[str], choice: Choice
) -> tuple[dict[str, int], frozenset[str]]:
    """Scores and flags once a choice has had its effect; scores stay within 0 and 100."""
    changed = {
        name: min(MOST_SCORE, max(LEAST_SCORE, value + choice.effects.get(name, 0)))
        for name, value in scores.items()
    }
    return changed, flags | set(choice.sets)


def came_to(story: Story, goal: str, scores: Mapping[str, int], flags: frozenset[str]) -> str:
    """The node or ending that a link leads to, by way of the gates that are not passed.

    Of gates that send round in a circle (which `graph` refuses) the last one is given.
    """
    seen: set[str] = set()
    while (ending := story.endings.get(goal)) and goal not in seen:
        if passes(ending, scores, flags):
            return goal
        seen.add(goal)
        goal = ending.otherwise
    return goal


def passes(ending: Ending, scores: Mapping[str, int], flags: frozenset[str]) -> bool:
    enough = ending.least is None or all(value >= ending.least for value in scores.values())
    return enough and not flags & set(ending.without)


def replay(story: Story, choices: Iterable[str]) -> State:
    """The state after these decisions from the start. Raises NotPossible like `step`."""
    state = begin(story)
    for choice_id in choices:
        state = step(story, state, choice_id)
    return state


def mark(story: Story, state: State) -> Mark:
    """What the decisions taken so far are worth; a run without any is worth nothing in ratings."""
    ratings = [
        choice.rating
        for node_id, choice_id in state.taken
        if (choice := story.nodes[node_id].choice(choice_id))
    ]
    mean = sum(ratings, Fraction(0)) / len(ratings) if ratings else Fraction(0)
    count = len(state.scores) or 1
    return Mark(mean, Fraction(sum(state.scores.values()), count * MOST_SCORE))
