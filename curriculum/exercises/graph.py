"""What the graph of an exercise must be, so that no run is stuck, endless or unfair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from curriculum.documents.problems import Problem, error, warning
from curriculum.exercises.machine import after, begin, came_to, passes
from curriculum.exercises.story import Choice, Node, Story
from curriculum.prose.said import said as _

GOOD_ENOUGH: Final = Fraction(8, 10)
LONGEST_RUN: Final = 12
MOST_NODES: Final = 60
MOST_ENDINGS: Final = 12
# Moments of play (a node with a state) that are looked at before the proof is given up.
MOST_MOMENTS: Final = 100_000


def faults(story: Story) -> list[Problem]:
    """Everything wrong with the graph. What needs sound links is asked only once they are sound."""
    if len(story.nodes) > MOST_NODES or len(story.endings) > MOST_ENDINGS:
        message = _(
            "An exercise has at most {nodes} nodes and {endings} endings.",
            nodes=MOST_NODES,
            endings=MOST_ENDINGS,
        )
        return [error(1, message)]
    found = [*_links(story), *_gates(story), *_choices(story)]
    if any(one.is_error for one in found):
        return found
    circle = _circle(story)
    if circle:
        return [*found, circle]
    found += [*_unreachable(story), *_clock(story), *_length(story), *_best_run(story)]
    return found if any(one.is_error for one in found) else [*found, *_plays(story)]


def _each_choice(story: Story) -> Iterator[tuple[Node, Choice]]:
    for node in story.nodes.values():
        for choice in node.choices:
            yield node, choice


def _links(story: Story) -> Iterator[Problem]:
    """Dead links, unknown scores and flags, and a deadline that decides nothing."""
    places = {*story.nodes, *story.endings}
    scores, flags = {one.id for one in story.scores}, {one.id for one in story.flags}
    for _node, choice in _each_choice(story):
        if choice.leads_to not in places:
            message = _(
                "The choice `{choice}` leads to `{goal}`, which stands nowhere in this file.",
                choice=choice.id,
                goal=choice.leads_to,
            )
            yield error(choice.line, message)
        for name in (*(set(choice.effects) - scores), *(set(choice.sets) - flags)):
            message = _("`{name}` is no score and no flag of this exercise.", name=name)
            yield error(choice.line, message)
    for node in story.nodes.values():
        if (node.within is None) != (not node.late):
            message = _(
                "A deadline needs both: `within`, and `late` with the choice that is then taken."
            )
            yield error(node.line, message)
        elif node.late and node.choice(node.late) is None:
            message = _("`late` names `{name}`, which is no choice of this node.", name=node.late)
            yield error(node.line, message)


def _gates(story: Story) -> Iterator[Problem]:
    flags = {one.id for one in story.flags}
    for ending in story.endings.values():
        for name in sorted(set(ending.without) - flags):
            yield error(ending.line, _("`{name}` is no flag of this exercise.", name=name))
        if ending.gated != bool(ending.otherwise):
            message = _(
                "A gate needs both: a condition (`least` or `without`), and `otherwise` with the "
                "ending for whoever does not pass."
            )
            yield error(ending.line, message)
        elif ending.otherwise and ending.otherwise not in story.endings:
            message = _("`otherwise` names `{name}`, which is no ending.", name=ending.otherwise)
            yield error(ending.line, message)
        elif _sends_round(story, ending.id):
            yield error(ending.line, _("Gates send from one ending to the other for ever."))


def _sends_round(story: Story, ending_id: str) -> bool:
    at, seen = ending_id, set()
    while at in story.endings and at not in seen:
        seen.add(at)
        at = story.endings[at].otherwise
    return at in seen


def _choices(story: Story) -> Iterator[Problem]:
    for node in story.nodes.values():
        if all(choice.rating < GOOD_ENOUGH for choice in node.choices):
            message = _(
                "No choice at `{node}` has a weight of 0.8 or more: every moment needs a good "
                "decision.",
                node=node.id,
            )
            yield error(node.line, message)


def _goals(story: Story, at: str) -> list[str]:
    return [one.leads_to for one in story.nodes[at].choices] if at in story.nodes else []


def _circle(story: Story) -> Problem | None:
    """A loop, named by its nodes. Depth first, without recursion."""
    done: set[str] = set()
    for first in story.nodes:
        path, open_goals = [first], [iter(_goals(story, first))]
        while path:
            goal = next(open_goals[-1], None)
            if goal is None:
                done.add(path.pop())
                open_goals.pop()
            elif goal in path:
                loop = " → ".join([*path[path.index(goal) :], goal])
                line = story.nodes[goal].line
                return error(line, _("The nodes run in a circle: {loop}.", loop=loop))
            elif goal not in done:
                path.append(goal)
                open_goals.append(iter(_goals(story, goal)))
    return None


def _unreachable(story: Story) -> Iterator[Problem]:
    reached, open_ = set(), [story.start]
    while open_:
        at = open_.pop()
        if at in reached:
            continue
        reached.add(at)
        open_ += _goals(story, at)
        if at in story.endings and story.endings[at].otherwise:
            open_.append(story.endings[at].otherwise)
    lines = {one.id: one.line for one in story.nodes.values()}
    lines |= {one.id: one.line for one in story.endings.values()}
    for name, line in lines.items():
        if name not in reached:
            yield error(line, _("No choice ever leads to `{name}`.", name=name))


def _clock(story: Story) -> Iterator[Problem]:
    for node, choice in _each_choice(story):
        goal = story.nodes.get(choice.leads_to)
        if goal is not None and goal.at < node.at:
            message = _(
                "The clock runs back: `{choice}` leads to `{goal}`, which is earlier.",
                choice=choice.id,
                goal=goal.id,
            )
            yield error(choice.line, message)


def _length(story: Story) -> Iterator[Problem]:
    """The longest run, counted from the ends backwards."""
    longest = _longest(story)
    if longest > LONGEST_RUN:
        message = _(
            "The longest run takes {count} decisions; at most {most} are allowed.",
            count=longest,
            most=LONGEST_RUN,
        )
        yield error(story.nodes[story.start].line, message)


def _longest(story: Story) -> int:
    counted: dict[str, int] = dict.fromkeys(story.endings, 0)
    waiting = list(story.nodes)
    while waiting:
        at = waiting.pop()
        goals = _goals(story, at)
        missing = [goal for goal in goals if goal not in counted]
        if missing:
            waiting += [at, *missing]
        else:
            counted[at] = 1 + max(counted[goal] for goal in goals)
    return counted[story.start]


def _best_run(story: Story) -> Iterator[Problem]:
    """Whoever always takes the best choice must pass the gate to which that leads."""
    state = begin(story)
    at, scores, flags = state.at, dict(state.scores), state.flags
    while at in story.nodes:
        best = max(story.nodes[at].choices, key=lambda one: one.rating)
        scores, flags = after(scores, flags, best)
        at = best.leads_to
    ending = story.endings[at]
    if not passes(ending, scores, flags):
        message = _(
            "Whoever takes the best choice each time does not pass the gate of `{ending}`.",
            ending=ending.id,
        )
        yield error(ending.line, message)


@dataclass(frozen=True, slots=True)
class _Moment:
    at: str
    scores: tuple[int, ...]
    flags: frozenset[str]


def _plays(story: Story) -> Iterator[Problem]:
    """Every ending is the end of some run: all runs are played, alike ones once."""
    reached = reached_by_play(story)
    if reached is None:
        message = _(
            "There are too many ways through this exercise to prove that each ending can be "
            "reached."
        )
        yield warning(story.nodes[story.start].line, message)
        return
    for ending in story.endings.values():
        if ending.id not in reached:
            message = _(
                "No run ends at `{name}`: its gate never opens, or the gate before it never shuts.",
                name=ending.id,
            )
            yield error(ending.line, message)


def reached_by_play(story: Story) -> set[str] | None:
    """The endings at which a run can end; None if there are too many runs to say."""
    names = [one.id for one in story.scores]
    first = begin(story)
    open_ = [_Moment(first.at, tuple(first.scores.values()), first.flags)]
    seen, ends = set(open_), set()
    while open_:
        moment = open_.pop()
        for choice in story.nodes[moment.at].choices:
            scores, flags = after(
                dict(zip(names, moment.scores, strict=True)), moment.flags, choice
            )
            goal = came_to(story, choice.leads_to, scores, flags)
            if goal in story.endings:
                ends.add(goal)
                continue
            next_ = _Moment(goal, tuple(scores.values()), flags)
            if next_ not in seen:
                seen.add(next_)
                open_.append(next_)
        if len(seen) > MOST_MOMENTS:
            return None
    return ends
