"""The linear relaxation of the model: a bound in seconds, and what it would do with fractions.

The bound does not lean on the solver's arithmetic: it is computed afresh from the dual prices,
which prove it whatever they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from .linear import Linear, solve_linear
from .outcome import Interrupt
from .program import Floats, Program, program_of


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
    program = program_of(model)
    solved = solve_linear(Linear.of(program), interrupt, seconds)
    if solved is None:
        return None
    prices = solved.prices
    every = np.zeros(len(model.proto.constraints))
    every[program.posted] = prices
    bounds = (_proved(program, prices), _proved(program, np.zeros(len(prices))))
    bound = max((b for b in bounds if b is not None), default=None)
    return Relaxed(solved.values, bound, every, solved.is_optimal)


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
