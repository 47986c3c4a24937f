"""A layered graph of what rules keep in mind: every roster is a path, and every path a roster.

A node is what all automata of an employee remember before a day; an edge is a day's choice, taken
together with all others of the same effect (a *class*). Nodes are found forward, with what they
remember encoded in one number; those from which nothing permitted follows are cut off backward,
and those with the same future are merged (the minimal acyclic automaton, Revuz 1992).

The graph knows neither prices nor wishes: it serves everybody with the same rules, in every call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...formulation.options import Option
from ...models.resource import FORBIDDEN, Integers, Resource

ENCODED = 1 << 62
"""Codes of what automata remember together."""
SPACIOUS = 40
"""Possible codes for each code up to which a table of them is faster than sorting."""


class TooLargeError(Exception):
    """The automata remember too much together, or there is no time to find out."""


@dataclass(frozen=True)
class Layer:
    """Edges of one day, as tables by class (rows) and node before the day (columns)."""

    after: Integers
    """Node to which each edge leads; beyond the last one where nothing is permitted."""
    cents: Integers | None
    """What automata charge on the way; None for nothing."""

    @cached_property
    def into(self) -> tuple[Integers, Integers]:
        """Edges (positions in the flat table) sorted by where they lead, and where each begins."""
        flat = self.after.ravel()
        order = np.argsort(flat, kind="stable")
        first = np.searchsorted(flat[order], np.arange(int(flat.max()) + 2))
        return order, first


@dataclass(frozen=True)
class Graph:
    """Layers of all days, and the classes of their choices."""

    layers: tuple[Layer, ...]
    classes: tuple[dict[Option, int], ...]
    """For every day, the class of each option; 0 is a day off."""
    last: Integers
    """Cents due in each node after the last day."""

    @property
    def edges(self) -> int:
        """Number of edges, with those that are not permitted."""
        return sum(layer.after.size for layer in self.layers)


@dataclass
class _Day:
    """A day while the graph is built."""

    source: Integers
    target: Integers
    choice: Integers
    cents: Integers
    nodes: int
    """Nodes before the day."""


def build_graph(
    resources: Sequence[Resource],
    options: Sequence[Option],
    days: range,
    largest: int,
    is_late: Callable[[], bool] = lambda: False,
    in_all: int | None = None,
) -> Graph | None:
    """Build the graph of rosters that break no hard rule.

    Parameters
    ----------
    resources, options, days
        What is kept in mind, and what can be chosen.
    largest
        Edges of a day, at most.
    is_late
        Asked day by day whether to give up.
    in_all
        Edges of all days, at most.

    Returns
    -------
    The graph, or None if there is no such roster.

    Raises
    ------
    TooLargeError
        If there are more edges before the graph is made smaller, if all that automata could
        remember together has no number, or if it is late.
    """
    states = np.array([[resource.start for resource in resources]], dtype=np.int64)
    built: list[_Day] = []
    classes: list[dict[Option, int]] = []
    by_day = defaultdict(list)
    for option in options:
        by_day[option.duty.day].append(option)
    edges = 0
    for day in days:
        numbers, effects = _classes(resources, by_day[day], day)
        edges += len(states) * len(effects)
        if len(states) * len(effects) > largest or edges > (in_all or edges) or is_late():
            raise TooLargeError
        found, states = _forward(resources, effects, states, day)
        if not len(states):
            return None
        built.append(found)
        classes.append(numbers)
    last = np.zeros(len(states), dtype=np.int64)
    alive = np.ones(len(states), dtype=bool)
    for r, resource in enumerate(resources):
        cents = resource.finish(states[:, r])
        alive &= cents != FORBIDDEN
        last += cents
    if not alive.any():
        return None
    return _minimal(built, classes, last, alive)


def _classes(
    resources: Sequence[Resource], options: Sequence[Option], day: int
) -> tuple[dict[Option, int], list[tuple[Hashable, ...]]]:
    """Give every effect of a day's choices a number, the day off first."""
    off = tuple(resource.effect(day, None) for resource in resources)
    effects = [off]
    # A day off has a class of its own: its cost is 0, whatever a shift of equal effect costs.
    known: dict[tuple[Hashable, ...], int] = {}
    numbers = {}
    for option in options:
        effect = tuple(resource.effect(day, option.duty) for resource in resources)
        if effect not in known:
            known[effect] = len(effects)
            effects.append(effect)
        numbers[option] = known[effect]
    return numbers, effects


def _forward(
    resources: Sequence[Resource],
    effects: Sequence[tuple[Hashable, ...]],
    states: Integers,
    day: int,
) -> tuple[_Day, Integers]:
    """Step every node with every class of choices."""
    steps = [
        _Steps(resource, day, {effect[r] for effect in effects}, states[:, r])
        for r, resource in enumerate(resources)
    ]
    strides, space = [], 1
    for step in steps:
        strides.append(space)
        space *= len(step.values)
    if space > ENCODED:
        raise TooLargeError
    scaled = [
        {effect: stride * ranks for effect, ranks in step.ranks.items()}
        for step, stride in zip(steps, strides, strict=True)
    ]
    parts = []
    for number, effect in enumerate(effects):
        permitted = np.ones(len(states), dtype=bool)
        codes, cents = np.zeros((2, len(states)), dtype=np.int64)
        for step, ranks, mine in zip(steps, scaled, effect, strict=True):
            permitted &= step.ranks[mine] >= 0
            codes += ranks[mine]
            cents += step.cents[mine]
        source = np.flatnonzero(permitted)
        parts.append((source, codes[source], cents[source], np.full(len(source), number)))
    source, codes, cents, choice = (np.concatenate(part) for part in zip(*parts, strict=True))
    found, target = _unique(codes, space)
    nodes = [
        step.values[found // stride % len(step.values)]
        for step, stride in zip(steps, strides, strict=True)
    ]
    columns = np.array(nodes).reshape(len(steps), len(found))
    return _Day(source, target, choice, cents, len(states)), columns.T


class _Steps:
    """Where the states of an automaton lead on a day, by effect, as ranks of the states reached."""

    def __init__(
        self, resource: Resource, day: int, effects: set[Hashable], states: Integers
    ) -> None:
        stepped = {effect: resource.step(day, effect, states) for effect in effects}
        self.cents = {effect: cents for effect, (_, cents) in stepped.items()}
        every = np.concatenate([after for after, _ in stepped.values()])
        reached, ranks = _unique(every + 1, int(every.max(initial=0)) + 2)  # FORBIDDEN is -1
        if len(reached) and reached[0] == 0:
            reached, ranks = reached[1:], ranks - 1
        self.values = reached - 1 if len(reached) else np.zeros(1, dtype=np.int64)
        self.ranks = dict(zip(stepped, np.split(ranks, len(stepped)), strict=True))
        """-1 for what is forbidden."""


def _unique(codes: Integers, space: int) -> tuple[Integers, Integers]:
    """Give the different codes, all below `space`, and for each code, which one it is."""
    if space > SPACIOUS * (len(codes) + 1):
        found, inverse = np.unique(codes, return_inverse=True)
        return found, inverse.ravel()
    there = np.zeros(space, dtype=bool)  # a table: no sorting
    there[codes] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[codes]


def _minimal(
    built: list[_Day], classes: list[dict[Option, int]], last: Integers, alive: NDArray[np.bool_]
) -> Graph:
    """Cut dead ends off and merge nodes with the same future, backward.

    What is due on every way from a node is charged on the edges to it already, so that nodes whose
    futures differ by a constant have the same one (weight pushing, Mohri 1997).
    """
    due, merged = last, np.where(alive, 0, -1)
    layers: list[Layer] = []
    for day, numbers in zip(reversed(built), reversed(classes), strict=True):
        nodes = int(merged.max()) + 1
        after, cents = _tables(day, merged, due, 1 + max(numbers.values(), default=0))
        due = np.where(after < nodes, cents, ENCODED).min(axis=0)
        if cents.any():
            cents = np.where(after < nodes, cents - due, 0)
        merged, first = _same_future(after, cents, nodes)
        layers.append(Layer(after[:, first], cents[:, first] if cents.any() else None))
    return Graph(tuple(reversed(layers)), tuple(classes), due)


def _tables(day: _Day, merged: Integers, due: Integers, classes: int) -> tuple[Integers, Integers]:
    """Give, by class and node before a day, the node after it, and the cents with what is due then.

    The number beyond the last node stands for none.
    """
    shape = classes, day.nodes
    after, cents = np.full(shape, int(merged.max()) + 1), np.zeros(shape, dtype=np.int64)
    target = merged[day.target]
    kept = target >= 0
    after[day.choice[kept], day.source[kept]] = target[kept]
    cents[day.choice[kept], day.source[kept]] = day.cents[kept] + due[day.target[kept]]
    return after, cents


def _same_future(after: Integers, cents: Integers, nodes: int) -> tuple[Integers, Integers]:
    """Give nodes numbers by what may follow, -1 where nothing may, and a node for each number.

    What may follow is told by a hash, of which it is checked that it tells all apart.
    """
    tables = [after, cents] if cents.any() else [after]
    alive = np.flatnonzero((after < nodes).any(axis=0))
    futures = np.concatenate([table[:, alive] for table in tables])
    factors = np.random.default_rng(0).integers(1, 1 << 62, len(futures), dtype=np.int64) | 1
    hashed = np.zeros(len(alive), dtype=np.int64)
    with np.errstate(over="ignore"):
        for factor, row in zip(factors, futures, strict=True):
            hashed += factor * (row + 2)
    _, first, name = np.unique(hashed, return_index=True, return_inverse=True)
    if not (futures[:, first[name.ravel()]] == futures).all():
        _, first, name = np.unique(futures, axis=1, return_index=True, return_inverse=True)
    merged = np.full(after.shape[1], -1)
    merged[alive] = name.ravel()
    return merged, alive[first]
