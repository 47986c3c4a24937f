"""design(): choose the shifts, and prove how good they are."""

from __future__ import annotations

import math
import os
import platform
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from importlib.metadata import version

from ..engine.outcome import Interrupt, Progress
from ..models.base import cents
from ..models.design import Design, DesignedShift, DesignProblem
from ..models.finding import CheckReport
from ..models.result import Status, StopReason, TracePoint
from .checking import check_design
from .counting import counts_of
from .racing import Race
from .search import News, step_of

POLL_SECONDS = 0.05
COUNT_SECONDS = 10.0
"""For counting the people of shifts in use, at most."""


def design(
    problem: DesignProblem,
    *,
    time_limit: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    interrupt: Interrupt | None = None,
) -> Design:
    """Choose shifts that cover the demand at the least cost, and prove how good they are.

    Parameters
    ----------
    problem
        Demand, shifts to choose from, and what short, spare and shifts cost.
    time_limit
        Seconds.
    gap
        Stop once the cost is proved within this share of the best possible one.
    seed
        Seed of the search.
    workers
        Processes that search side by side; one for every core, if left out.
    on_progress
        Called with each better design or bound.
    interrupt
        Set it from elsewhere to stop; the best design so far is kept.

    Returns
    -------
    Design
        Status, shifts, cost, bound, and the checker's report. Infeasible is a result too.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """
    if not (time_limit > 0 and gap >= 0) or (workers is not None and workers < 1):
        raise ValueError("expected time_limit > 0, gap >= 0 and workers >= 1")
    draft = Draft(problem, time_limit, on_progress or (lambda _: None))
    reason = _race(draft, gap, seed, workers or os.cpu_count() or 1, interrupt or Interrupt())
    return draft.design(reason, seed)


def _race(draft: Draft, gap: float, seed: int, workers: int, interrupt: Interrupt) -> StopReason:
    """Listen to the searches until it is proved, good enough, too late or nobody's wish."""
    with Race(draft.problem, workers, draft.left, seed) as race:
        while True:
            if draft.proved:
                return "proved"
            if draft.is_within(gap):
                return "gap"
            if interrupt.is_set():
                return "interrupted"
            if draft.left <= 0 or race.over:
                return "time_limit"
            draft.take(race.hear(min(POLL_SECONDS, draft.left)))


class Draft:
    """The best design so far, and the best bound.

    Parameters
    ----------
    problem
        What to design.
    time_limit
        Seconds from now.
    on_progress
        Called with each better design or bound.
    """

    def __init__(
        self, problem: DesignProblem, time_limit: float, on_progress: Callable[[Progress], None]
    ) -> None:
        self.problem = problem
        self._started = time.perf_counter()
        self._time_limit = time_limit
        self._on_progress = on_progress
        self._step = step_of(problem)
        self._shifts: tuple[DesignedShift, ...] | None = None
        self._report: CheckReport | None = None
        self._bound: int | None = None
        self._infeasible = False
        self._trace: list[TracePoint] = []

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return self._time_limit - (time.perf_counter() - self._started)

    @property
    def _cost(self) -> int | None:
        return None if self._report is None else cents(self._report.objective)

    @property
    def proved(self) -> bool:
        """Tell whether nothing is left to find out."""
        cost, bound = self._cost, self._bound
        impossible = self._infeasible and cost is None
        return impossible or (cost is not None and bound is not None and cost <= bound)

    def is_within(self, gap: float) -> bool:
        """Tell whether the cost is proved within a share of the best possible."""
        cost, bound = self._cost, self._bound
        return cost is not None and bound is not None and cost - bound <= gap * cost

    def take(self, heard: Sequence[News]) -> None:
        """Take news: round the best bound up, count the people of the best design."""
        before = self._cost, self._bound
        bounds = [self._rounded(news.bound) for news in heard if news.bound is not None]
        if bounds:
            self._bound = max([*bounds, self._bound or 0])
        designs = [
            (news.cost, news.used)
            for news in heard
            if news.used is not None and news.cost is not None
        ]
        if designs:
            self._try(min(designs)[1])
        self._infeasible = self._infeasible or any(news.infeasible for news in heard)
        if (self._cost, self._bound) != before:
            self._tell()

    def _rounded(self, bound: float) -> int:
        """Every cost is a multiple of one step, so a bound between two may be rounded up."""
        slack = 1e-6 * max(1.0, abs(bound))
        return max(0, math.ceil((bound - slack) / self._step) * self._step)

    def _try(self, used: tuple[int, ...]) -> None:
        shifts = counts_of(self.problem, used, min(COUNT_SECONDS, self.left))
        if shifts is None:
            return
        report = check_design(self.problem, shifts)
        better = self._report is None or report.objective < self._report.objective
        if better and report.ok:
            self._shifts, self._report = shifts, report

    def _tell(self) -> None:
        cost = None if self._report is None else self._report.objective
        bound = None if self._bound is None else Decimal(self._bound) / 100
        self._trace.append(TracePoint(time.perf_counter() - self._started, cost, bound))
        self._on_progress(Progress("design", self._trace[-1]))

    def _status(self) -> Status:
        if self._shifts is None:
            return "infeasible" if self._infeasible else "unknown"
        return "optimal" if self.proved else "feasible"

    def design(self, reason: StopReason, seed: int) -> Design:
        """Give what there is."""
        bound = None if self._bound is None or self._infeasible else Decimal(self._bound) / 100
        return Design(
            problem=self.problem,
            status=self._status(),
            stop_reason=reason,
            shifts=self._shifts,
            objective=None if self._report is None else self._report.objective,
            bound=bound,
            report=self._report,
            seconds=round(time.perf_counter() - self._started, 3),
            seed=seed,
            versions={
                "servicefloor": version("servicefloor"),
                "ortools": version("ortools"),
                "python": platform.python_version(),
            },
            trace=tuple(self._trace),
        )
