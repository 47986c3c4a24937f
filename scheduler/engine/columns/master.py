"""The master: the team's linear program with one weight for each column, solved by GLOP.

Every row may be missed at a high price, so that there is a solution from the first column on; the
price also keeps dual prices within limits.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from ..budget import Budget
from ..cpsat import POLL_SECONDS
from ..outcome import Limits
from .staff import Column, Group
from .team_program import TeamProgram

Floats = NDArray[np.float64]

NODES = 200
"""Nodes of SCIP's tree in deterministic mode, and the deterministic time of one."""
WORK_OF_A_NODE = 0.01
WORK_OF_A_STEP = 1e-8
"""Deterministic time of one simplex step, for each row and column of the master."""

SMALL = 1e-6
"""Units that do not count as missing."""
FEW_VALUES = mathopt.ModelSolveParameters(
    variable_values_filter=mathopt.VariableFilter(skip_zero_values=True),
    reduced_costs_filter=mathopt.VariableFilter(filtered_items=()),
)
"""What is read of a solution: reading takes as long as solving."""


@dataclass(frozen=True)
class Mastered:
    """Solution of a master."""

    value: float
    """Cents, with what is missed at its price."""
    missed: float
    """Sum of what rows lack."""
    prices: Floats
    """Dual price of every row."""
    worth: Floats
    """Dual price of one more employee, for every group."""
    weights: tuple[dict[int, float], ...]
    """For every group, the columns in use, by number, with their weights."""

    @property
    def lacks(self) -> bool:
        """Whether rows lack anything that counts."""
        return self.missed > SMALL


@dataclass(frozen=True)
class Whole:
    """Columns in whole numbers."""

    used: tuple[dict[int, int], ...] | None
    """For every group, the columns in use, by number, and by how many people; None for nothing."""
    finished: bool
    """Whether there is nothing better among the columns."""


class Master:
    """Columns of every group, and the rows that tie them.

    Parameters
    ----------
    program, groups
        What is tied, and who.
    price
        Cents for a unit that a row lacks.
    limits, budget
        When to stop.
    """

    def __init__(
        self,
        program: TeamProgram,
        groups: Sequence[Group],
        price: float,
        limits: Limits,
        budget: Budget,
    ) -> None:
        self.columns: list[list[Column]] = [[] for _ in groups]
        self.price = price
        self._limits, self._budget = limits, budget
        self._model = mathopt.Model()
        self._rows = [
            self._model.add_linear_constraint(lb=low, ub=high)
            for low, high in zip(program.row_low, program.row_high, strict=True)
        ]
        self._team = [self._model.add_linear_constraint(lb=g.count, ub=g.count) for g in groups]
        self._weights: list[dict[int, mathopt.Variable]] = [{} for _ in groups]
        """By group and number of the column, unless that rests."""
        self._known: list[dict[tuple[int, ...], int]] = [{} for _ in groups]
        self._place: dict[int, tuple[int, int]] = {}
        """Group and number of a column, by its variable."""
        self._missed = self._add_missed(program)
        self._free = self._add_team_variables(program)
        self._has_moved = self._is_lost = False
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def _add_missed(self, program: TeamProgram) -> list[mathopt.Variable]:
        found = []
        for row, low, high in zip(self._rows, program.row_low, program.row_high, strict=True):
            for limit, sign in ((low, 1.0), (high, -1.0)):
                if np.isfinite(limit):
                    variable = self._model.add_variable(lb=0.0)
                    row.set_coefficient(variable, sign)
                    self._model.objective.set_linear_coefficient(variable, self.price)
                    found.append(variable)
        return found

    def _add_team_variables(self, program: TeamProgram) -> list[mathopt.Variable]:
        matrix, found = program.z_rows, []
        for j, (low, high, cost) in enumerate(
            zip(program.z_low, program.z_high, program.z_cost, strict=True)
        ):
            variable = self._model.add_variable(lb=float(low), ub=float(high))
            self._model.objective.set_linear_coefficient(variable, float(cost))
            for k in range(matrix.indptr[j], matrix.indptr[j + 1]):
                self._rows[matrix.indices[k]].set_coefficient(variable, float(matrix.data[k]))
            found.append(variable)
        return found

    def reprice(self, price: float) -> None:
        """Change the price of what rows lack."""
        self.price = price
        for variable in self._missed:
            self._model.objective.set_linear_coefficient(variable, price)

    @property
    def size(self) -> int:
        """Number of columns that do not rest."""
        return sum(map(len, self._weights))

    def rest(self, kept: Sequence[Container[int]]) -> None:
        """Let columns rest until they are added again: fewer are faster.

        Parameters
        ----------
        kept
            Those of each group that do not, by number.
        """
        for weights, mine in zip(self._weights, kept, strict=True):
            for number in [n for n in weights if n not in mine]:
                self._model.delete_variable(weights.pop(number))
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Let GLOP forget where it ended; it begins with presolve."""
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._is_lost = True

    def add(self, group: int, column: Column) -> bool:
        """Add a column; tell whether it is new, or did rest."""
        number = self._known[group].setdefault(column.worked, len(self.columns[group]))
        if number in self._weights[group]:
            return False
        if number == len(self.columns[group]):
            self.columns[group].append(column)
        variable = self._model.add_variable(lb=0.0)
        self._model.objective.set_linear_coefficient(variable, float(column.cost))
        self._team[group].set_coefficient(variable, 1.0)
        for row, use in zip(column.rows, column.use, strict=True):
            self._rows[row].set_coefficient(variable, float(use))
        self._place[variable.id] = group, number
        self._weights[group][number] = variable
        return True

    def at_least(self, group: int, number: int, weight: float) -> None:
        """Fix that a column is used by at least so many employees."""
        self._has_moved = True
        self._weights[group][number].lower_bound = weight

    def at_most(self, group: int, number: int, weight: float) -> None:
        """Let a column be used by so many employees at most, unless it rests."""
        self._has_moved = True
        if number in self._weights[group]:
            self._weights[group][number].upper_bound = weight

    def close(self, group: int, kept: Container[int]) -> None:
        """Let a group use nothing but some of its columns: what is fixed is no work."""
        for number, variable in self._weights[group].items():
            if number not in kept:
                variable.upper_bound = 0.0

    def open(self, group: int) -> None:
        """Let a group use all of its columns."""
        self._has_moved = True
        for variable in self._weights[group].values():
            variable.upper_bound = math.inf

    def solve(self) -> Mastered | None:
        """Solve the linear program; None if the time is over or GLOP fails."""
        for _ in range(2):
            result = self._run()
            if result is not None:
                return self._read(result)
            if self._budget.left <= 0:
                break
            # GLOP may lose its way after bounds have moved: it gets one fresh start, with presolve.
            self._begin_anew()
        return None

    def whole(self, cutoff: float, seconds: float) -> Whole:
        """Use every column by whole people, and every team variable in whole numbers, by SCIP.

        Parameters
        ----------
        cutoff
            Only what costs less is of interest, in cents.
        seconds
            Time for it; in deterministic mode, it stops after a number of nodes instead.
        """
        for variable in (*self._free, *(v for mine in self._weights for v in mine.values())):
            variable.integer = True
        ends = self._limits.deterministic
        params = mathopt.SolveParameters(
            time_limit=None if ends else timedelta(seconds=max(seconds, 0.01)),
            node_limit=NODES if ends else None,
            cutoff_limit=cutoff,
            threads=1,
        )
        try:
            result = mathopt.solve(self._model, mathopt.SolverType.GSCIP, params=params)
        except (AttributeError, RuntimeError, ValueError):
            return Whole(None, finished=True)  # MathOpt has no word for "cut off"
        reason = result.termination.reason
        finished = reason in (
            mathopt.TerminationReason.OPTIMAL,
            mathopt.TerminationReason.INFEASIBLE,
        )
        self._budget.spend(WORK_OF_A_NODE * (1 + result.solve_stats.node_count))
        found = result.has_primal_feasible_solution()
        return Whole(self._used(result.variable_values()) if found else None, finished=finished)

    def _used(self, values: Mapping[mathopt.Variable, float]) -> tuple[dict[int, int], ...]:
        """Give the people who use each column, by group; rows may still lack something."""
        return tuple(
            {i: n for i, variable in mine.items() if (n := round(values[variable]))}
            for mine in self._weights
        )

    def _run(self) -> mathopt.SolveResult | None:
        interrupter = SolveInterrupter()
        params = self._parameters()
        outcome: list[mathopt.SolveResult] = []

        def work() -> None:
            try:
                found = self._solver.solve(
                    params=params, model_params=FEW_VALUES, interrupter=interrupter
                )
                outcome.append(found)
            except (AttributeError, RuntimeError, ValueError):
                return  # MathOpt raises these where GLOP ends abnormally

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        while thread.is_alive():
            if self._limits.interrupt.is_set():
                interrupter.interrupt()
            thread.join(POLL_SECONDS)
        if not outcome:
            return None
        size = self._model.get_num_variables() + len(self._rows) + len(self._team)
        steps = outcome[0].solve_stats.simplex_iterations
        self._budget.spend((1 + steps) * size * WORK_OF_A_STEP)
        solved = outcome[0].termination.reason == mathopt.TerminationReason.OPTIMAL
        return outcome[0] if solved and outcome[0].has_dual_feasible_solution() else None

    def _parameters(self) -> mathopt.SolveParameters:
        """Choose the simplex: new columns keep the last solution valid, moved bounds its prices."""
        dual, primal = mathopt.LPAlgorithm.DUAL_SIMPLEX, mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        algorithm = dual if self._has_moved else primal
        self._has_moved = False
        left = timedelta(seconds=max(self._budget.left, 0.01))
        limit = None if self._limits.deterministic else left
        # Presolve would make another program of it each time, and begin from nothing.
        presolve = None if self._is_lost else mathopt.Emphasis.OFF
        self._is_lost = False
        return mathopt.SolveParameters(time_limit=limit, lp_algorithm=algorithm, presolve=presolve)

    def _read(self, result: mathopt.SolveResult) -> Mastered:
        values = result.variable_values()  # those that are not 0
        duals = result.dual_values()
        weights: tuple[dict[int, float], ...] = tuple({} for _ in self._weights)
        for variable, weight in values.items():
            place = self._place.get(variable.id)
            if place is not None and weight > 1e-9:
                weights[place[0]][place[1]] = weight
        return Mastered(
            value=result.objective_value(),
            missed=sum(values.get(variable, 0.0) for variable in self._missed),
            prices=np.array([duals[row] for row in self._rows]),
            worth=np.array([duals[row] for row in self._team]),
            weights=weights,
        )
