"""One line of search: a bound, a first design, then the whole model until it is proved."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Self

from ortools.math_opt.python import mathopt

from ..models.base import cents
from ..models.design import DesignProblem
from .model import CoverModel, Cut, Plan
from .root import root_of

ROOT_SHARE = 0.2
"""Of the time, for the relaxation."""
FIRST_SHARE = 0.5
"""Of the time, for the search among the promising candidates."""


@dataclass(frozen=True, slots=True)
class News:
    """What a search has found out."""

    used: tuple[int, ...] | None = None
    """Candidates in use in a better design; the people are still to be counted."""
    cost: float | None = None
    """Its cost in cents, if the people can be counted in whole numbers."""
    bound: float | None = None
    """No design costs less, in cents."""
    infeasible: bool = False

    def to_json(self) -> str:
        """Give the news on one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Take the news from a line."""
        found = json.loads(line)
        used = found.pop("used")
        return cls(used=None if used is None else tuple(used), **found)


Tell = Callable[[News], None]


class Search:
    """One line of search, in SCIP, with news as they come.

    Parameters
    ----------
    problem
        What to design.
    seconds
        Time there is.
    seed
        Seed of the solver.
    tell
        Takes the news.

    Notes
    -----
    The people are not forced to be whole until the end, which is ten times faster; whoever gets the
    news counts them (`counts_of`) and may find that they fit no whole numbers. A last search with
    whole people then closes what is open.
    """

    def __init__(self, problem: DesignProblem, seconds: float, seed: int, tell: Tell) -> None:
        self._problem = problem
        self._deadline = time.perf_counter() + seconds
        self._seed = seed
        self._tell = tell
        self._best: float | None = None
        self._plan: Plan | None = None

    @property
    def _left(self) -> float:
        return self._deadline - time.perf_counter()

    def carefully(self) -> None:
        """Look at the relaxation, then among what it finds promising, then everywhere."""
        root = root_of(self._problem, ROOT_SHARE * self._left)
        cuts: tuple[Cut, ...] = ()
        if root is not None:
            self._tell(News(bound=root.bound))
            cuts = root.cuts
            aligned = CoverModel(self._problem, relaxed=True).aligned()
            few = CoverModel(self._problem, root.promising | set(aligned))
            self._run(few, cuts, FIRST_SHARE * self._left, everything=False)
        self._finish(cuts)

    def boldly(self) -> None:
        """Look everywhere at once."""
        self._finish(())

    def _finish(self, cuts: Collection[Cut]) -> None:
        self._run(CoverModel(self._problem), cuts, self._left, everything=True)
        self._best, self._plan = None, None  # that of whole people may cost more
        self._run(CoverModel(self._problem, whole_people=True), cuts, self._left, everything=True)

    def _run(
        self, cover: CoverModel, cuts: Collection[Cut], seconds: float, *, everything: bool
    ) -> None:
        """Search in a model; its bound holds for the problem if `everything` is in it."""
        if seconds <= 0:
            return
        for cut in cuts:
            cover.add(cut)
        hints = [] if self._plan is None else [cover.hint(self._plan)]
        result = mathopt.solve(
            cover.model,
            mathopt.SolverType.GSCIP,
            params=mathopt.SolveParameters(
                time_limit=timedelta(seconds=seconds), random_seed=self._seed
            ),
            model_params=mathopt.ModelSolveParameters(
                branching_priorities=dict.fromkeys(cover.uses.values(), 1), solution_hints=hints
            ),
            callback_reg=mathopt.CallbackRegistration(
                events={mathopt.Event.MIP_SOLUTION, mathopt.Event.MIP_NODE}
            ),
            cb=lambda data: self._note(data, cover, everything),
        )
        if result.has_primal_feasible_solution():
            self._note_design(cover, result.variable_values(), result.objective_value())
        if everything:
            self._note_end(result.termination)

    def _note(
        self, data: mathopt.CallbackData, cover: CoverModel, everything: bool
    ) -> mathopt.CallbackResult:
        if data.event == mathopt.Event.MIP_SOLUTION and data.solution is not None:
            value = cover.model.objective.as_linear_expression().evaluate(data.solution)
            self._note_design(cover, data.solution, value)
        if everything and data.mip_stats.dual_bound is not None:
            self._note_bound(data.mip_stats.dual_bound)
        return mathopt.CallbackResult()

    def _note_design(
        self, cover: CoverModel, values: dict[mathopt.Variable, float], value: float
    ) -> None:
        if self._best is None or value < self._best - 1e-6 * abs(self._best):
            self._best, self._plan = value, cover.plan(values)
            used = tuple(k for k, y in cover.uses.items() if values[y] > 0.5)
            self._tell(News(used=used, cost=value))

    def _note_bound(self, bound: float) -> None:
        if abs(bound) < 1e15:  # SCIP's infinity is 1e20
            self._tell(News(bound=bound))

    def _note_end(self, end: mathopt.Termination) -> None:
        """Tell what the end of a search in the whole model proves."""
        reason = mathopt.TerminationReason
        if end.reason in (reason.INFEASIBLE, reason.INFEASIBLE_OR_UNBOUNDED):
            self._tell(News(infeasible=True))  # costs are never negative, so never unbounded
        else:
            self._note_bound(end.objective_bounds.dual_bound)


def step_of(problem: DesignProblem) -> int:
    """Cents of which every cost is a multiple."""
    weights = (problem.weight_shift, problem.weight_under or 0, problem.weight_over)
    return math.gcd(*map(cents, weights)) or 1
