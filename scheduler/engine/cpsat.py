"""Running CP-SAT: in a thread, so that a signal or a caller can stop it and keep its best."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model, cp_model_helper

from ..formulation.expressions import Expr
from ..formulation.extraction import Value
from ..models.result import Status, StopReason, TracePoint
from .outcome import Limits, Progress

POLL_SECONDS = 0.05

FEW_WORKERS = ("max_lp", "reduced_costs", "quick_restart", "pseudo_costs", "lb_tree_search", "core")
"""Strategies with fewer than eight workers. CP-SAT's own choice leaves out the one with the full
linear relaxation, without which our models stay open for minutes; see docs/tried.md."""


class Run:
    """One call of the solver, with its trace.

    Parameters
    ----------
    model
        What to solve.
    limits
        When to stop.
    seconds
        Time left, which may be less than the limits say.
    phase
        Name of the phase, for progress events.
    started
        Time at which the whole solve began, from where the trace counts; now, if left out.
    presolve
        Simplify the model first: worth it for a long run only.
    follow_hint
        Fix every variable that has a hint.
    relaxed
        Whether to look at linear relaxations; without them, and with one worker, clauses alone are
        searched, and what they imply is not probed beforehand.
    strategies
        Searches to use with fewer than eight workers.
    patience
        Seconds without anything better after which to stop; of no account in deterministic mode.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        limits: Limits,
        seconds: float,
        phase: str,
        started: float | None = None,
        *,
        presolve: bool = True,
        follow_hint: bool = False,
        relaxed: bool = True,
        strategies: Sequence[str] = FEW_WORKERS,
        patience: float = math.inf,
    ) -> None:
        self.trace: list[TracePoint] = []
        self._limits = limits
        self._started = time.perf_counter() if started is None else started
        self._phase = phase
        self._best: Decimal | None = None
        self._patience = math.inf if limits.deterministic else patience
        self._progressed = time.perf_counter()
        self.solver = cp_model.CpSolver()
        parameters = self.solver.parameters
        parameters.random_seed = limits.seed
        parameters.num_workers = limits.workers
        parameters.cp_model_presolve = presolve
        parameters.fix_variables_to_their_hinted_value = follow_hint
        if not relaxed:
            parameters.linearization_level = parameters.cp_model_probing_level = 0
        elif limits.workers == 1:
            parameters.linearization_level = 2
        elif limits.workers < 8:
            parameters.subsolvers.extend(strategies)
        parameters.relative_gap_limit = limits.gap
        parameters.catch_sigint_signal = False  # the caller decides what a signal means
        if limits.deterministic:
            parameters.interleave_search = limits.workers > 1
            parameters.max_deterministic_time = max(seconds, 0.01)
        else:
            parameters.max_time_in_seconds = max(seconds, 0.01)
        self._status = self._solve(model)

    def _solve(self, model: cp_model.CpModel) -> cp_model.CpSolverStatus:
        self.solver.best_bound_callback = self._note_bound
        outcome: list[cp_model.CpSolverStatus] = []
        failure: list[BaseException] = []

        def work() -> None:
            try:
                outcome.append(self.solver.solve(model, _OnSolution(self._note_solution)))
            except BaseException as error:
                failure.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        while thread.is_alive():
            if self._limits.interrupt.is_set() or self._is_stuck:
                self.solver.stop_search()
            thread.join(POLL_SECONDS)
        if failure:
            raise failure[0]
        return outcome[0]

    @property
    def _is_stuck(self) -> bool:
        return time.perf_counter() - self._progressed > self._patience

    def _note_solution(self, objective: float, bound: float) -> None:
        self._progressed = time.perf_counter()
        self._best = Decimal(round(objective)) / 100
        self._note_bound(bound)

    def _note_bound(self, bound: float) -> None:
        proved = Decimal(_cents_up(bound)) / 100 if math.isfinite(bound) else None
        point = TracePoint(time.perf_counter() - self._started, self._best, proved)
        self.trace.append(point)
        self._limits.on_progress(Progress(self._phase, point))

    @property
    def found(self) -> bool:
        """Tell whether there is a solution."""
        return self._status in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    @property
    def objective(self) -> int | None:
        """Cost of the best solution."""
        return round(self.solver.objective_value) if self.found else None

    @property
    def bound(self) -> int | None:
        """Proved lower bound."""
        if self._status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
            return None
        bound = self.solver.best_objective_bound
        return _cents_up(bound) if math.isfinite(bound) and abs(bound) < 1e17 else None

    @property
    def seconds(self) -> float:
        """Time that it took: work done in deterministic mode, else wall time."""
        limits = self._limits
        return self.deterministic_time if limits.deterministic else self.solver.wall_time

    @property
    def deterministic_time(self) -> float:
        """Work done, in the solver's deterministic unit."""
        return float(self.solver.response_proto.deterministic_time)

    @property
    def verdict(self) -> tuple[Status, StopReason]:
        """Status and reason for stopping."""
        if self._status == cp_model.INFEASIBLE:
            return "infeasible", "proved"
        if self._status == cp_model.MODEL_INVALID:
            raise OverflowError("the solver refused the model: numbers are too large for it")
        if self.found and self.objective == self.bound:
            return "optimal", "proved"
        status: Status = "feasible" if self.found else "unknown"
        if self._limits.interrupt.is_set():
            return status, "interrupted"
        return status, "gap" if self._status == cp_model.OPTIMAL else "time_limit"

    @property
    def values(self) -> NDArray[np.int64]:
        """Value of every variable in the best solution."""
        return np.array(self.solver.response_proto.solution, dtype=np.int64)


def valuation(values: NDArray[np.int64]) -> Value:
    """Give what tells the value of any expression, from those of all variables of its model."""
    response = cp_model_helper.CpSolverResponse()
    response.solution.extend(values.tolist())

    def value(expression: Expr) -> int:
        return int(cp_model_helper.ResponseHelper.value(response, expression))

    return value


class _OnSolution(cp_model.CpSolverSolutionCallback):
    def __init__(self, note: Callable[[float, float], None]) -> None:
        super().__init__()
        self._note = note

    def on_solution_callback(self) -> None:
        """Pass cost and bound on."""
        self._note(self.objective_value, self.best_objective_bound)


def _cents_up(bound: float) -> int:
    """Costs are whole cents, so a fractional bound may be rounded up."""
    return math.ceil(bound - 1e-6)
