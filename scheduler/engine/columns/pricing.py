"""Pricing: the cheapest rosters of a group's employees, at given prices of the team's rows.

The employee block alone, solved by CP-SAT. Only costs change from call to call. What it proves is
valid whenever it has to stop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from ortools.sat.python import cp_model

from ...formulation.expressions import weighted_total
from ...models.resource import Resource
from ..outcome import Limits
from .staff import Column, Group, block_alone
from .team_program import Integers

SEVERAL = 5
"""Columns that a call gives at most."""
LARGEST = 1 << 60
ULP = 2.0**-50
"""Relative error of a whole number that CP-SAT reports as a float, from above."""


@dataclass(frozen=True)
class Priced:
    """Answer of a pricing problem."""

    bound: int | None
    """No roster costs less at these prices; None if there is no roster at all."""
    columns: tuple[Column, ...]
    """The best ones found, the cheapest first."""
    work: float
    """Deterministic time."""


class Pricing(Protocol):
    """A way to price: something that finds cheap rosters."""

    runs_apart: ClassVar[bool]
    """Whether it is worth a thread of its own."""
    is_exact: ClassVar[bool]
    """Whether there is no cheaper roster than the best one that it finds, given time."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Automata of all rules; none where it knows of none."""
        ...

    def price(
        self, costs: Integers, scale: int, seconds: float, *, roughly: bool = False
    ) -> Priced:
        """Find cheap rosters.

        Parameters
        ----------
        costs, scale
            Costs of the block's variables, in which a cent is `scale`.
        seconds
            Time for it.
        roughly
            Whether a weak bound, and rosters that are not quite the cheapest, will do: nothing
            that takes its time need be made for better ones.
        """
        ...


class BlockPricing:
    """Pricing by CP-SAT, whatever the rules are."""

    runs_apart: ClassVar[bool] = True
    is_exact: ClassVar[bool] = True
    resources: ClassVar[tuple[Resource, ...]] = ()

    def __init__(self, group: Group, limits: Limits) -> None:
        self._group = group
        self._limits = limits
        self._model, alone = block_alone(group.blocks[0])
        self._variables = [self._model.get_int_var_from_proto_index(i) for i in alone.variables]
        domains = [self._model.proto.variables[i].domain for i in alone.variables]
        self._low = np.array([d[0] for d in domains], dtype=np.int64)
        self._high = np.array([d[len(d) - 1] for d in domains], dtype=np.int64)
        self._last: Integers | None = None

    def price(
        self,
        costs: Integers,
        scale: int,  # noqa: ARG002
        seconds: float,
        *,
        roughly: bool = False,  # noqa: ARG002
    ) -> Priced:
        """Find cheap rosters; see `Pricing`.

        Raises
        ------
        OverflowError
            If the costs are too large for the solver.
        """
        reach = np.maximum(np.abs(self._low), np.abs(self._high)).astype(float)
        if float(np.abs(costs).astype(float) @ reach) > LARGEST:
            raise OverflowError("the costs of a roster are too large")
        self._model.clear_objective()  # type: ignore[no-untyped-call]
        self._model.minimize(weighted_total([*self._variables], costs.tolist()))
        self._hint()
        solver = self._solver(seconds)
        found = _Solutions(self._variables)
        status = solver.solve(self._model, found)
        work = float(solver.response_proto.deterministic_time)
        if status == cp_model.INFEASIBLE:
            return Priced(None, (), work)
        columns = []
        for values in reversed(found.values[-SEVERAL:]):
            columns.append(self._group.column(values, int(self._group.cost @ values)))
        if found.values:
            self._last = found.values[-1]
        return Priced(self._bound(solver, status, costs), tuple(columns), work)

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = 1
        parameters.linearization_level = 2
        parameters.random_seed = self._limits.seed
        parameters.catch_sigint_signal = False
        if self._limits.deterministic:
            parameters.max_deterministic_time = max(seconds, 0.01)
        else:
            parameters.max_time_in_seconds = max(seconds, 0.01)
        return solver

    def _hint(self) -> None:
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        if self._last is not None:
            for variable, value in zip(self._variables, self._last.tolist(), strict=True):
                self._model.add_hint(variable, value)

    def _bound(
        self, solver: cp_model.CpSolver, status: cp_model.CpSolverStatus, costs: Integers
    ) -> int:
        """Give what CP-SAT proved, but not less than what every variable may do by itself."""
        apart = int(np.minimum(costs * self._low, costs * self._high).sum())
        proved = solver.best_objective_bound
        # A solver that is stopped before its search reports 0, which nothing has proved.
        unproved = status == cp_model.UNKNOWN and proved == 0
        if unproved or not math.isfinite(proved):
            return apart
        return max(apart, math.ceil(proved - 0.5 - ULP * abs(proved)))


class _Solutions(cp_model.CpSolverSolutionCallback):
    def __init__(self, variables: list[cp_model.IntVar]) -> None:
        super().__init__()
        self._variables = variables
        self.values: list[Integers] = []

    def on_solution_callback(self) -> None:
        """Note the values of a solution."""
        self.values.append(np.array([self.value(v) for v in self._variables], dtype=np.int64))
