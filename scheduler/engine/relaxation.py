"""The linear relaxation of the model: a bound in seconds, and what it would do with fractions.

Every constraint of our model that is linear, a clique or a clause has its linear counterpart; one
of another kind is left out, which keeps the bound valid. The bound does not lean on the solver's
arithmetic: it is computed afresh from the dual prices, which prove it whatever they are.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from .cpsat import POLL_SECONDS
from .outcome import Interrupt

Floats = NDArray[np.float64]

UNBOUNDED = 9e17
"""CP-SAT writes "no limit" as the largest integer."""


@dataclass(frozen=True)
class Program:
    """minimise cost · x + offset, row_low ≤ A x ≤ row_high, low ≤ x ≤ high; A by its entries."""

    low: Floats
    high: Floats
    cost: Floats
    offset: float
    row_low: Floats
    row_high: Floats
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    entries: Floats
    posted: NDArray[np.int64]
    """Position in the CP-SAT model of the constraint that each row stands for."""


@dataclass(frozen=True)
class Relaxed:
    """Solution of a relaxation."""

    values: Floats
    """One number for every variable of the CP-SAT model."""
    bound: int | None
    """Proved lower bound in cents."""
    prices: Floats
    """Dual price of every constraint of the CP-SAT model; 0 for those that are left out."""
    is_optimal: bool
    """Whether it was solved to the end: prices on the way there can be wild."""


def relax(
    model: cp_model.CpModel, interrupt: Interrupt, seconds: float | None = None
) -> Relaxed | None:
    """Solve the linear relaxation; None if GLOP fails, finds it infeasible or has to stop early.

    What it has when time runs out is given, if it is a solution: its prices prove a bound, too.
    """
    program = _program(model)
    scales = _Scales.of(program)
    solver = model_builder.Solver("glop")
    if seconds is not None:
        solver.set_time_limit_in_seconds(max(seconds, 0.01))
    built = model_builder.Model()  # type: ignore[no-untyped-call]
    fill: Any = built.helper.fill_model_from_sparse_data  # its stub misses numpy's shapes
    fill(
        program.low / scales.variables,
        program.high / scales.variables,
        program.cost * scales.variables,
        program.row_low * scales.rows,
        program.row_high * scales.rows,
        scales.matrix,
    )
    status = _solve(solver, built, interrupt)
    if status not in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
        return None
    values = np.asarray(solver.values(built.get_variables()), dtype=float) * scales.variables
    prices = np.asarray(solver.dual_values(built.get_linear_constraints()), dtype=float)
    prices = np.nan_to_num(prices) * scales.rows
    every = np.zeros(len(model.proto.constraints))
    every[program.posted] = prices
    bounds = (_proved(program, prices), _proved(program, np.zeros(len(prices))))
    bound = max((b for b in bounds if b is not None), default=None)
    return Relaxed(values, bound, every, status == model_builder.SolveStatus.OPTIMAL)


@dataclass(frozen=True)
class _Scales:
    """Units in which every variable and every coefficient is about 1.

    A day's allowance is counted in millions, people in ones: without them GLOP took ten times as
    long on promises over a day.
    """

    variables: Floats
    rows: Floats
    matrix: scipy.sparse.csr_matrix
    """A in these units."""

    @classmethod
    def of(cls, program: Program) -> _Scales:
        """Measure variables by their upper bounds, and rows by their largest coefficient then."""
        finite = np.isfinite(program.high) & (program.high > 1)
        variables = np.where(finite, program.high, 1.0)
        largest = np.zeros(len(program.row_low))
        entries = program.entries * variables[program.columns]
        np.maximum.at(largest, program.rows, np.abs(entries))
        rows = 1 / np.where(largest > 0, largest, 1.0)
        shape = (len(rows), len(variables))
        scaled = entries * rows[program.rows]
        matrix = scipy.sparse.csr_matrix((scaled, (program.rows, program.columns)), shape=shape)
        return cls(variables, rows, matrix)


def _solve(
    solver: model_builder.Solver, built: model_builder.Model, interrupt: Interrupt
) -> model_builder.SolveStatus | None:
    """Solve in a thread; once interrupted, wait no longer."""
    outcome: list[model_builder.SolveStatus] = []
    thread = threading.Thread(target=lambda: outcome.append(solver.solve(built)), daemon=True)
    thread.start()
    while thread.is_alive() and not interrupt.is_set():
        thread.join(POLL_SECONDS)
    if thread.is_alive():
        solver.stop_search()  # type: ignore[no-untyped-call]
    return outcome[0] if outcome else None


def _proved(program: Program, prices: Floats) -> int | None:
    """Weak duality: prices · limits + the best that reduced costs leave, a bound for any prices.

    Notes
    -----
    min c·x ≥ Σ_i (y_i⁺ low_i − y_i⁻ high_i) + Σ_j min(d_j l_j, d_j u_j), d = c − Aᵀ y.
    """
    usable = np.where(prices > 0, np.isfinite(program.row_low), np.isfinite(program.row_high))
    prices = np.where(usable, prices, 0.0)
    limits = np.where(prices > 0, program.row_low, program.row_high)
    earned = np.where(prices != 0, prices * np.where(prices != 0, limits, 0.0), 0.0)
    used = np.bincount(
        program.columns,
        weights=program.entries * prices[program.rows],
        minlength=len(program.cost),
    )
    reduced = program.cost - used
    left = np.minimum(reduced * program.low, reduced * program.high)
    error = 1e-9 * (np.abs(earned).sum() + np.abs(left).sum()) + 1e-6
    bound = earned.sum() + left.sum() + program.offset - error
    return math.ceil(bound) if math.isfinite(bound) else None


def _program(model: cp_model.CpModel) -> Program:
    """Read the linear part of a CP-SAT model."""
    proto = model.proto
    low = [float(v.domain[0]) for v in proto.variables]
    high = [float(v.domain[len(v.domain) - 1]) for v in proto.variables]
    cost = np.zeros(len(low))
    for variable, coefficient in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
        cost[variable] += coefficient
    row_low: list[float] = []
    row_high: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    entries: list[float] = []
    posted: list[int] = []
    for position, constraint in enumerate(proto.constraints):
        row = linear_row(constraint)
        if row is None:
            continue
        terms, least, most = row
        for variable, coefficient in terms:
            rows.append(len(row_low))
            columns.append(variable)
            entries.append(float(coefficient))
        row_low.append(least)
        row_high.append(most)
        posted.append(position)
    return Program(
        low=np.array(low),
        high=np.array(high),
        cost=cost,
        offset=float(proto.objective.offset),
        row_low=np.array(row_low),
        row_high=np.array(row_high),
        rows=np.array(rows, dtype=np.int64),
        columns=np.array(columns, dtype=np.int64),
        entries=np.array(entries),
        posted=np.array(posted, dtype=np.int64),
    )


Row = tuple[list[tuple[int, int]], float, float]


def linear_row(constraint: Any) -> Row | None:
    """Give the linear counterpart of a constraint, or None if it has none."""
    if len(constraint.enforcement_literal):
        return None
    if constraint.has_linear():
        linear = constraint.linear
        least, most = linear.domain[0], linear.domain[len(linear.domain) - 1]
        return (
            list(zip(linear.vars, linear.coeffs, strict=True)),
            -math.inf if least < -UNBOUNDED else float(least),
            math.inf if most > UNBOUNDED else float(most),
        )
    for kind, least, most in (
        ("at_most_one", -math.inf, 1.0),
        ("exactly_one", 1.0, 1.0),
        ("bool_or", 1.0, math.inf),
    ):
        if getattr(constraint, f"has_{kind}")():
            literals = list(getattr(constraint, kind).literals)
            negated = sum(literal < 0 for literal in literals)  # ¬x stands for 1 − x
            terms = [(x, 1) if x >= 0 else (-x - 1, -1) for x in literals]
            return terms, least - negated, most - negated
    return None
