"""The linear relaxation with its cuts: a bound within seconds, and where the search should look."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt

from ..models.design import DesignProblem
from .model import CoverModel, Cut

WINDOW = 40
"""Intervals between the two that a cut compares, at most."""
ROUNDS = 10
CUTS_PER_ROUND = 500
LEAST_VIOLATION = 1e-4
"""Share of its right-hand side by which a cut has to be broken to be worth a row."""


@dataclass(frozen=True, slots=True)
class Root:
    """What the relaxation says."""

    bound: float
    """In cents."""
    promising: frozenset[int]
    """Candidates that it uses, even in part."""
    cuts: tuple[Cut, ...]
    """Those that hold it up."""


def root_of(problem: DesignProblem, seconds: float) -> Root | None:
    """Solve the relaxation, cut off what it found, and again, a few times; None without an end."""
    deadline = time.perf_counter() + seconds
    relaxation = CoverModel(problem, relaxed=True)
    solver = mathopt.IncrementalSolver(relaxation.model, mathopt.SolverType.GLOP)
    added: list[tuple[Cut, mathopt.LinearConstraint]] = []
    found: Root | None = None
    for _ in range(ROUNDS):
        left = deadline - time.perf_counter()
        if left <= 0:
            break
        result = solver.solve(params=mathopt.SolveParameters(time_limit=timedelta(seconds=left)))
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            break
        prices = result.dual_values([row for _, row in added])
        held = (cut for (cut, _), price in zip(added, prices, strict=True) if abs(price) > 1e-7)
        uses = result.variable_values(list(relaxation.uses.values()))
        promising = (k for k, use in zip(relaxation.uses, uses, strict=True) if use > 1e-6)
        found = Root(result.objective_value(), frozenset(promising), tuple(held))
        broken = sorted(_broken(relaxation, result), key=lambda pair: -pair[0])
        if not broken:
            break
        added += [(cut, relaxation.add(cut)) for _, cut in broken[:CUTS_PER_ROUND]]
    return found


def _broken(relaxation: CoverModel, result: mathopt.SolveResult) -> Iterator[tuple[float, Cut]]:
    """Find cuts that a solution breaks, each with its share; of all partings, the worst one."""
    value = result.variable_values()
    people = {key: value[x] for key, x in relaxation.people.items()}
    uses = {k: value[y] for k, y in relaxation.uses.items()}
    demand, slots = relaxation.problem.demand, len(relaxation.problem.demand)
    covering = [set(keys) for keys in relaxation.covering]
    for high, keys in enumerate(relaxation.covering):
        ordered = sorted(keys)
        x = np.array([people[key] for key in ordered])
        y = np.array([uses[k] for k, _ in ordered])
        for low in _around(high, slots, relaxation.problem.cyclic):
            rise = demand[high] - demand[low]
            short = rise - value[relaxation.under[high]] - value[relaxation.over[low]]
            if rise <= 0 or short <= LEAST_VIOLATION * rise:
                continue
            only_high = np.array([key not in covering[low] for key in ordered], dtype=bool)
            worth = np.minimum(x, rise * y)
            missing = short - float(worth[only_high].sum())
            if missing > LEAST_VIOLATION * rise:
                yield missing / rise, _parted(ordered, only_high, x < rise * y, high, low, rise)


def _around(slot: int, slots: int, cyclic: bool) -> Iterator[int]:
    for distance in range(1, min(WINDOW, slots - 1) + 1):
        for other in (slot - distance, slot + distance):
            if cyclic or 0 <= other < slots:
                yield other % slots


def _parted(
    keys: list[tuple[int, int]],
    taken: np.typing.NDArray[np.bool_],
    counted: np.typing.NDArray[np.bool_],
    high: int,
    low: int,
    rise: int,
) -> Cut:
    chosen = [(key, count) for key, take, count in zip(keys, taken, counted, strict=True) if take]
    return Cut(
        high,
        low,
        rise,
        tuple(key for key, count in chosen if count),
        tuple(dict.fromkeys(key[0] for key, count in chosen if not count)),
    )
