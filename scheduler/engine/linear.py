"""Programs in arrays: linear ones by GLOP in units of their own, in whole numbers by SCIP."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from ortools.linear_solver.python import model_builder

from .cpsat import POLL_SECONDS
from .outcome import Interrupt
from .program import Floats, Indices, Program


@dataclass(frozen=True)
class Linear:
    """minimise cost · x, row_low ≤ A x ≤ row_high, low ≤ x ≤ high."""

    matrix: scipy.sparse.csr_array
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats
    cost: Floats

    @classmethod
    def of(cls, program: Program) -> Linear:
        """Give a program as it is."""
        limits = program.row_low, program.row_high, program.low, program.high
        return cls(program.by_row, *limits, program.cost)


@dataclass(frozen=True)
class Solved:
    """Solution of a linear program."""

    value: float
    """Its cost."""
    values: Floats
    prices: Floats
    """Dual price of every row."""
    is_optimal: bool
    """Whether it was solved to the end."""


def scaled(program: Linear) -> tuple[Floats, Floats, scipy.sparse.csr_array]:
    """Give units of variables, factors of rows, and the matrix in these units.

    Notes
    -----
    Variables are measured by their upper bounds, and rows by their largest coefficient then, so
    that every variable and every coefficient is about 1. A day's allowance is counted in millions,
    people in ones: without such units GLOP took ten times as long on promises over a day.
    """
    units = np.where(np.isfinite(program.high) & (program.high > 1), program.high, 1.0)
    matrix = program.matrix @ scipy.sparse.diags_array(units)
    largest = np.zeros(matrix.shape[0])
    if all(matrix.shape):
        largest = abs(matrix).max(axis=1).toarray().ravel()
    factors = 1 / np.where(largest > 0, largest, 1.0)
    return units, factors, scipy.sparse.csr_array(scipy.sparse.diags_array(factors) @ matrix)


def solve_linear(
    program: Linear, interrupt: Interrupt, seconds: float | None = None
) -> Solved | None:
    """Solve a linear program; None if GLOP fails, finds it infeasible or has to stop early."""
    rows, columns = program.matrix.shape
    if not columns:
        return Solved(0.0, np.zeros(0), np.zeros(rows), is_optimal=True)
    units, factors, matrix = scaled(program)
    built = _built(
        Linear(
            matrix,
            program.row_low * factors,
            program.row_high * factors,
            program.low / units,
            program.high / units,
            program.cost * units,
        )
    )
    solver = model_builder.Solver("glop")
    if seconds is not None:
        solver.set_time_limit_in_seconds(max(seconds, 0.01))
    status = _solve(solver, built, interrupt)
    if status not in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
        return None
    prices = np.asarray(solver.dual_values(built.get_linear_constraints()), dtype=float)
    return Solved(
        value=float(solver.objective_value),
        values=np.asarray(solver.values(built.get_variables()), dtype=float) * units,
        prices=np.nan_to_num(prices) * factors,
        is_optimal=status == model_builder.SolveStatus.OPTIMAL,
    )


def solve_whole(
    program: Linear, interrupt: Interrupt, seconds: float, gap: float
) -> Indices | None:
    """Solve a program in whole numbers, from nothing; None if nothing is found in time.

    Parameters
    ----------
    gap
        Relative gap that will do.

    Notes
    -----
    Measured on who serves what (docs/tried.md): nearly a linear program, for which SCIP takes
    half as long as CP-SAT on one core, and HiGHS mostly finds nothing.
    """
    if not len(program.cost):
        return np.zeros(0, dtype=np.int64)
    built = _built(program)
    for variable in built.get_variables():
        variable.is_integral = True
    solver = model_builder.Solver("scip")
    solver.set_time_limit_in_seconds(max(seconds, 0.01))
    # The caller decides what a signal means: SCIP would keep Ctrl-C to itself.
    solver.set_solver_specific_parameters(f"limits/gap = {gap}\nmisc/catchctrlc = FALSE")
    status = _solve(solver, built, interrupt)
    if status not in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
        return None
    values: Floats = np.asarray(solver.values(built.get_variables()), dtype=float)
    return np.asarray(np.rint(values), dtype=np.int64)


def _built(program: Linear) -> model_builder.Model:
    built = model_builder.Model()  # type: ignore[no-untyped-call]
    fill: Any = built.helper.fill_model_from_sparse_data  # its stub misses numpy's shapes
    fill(
        program.low,
        program.high,
        program.cost,
        program.row_low,
        program.row_high,
        scipy.sparse.csr_matrix(program.matrix),
    )
    return built


def _solve(
    solver: model_builder.Solver, built: model_builder.Model, interrupt: Interrupt
) -> model_builder.SolveStatus | None:
    """Solve in a thread; once interrupted, stop: it must not outlive the process."""
    outcome: list[model_builder.SolveStatus] = []
    thread = threading.Thread(target=lambda: outcome.append(solver.solve(built)), daemon=True)
    thread.start()
    while thread.is_alive() and not interrupt.is_set():
        thread.join(POLL_SECONDS)
    while thread.is_alive():  # asked before it has begun, it does not hear
        solver.stop_search()  # type: ignore[no-untyped-call]
        thread.join(POLL_SECONDS)
    return outcome[0] if outcome else None
