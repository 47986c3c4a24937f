"""A layered graph of what rules keep in mind: every roster is a path, and every path a roster.

A node is what all automata of an employee remember before a day; an edge is a day's choice, taken
together with all others of the same effect (a *class*). Nodes are found forward, with what they
remember encoded in one number; those from which nothing permitted follows are cut off backward,
and those with the same future are merged (the minimal acyclic automaton, Revuz 1992).

The graph knows neither prices nor wishes: it serves everybody with the same rules, in every call.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...formulation.options import Option
from ...models.resource import FORBIDDEN, Integers, Resource

ENCODED = 1 << 62


class TooLargeError(Exception):
    """The automata remember too much together, or there is no time to find out."""


@dataclass(frozen=True)
class Layer:
    """Edges of one day, sorted by where they lead."""

    source: NDArray[np.int32]
    choice: NDArray[np.int32]
    """Class of each edge."""
    cents: Integers | None
    """What automata charge on the way; None for nothing."""
    first: Integers
    """Where the edges to each node begin."""

    @cached_property
    def target(self) -> NDArray[np.int32]:
        """Node to which each edge leads."""
        lengths = np.diff(self.first, append=len(self.source))
        return np.repeat(np.arange(len(self.first), dtype=np.int32), lengths)

    @cached_property
    def _by_source(self) -> tuple[Integers, Integers]:
        order = np.argsort(self.source, kind="stable")
        return order, np.flatnonzero(np.diff(self.source[order], prepend=-1))

    def leaving(self, node: int) -> Integers:
        """Give the edges from a node."""
        order, begins = self._by_source
        end = begins[node + 1] if node + 1 < len(begins) else len(order)
        return order[begins[node] : end]

    @cached_property
    def _by_choice(self) -> tuple[Integers, Integers]:
        order = np.argsort(self.choice, kind="stable")
        return order, np.flatnonzero(np.diff(self.choice[order], prepend=-1))

    def cheapest_by_choice(self, costs: Integers) -> list[int]:
        """Give the cheapest edge of each class."""
        order, begins = self._by_choice
        parts = np.split(costs[order], begins[1:])
        return [
            int(order[begin + part.argmin()]) for begin, part in zip(begins, parts, strict=True)
        ]


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
        """Number of edges."""
        return sum(len(layer.source) for layer in self.layers)


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
    days: int,
    largest: int,
    is_late: Callable[[], bool] = lambda: False,
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

    Returns
    -------
    The graph, or None if there is no such roster.

    Raises
    ------
    TooLargeError
        If a day has more than `largest` edges before the graph is made smaller, or it is late.
    """
    states = np.array([[resource.start for resource in resources]], dtype=np.int64)
    built: list[_Day] = []
    classes: list[dict[Option, int]] = []
    for day in range(days):
        numbers, effects = _classes(resources, [o for o in options if o.duty.day == day], day)
        if len(states) * len(effects) > largest or is_late():
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
    parts = []
    stepped: list[dict[Hashable, tuple[Integers, Integers | int]]] = [{} for _ in resources]
    for number, effect in enumerate(effects):
        after = np.empty_like(states)
        permitted = np.ones(len(states), dtype=bool)
        cents = np.zeros(len(states), dtype=np.int64)
        for r, resource in enumerate(resources):
            if effect[r] not in stepped[r]:
                stepped[r][effect[r]] = resource.step(day, effect[r], states[:, r])
            after[:, r], charged = stepped[r][effect[r]]
            permitted &= after[:, r] != FORBIDDEN
            cents += charged
        source = np.flatnonzero(permitted)
        parts.append((source, after[source], cents[source], np.full(len(source), number)))
    source, after, cents, choice = (np.concatenate(part) for part in zip(*parts, strict=True))
    nodes, target = _unique_rows(after)
    return _Day(source, target, choice, cents, len(states)), nodes


def _unique_rows(rows: Integers) -> tuple[Integers, Integers]:
    """Give the different rows, and for each row, which one it is."""
    spans = rows.max(axis=0, initial=0) + 1
    if float(np.prod(spans.astype(float))) > ENCODED:
        found, inverse = np.unique(rows, axis=0, return_inverse=True)
        return found, inverse.ravel()
    strides = np.concatenate([[1], np.cumprod(spans[:-1])]).astype(np.int64)
    _, first, inverse = np.unique(rows @ strides, return_index=True, return_inverse=True)
    return rows[first], inverse.ravel()


def _minimal(
    built: list[_Day], classes: list[dict[Option, int]], last: Integers, alive: NDArray[np.bool_]
) -> Graph:
    """Cut dead ends off and merge nodes with the same future, backward.

    What is due on every way from a node is charged on the edges to it already, so that nodes whose
    futures differ by a constant have the same one (weight pushing, Mohri 1997).
    """
    due, merged = last, np.where(alive, 0, -1)
    layers: list[Layer] = []
    for day in reversed(built):
        target = merged[day.target]
        kept = target >= 0
        source, target = day.source[kept], target[kept]
        choice, cents = day.choice[kept], day.cents[kept] + due[day.target[kept]]
        due = np.full(day.nodes, ENCODED)
        np.minimum.at(due, source, cents)
        cents -= due[source]
        merged = _same_future(day.nodes, source, choice, target, cents)
        rows = np.column_stack([target, merged[source], choice, cents])
        rows, _ = _unique_rows(rows)
        order = np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))
        rows = rows[order]
        layers.append(
            Layer(
                source=rows[:, 1].astype(np.int32),
                choice=rows[:, 2].astype(np.int32),
                cents=rows[:, 3] if rows[:, 3].any() else None,
                first=np.flatnonzero(np.diff(rows[:, 0], prepend=-1)),
            )
        )
    return Graph(tuple(reversed(layers)), tuple(classes), due)


def _same_future(
    nodes: int, source: Integers, choice: Integers, target: Integers, cents: Integers
) -> Integers:
    """Give nodes numbers by what may follow, and -1 where nothing may."""
    width = int(choice.max(initial=0)) + 1
    future = np.full((nodes, 2 * width), -1, dtype=np.int64)
    future[source, 2 * choice] = target
    future[source, 2 * choice + 1] = cents
    alive = (future[:, ::2] >= 0).any(axis=1)
    merged = np.full(nodes, -1)
    merged[alive] = _same_rows(future[alive])
    return merged


def _same_rows(rows: Integers) -> Integers:
    """Give equal rows equal numbers; by a hash, of which it is checked that it tells all apart."""
    draw = np.random.default_rng(0)
    factors = draw.integers(1, 1 << 62, rows.shape[1], dtype=np.int64) | 1
    with np.errstate(over="ignore"):
        hashed = ((rows + 2) * factors).sum(axis=1)
    _, first, name = np.unique(hashed, return_index=True, return_inverse=True)
    if not (rows[first][name.ravel()] == rows).all():
        name = np.unique(rows, axis=0, return_inverse=True)[1]
    return name.ravel()
