"""Design problems, one after the other: the search against the plain model."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from ortools.sat.python import cp_model

from ..designing.drafting import design
from ..io.designs import read_problem
from ..models.base import cents
from ..models.design import DesignProblem
from ..models.result import relative_gap

COLUMNS = (
    "problem",
    "choices",
    "status",
    "cost",
    "bound",
    "gap",
    "shifts",
    "s to best",
    "s",
    "plain: cost",
    "bound",
    "s",
)


def read_any(path: Path) -> DesignProblem:
    """Read a design problem: ours, or a shift design file by its ending."""
    return read_problem(path, "shift-design" if path.suffix == ".dzn" else None)


def designs(
    problems: Iterable[DesignProblem],
    time_limit: float,
    seed: int,
    workers: int | None,
    *,
    plain: bool,
) -> Iterator[tuple[str, ...]]:
    """Design each problem and give a row of text; costs are the checker's.

    With `plain`, the one-variable-per-shift-and-day model gets the same time in CP-SAT.
    """
    for problem in problems:
        found = design(problem, time_limit=time_limit, seed=seed, workers=workers)
        best = [point.seconds for point in found.trace if point.cost == found.objective]
        yield (
            problem.name,
            f"{len(problem.candidates):,}",
            found.status,
            _money(found.objective),
            _money(found.bound),
            "–" if found.gap is None else f"{found.gap:.1%}",
            str(len(found.shifts or ())),
            f"{best[0]:.1f}" if found.shifts is not None and best else "–",
            f"{found.seconds:.1f}",
            *(_plain(problem, time_limit, seed, workers) if plain else ("", "", "")),
        )


def _plain(
    problem: DesignProblem, seconds: float, seed: int, workers: int | None
) -> tuple[str, str, str]:
    """Solve the model as one would first write it down; give cost, bound and time."""
    model, started = cp_model.CpModel(), time.perf_counter()
    most = max(problem.demand)
    on_duty: list[list[cp_model.IntVar]] = [[] for _ in problem.demand]
    terms: list[cp_model.LinearExprT] = []
    for shift in problem.candidates:
        used = model.new_bool_var("")
        terms.append(cents(problem.weight_shift) * used)
        for day in shift.days:
            people = model.new_int_var(0, problem.max_people or most, "")
            model.add(people <= most * used)
            for slot in problem.slots_of(shift, day):
                on_duty[slot].append(people)
    for slot, need in enumerate(problem.demand):
        under = model.new_int_var(0, 0 if problem.weight_under is None else need, "")
        over = model.new_int_var(0, most * max(1, len(on_duty[slot])), "")
        model.add(sum(on_duty[slot]) + under - over == need)
        terms += [cents(problem.weight_under or 0) * under, cents(problem.weight_over) * over]
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = seed
    if workers:
        solver.parameters.num_workers = workers
    status = solver.solve(model)
    took = f"{time.perf_counter() - started:.1f}"
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    cost = Decimal(round(solver.objective_value)) / 100 if found else None
    bound = Decimal(round(solver.best_objective_bound)) / 100
    share = relative_gap(cost, bound)
    return _money(cost), _money(bound) + ("" if share else " (proved)"), took


def _money(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:,.2f}".removesuffix(".00")
