"""A small linear program solved again and again with other limits, from where it ended before."""

from __future__ import annotations

import math
import threading
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from .cpsat import POLL_SECONDS
from .linear import Linear, scaled
from .outcome import Interrupt
from .program import Floats, Indices

DUAL = "use_preprocessing: false use_scaling: false use_dual_simplex: true"
"""What was optimal stays dual feasible when limits of rows move, so that few steps are left: little
of the time is for these, so nothing is scaled again that is scaled already."""
STEPS, LEAST_STEPS = 3, 1000
"""Simplex steps for each row and column, and besides, after which a small program has lost its way:
from where it ended before, GLOP may go round in circles. It is then built anew."""
ENDS = (pywraplp.Solver.OPTIMAL, pywraplp.Solver.INFEASIBLE)
"""What is no reason to try again."""
PRIMAL = ""
"""GLOP's own choice: what was optimal stays feasible when costs change, and from nothing it is six
times as fast as the dual."""


class Repeated:
    """A linear program whose rows' limits and costs change.

    Parameters
    ----------
    program
        The program; the limits of its rows and its costs are where it begins.
    interrupt
        Asked whether to stop, if a solve may take long.
    parameters
        Of GLOP.

    Notes
    -----
    Measured on what is left of a day of thirty people: 2.5 ms, against 13 ms anew each time.
    """

    def __init__(
        self, program: Linear, interrupt: Interrupt | None = None, parameters: str = DUAL
    ) -> None:
        self.interrupt = interrupt
        """Asked whether to stop, if a solve may take long."""
        self._units, self._factors, self._matrix = scaled(program)
        self._limits = program.low / self._units, program.high / self._units
        if interrupt is None:
            most = STEPS * sum(self._matrix.shape) + LEAST_STEPS
            parameters = f"{parameters} max_number_of_iterations: {most}"
        self._parameters = parameters
        self._is_solved = False
        self._begin()

    def _begin(self) -> None:
        """Build it, as if it had never been solved."""
        matrix = self._matrix
        solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        solver.SetSolverSpecificParametersAsString(self._parameters)
        limits = zip(*self._limits, strict=True)
        self._columns = [solver.NumVar(low, high, "") for low, high in limits]
        self._rows = [solver.Constraint(-math.inf, math.inf) for _ in range(matrix.shape[0])]
        columns, begins, data = matrix.indices, matrix.indptr, matrix.data.tolist()
        for row, constraint in enumerate(self._rows):
            for place in range(begins[row], begins[row + 1]):
                constraint.SetCoefficient(self._columns[columns[place]], data[place])
        solver.Objective().SetMinimization()
        self._solver = solver
        self._low = self._high = np.full(len(self._rows), math.nan)
        self._cost = np.zeros(len(self._columns))

    def go_on_with(self, parameters: str) -> None:
        """Give other parameters to GLOP from now on."""
        self._parameters = parameters
        self._solver.SetSolverSpecificParametersAsString(parameters)

    def limit(self, column: int, low: float, high: float) -> None:
        """Move the limits of a variable."""
        unit = self._units[column]
        self._limits[0][column], self._limits[1][column] = low / unit, high / unit
        self._columns[column].SetBounds(low / unit, high / unit)

    def solve(self, row_low: Floats, row_high: Floats, cost: Floats) -> float:
        """Give the least cost with these limits and costs, infinite if nothing fits."""
        self._set(row_low * self._factors, row_high * self._factors, cost * self._units)
        status = self._solve()
        is_asked = self.interrupt is not None and self.interrupt.is_set()
        if status not in ENDS and not is_asked:
            low, high, wanted = self._low, self._high, self._cost
            self._begin()
            self._set(low, high, wanted)
            status = self._solve()
        self._is_solved = status == pywraplp.Solver.OPTIMAL
        return float(self._solver.Objective().Value()) if self._is_solved else math.inf

    def _set(self, low: Floats, high: Floats, cost: Floats) -> None:
        """Change what is different."""
        for row in np.flatnonzero((low != self._low) | (high != self._high)).tolist():
            self._rows[row].SetBounds(low[row], high[row])
        objective = self._solver.Objective()
        for column in np.flatnonzero(cost != self._cost).tolist():
            objective.SetCoefficient(self._columns[column], cost[column])
        self._low, self._high, self._cost = low, high, cost

    def _solve(self) -> int:
        """Solve; once interrupted, stop."""
        if self.interrupt is None:
            return int(self._solver.Solve())
        outcome: list[int] = []
        thread = threading.Thread(target=lambda: outcome.append(self._solver.Solve()), daemon=True)
        thread.start()
        while thread.is_alive() and not self.interrupt.is_set():
            thread.join(POLL_SECONDS)
        while thread.is_alive():  # asked before it has begun, it does not hear
            self._solver.InterruptSolve()
            thread.join(POLL_SECONDS)
        return outcome[0] if outcome else pywraplp.Solver.NOT_SOLVED

    def prices(self, of: Indices | None = None) -> Floats:
        """Give the dual price of every row; zero for what has no solution.

        Parameters
        ----------
        of
            Rows whose prices are of interest: reading takes as long as solving. Others get zero.
        """
        found = np.zeros(len(self._rows))
        if self._is_solved:
            rows = np.arange(len(self._rows)) if of is None else of
            found[rows] = [self._rows[row].dual_value() for row in rows.tolist()]
        return found * self._factors

    def values(self) -> Floats:
        """Give the value of every variable; only of what has a solution."""
        return np.array([column.solution_value() for column in self._columns]) * self._units
