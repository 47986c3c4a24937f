"""Neighbourhoods by branch and bound, from a plan that is known.

What is left to save is in the relaxation of breaks and services: from the same plan, HiGHS saves
two to nine times as much as CP-SAT that may not simplify it first (docs/tried.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

from .cpsat import POLL_SECONDS
from .program import Floats, Mask, Program
from .subproblem import Cut, Values, cut_out

FAILURES = (RuntimeError, AttributeError)
"""How a failure inside the solver arrives, seen with a thousand people; the latter where MathOpt
9.15 cannot say what kind it was. Whoever asked goes on with what is known."""


def branch(
    program: Program,
    values: Values,
    free: Mask,
    seconds: float,
    seed: int,
    *,
    hinted: bool = True,
) -> tuple[Values | None, bool]:
    """Find better values for what is free.

    Parameters
    ----------
    values
        A solution; what is not free stays as it is.
    hinted
        Whether the values are a solution, and worth beginning with.

    Returns
    -------
    Values of a solution of the whole model, or None where nothing was found in time, and whether
    the best there are were found.
    """
    cut = cut_out(program, values, free)
    found = _solve(cut, program, values if hinted else None, seconds, seed)
    if found is None:
        return None, False
    numbers, is_optimal = found
    better = cut.put_into(values, np.rint(numbers).astype(np.int64))
    # A number that was not quite whole may be rounded the wrong way.
    return (better, is_optimal) if program.holds(better) else (None, False)


def least(program: Program, seconds: float, seed: int) -> float | None:
    """Give what a program costs at least in whole numbers, as far as that is proved in time.

    Returns
    -------
    The bound, without the program's offset; None where there is none.
    """
    cut = cut_out(program, np.zeros(len(program.low), dtype=np.int64), program.low <= program.high)
    model, _ = _posted(cut, program.cost)
    found = _solved(model, seconds, seed)
    if found is None:
        return None
    fixed = float(program.cost[cut.fixed[0]] @ cut.fixed[1])
    bound = found.termination.objective_bounds.dual_bound + fixed
    return bound if np.isfinite(bound) else None


def _solve(
    cut: Cut, program: Program, values: Values | None, seconds: float, seed: int
) -> tuple[NDArray[np.float64], bool] | None:
    """Solve a cut, from the values it has if they are given; None without a solution."""
    if not len(cut.free):
        return np.zeros(0), True
    model, variables = _posted(cut, program.cost)
    hints = []
    if values is not None:
        known = dict(zip(variables, values[cut.free].tolist(), strict=True))
        hints.append(mathopt.SolutionHint(variable_values=known))
    found = _solved(model, seconds, seed, hints)
    if found is None or not found.has_primal_feasible_solution():
        return None
    is_optimal = found.termination.reason == mathopt.TerminationReason.OPTIMAL
    return np.array(found.variable_values(variables)), is_optimal


def _posted(cut: Cut, cost: Floats) -> tuple[mathopt.Model, list[mathopt.Variable]]:
    """Post a cut, and what it costs."""
    model = mathopt.Model()
    variables = [
        model.add_integer_variable(lb=low, ub=high)
        for low, high in zip(cut.low.tolist(), cut.high.tolist(), strict=True)
    ]
    columns, data = cut.matrix.indices.tolist(), cut.matrix.data.tolist()
    begins = cut.matrix.indptr.tolist()
    limits = zip(cut.row_low.tolist(), cut.row_high.tolist(), strict=True)
    for row, (low, high) in enumerate(limits):
        constraint = model.add_linear_constraint(lb=low, ub=high)
        for place in range(begins[row], begins[row + 1]):
            constraint.set_coefficient(variables[columns[place]], data[place])
    for variable, each in zip(variables, cost[cut.free].tolist(), strict=True):
        model.objective.set_linear_coefficient(variable, each)
    return model, variables


def _solved(
    model: mathopt.Model,
    seconds: float,
    seed: int,
    hints: Sequence[mathopt.SolutionHint] = (),
) -> mathopt.SolveResult | None:
    """Let HiGHS solve a model; None where it fails."""
    params = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(seconds, 0.01)),
        highs=highs_pb2.HighsOptionsProto(
            int_options={"threads": 1, "random_seed": seed},
            string_options={"parallel": "off"},
        ),
    )
    start = mathopt.ModelSolveParameters(solution_hints=list(hints))
    try:
        return _in_thread(
            lambda: mathopt.solve(
                model, mathopt.SolverType.HIGHS, params=params, model_params=start
            )
        )
    except FAILURES:
        return None


def _in_thread(solve: Callable[[], mathopt.SolveResult]) -> mathopt.SolveResult:
    """Solve while signals still reach this thread; the solver cannot be stopped before its time."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = pool.submit(solve)
        while not wait([waiting], timeout=POLL_SECONDS).done:
            pass
        return waiting.result()
