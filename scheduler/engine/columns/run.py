"""The engine `columns`: a bound and rosters by decomposition, and a schedule of the true model."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ...formulation.model import Formulation
from ...formulation.options import permitted_options
from ...models.instance import Instance
from ...models.result import TracePoint, relative_gap
from ..budget import Budget
from ..cpsat import Run
from ..exact import outcome_of
from ..finishing import finish
from ..neighbourhood import Choices, Neighbourhood, Plan, plan_of, solve_neighbourhood, start_from
from ..outcome import Limits, Outcome, Progress
from ..polish import Polisher, shortage_price
from ..sizes import is_small
from .choosing import options_in_use
from .root import Root

SINGLE = 0.6
"""Share of the time left for one model, if it is small."""
PLAN_SECONDS = 10.0
"""Time to place breaks and services around rosters that are fixed."""
LEAST_SECONDS = 3.0
"""Least time for that: rosters that are found must not be lost to the clock."""


def run_columns(instance: Instance, limits: Limits) -> Outcome:
    """Find a bound and a schedule with whole rosters as columns."""
    budget = Budget(limits)
    formulation = Formulation(instance, permitted_options(instance))
    return solve_by_columns(formulation, limits, budget)


def solve_by_columns(formulation: Formulation, limits: Limits, budget: Budget) -> Outcome:
    """Solve a model that is built already."""
    return _Columns(formulation, limits, budget).run()


def rosters_decide(formulation: Formulation) -> bool:
    """Tell whether rosters decide it: no break is to be placed, and nobody chooses a service."""
    coverage = formulation.coverage
    return not coverage.free_to_serve and not any(profile.groups for profile in coverage.profiles)


class _Columns:
    """One solve.

    Parameters
    ----------
    formulation
        The model of record.
    limits, budget
        When to stop.
    """

    def __init__(self, formulation: Formulation, limits: Limits, budget: Budget) -> None:
        self._formulation = formulation
        self._instance = formulation.instance
        self._options = {
            block.employee.id: tuple(choice.option for choice in block.choices)
            for block in formulation.employees
        }
        self._limits, self._budget = limits, budget
        self._quiet = replace(limits, gap=0.0, on_progress=lambda _: None)
        self._bound: int | None = None
        self._cost: int | None = None
        """Of the cheapest rosters so far, where these decide it."""
        self._rosters_decide = rosters_decide(formulation)
        self._trace: list[TracePoint] = []

    def run(self) -> Outcome:
        """Go through the phases."""
        given = self._given()  # first of all: it is to be kept even if no time is left
        root = Root(self._formulation, self._limits, self._budget, self._note)
        try:
            root.generate()
            suggested = options_in_use(root.search)
            if root.search.infeasible:
                return self._infeasible()
            rosters = root.rosters()
        finally:
            root.stop()
        plan = self._cheaper(None if rosters is None else self._with_rosters(rosters), given)
        small = is_small(self._options)
        if plan is None or (small and not self._good_enough(plan)):
            outcome, found = self._single_model(plan)
            if plan is None or outcome.stop_reason != "time_limit":
                return outcome
            plan = _better(plan, found)
        polisher = self._polisher(suggested)
        best = polisher.improve(plan)
        trace = (*self._trace, *polisher.trace)
        return finish(best, self._bound, self._formulation, self._limits, trace)

    def _good_enough(self, plan: Plan) -> bool:
        if self._bound is None or plan.shortage:
            return False
        gap = relative_gap(Decimal(plan.cost), Decimal(self._bound))
        return gap is not None and gap <= self._limits.gap

    def _infeasible(self) -> Outcome:
        return Outcome(
            status="infeasible",
            stop_reason="proved",
            schedule=None,
            objective=None,
            bound=None,
            trace=tuple(self._trace),
            size=self._formulation.size,
        )

    def _given(self) -> Plan | None:
        """Give the schedule to begin with, as a plan."""
        if self._limits.start is None:
            return None
        seconds = min(PLAN_SECONDS, self._budget.left)
        return self._polisher(self._options).start_at(self._limits.start, seconds)

    def _cheaper(self, plan: Plan | None, given: Plan | None) -> Plan | None:
        """Give the better of two plans."""
        price = shortage_price(self._instance, self._options)
        if plan is None or (given is not None and given.rank(price) < plan.rank(price)):
            return given
        return plan

    def _with_rosters(self, rosters: Choices) -> Plan | None:
        around = Neighbourhood(rosters, kept=rosters)
        price = shortage_price(self._instance, self._options)
        seconds = min(PLAN_SECONDS, max(self._budget.left, LEAST_SECONDS))
        plan, run = solve_neighbourhood(self._instance, around, price, self._quiet, seconds)
        self._budget.spend(run.deterministic_time)
        return plan

    def _polisher(self, suggested: Choices) -> Polisher:
        """Improve among all options, or rather among those of good rosters."""
        return Polisher(
            self._instance, self._options, self._limits, self._budget, self._bound, suggested
        )

    def _single_model(self, plan: Plan | None) -> tuple[Outcome, Plan | None]:
        """Try one model with what is known: it branches where columns leave a gap."""
        formulation = self._formulation
        if self._bound is not None:
            formulation.model.add(formulation.objective >= self._bound)
        if plan is not None and not plan.shortage:
            start_from(formulation, plan.decided, self._quiet)
        seconds = self._budget.left * (1.0 if plan is None else SINGLE)
        known = replace(self._limits, on_progress=self._pass_on)
        run = Run(formulation.model, known, seconds, "one model", self._budget.started)
        self._budget.spend(run.deterministic_time)
        self._note("one model", run.bound)
        outcome = outcome_of(formulation, run, self._limits)
        bound = None if outcome.status == "infeasible" else self._bound
        trace = (*self._trace, *outcome.trace)
        found = plan_of(formulation, run, price=0) if run.found else None
        return replace(outcome, bound=bound, trace=trace), found

    def _pass_on(self, progress: Progress) -> None:
        """Tell of what a solver found, with the better of its bound and ours."""
        point, proved = progress.point, Decimal(self._bound or 0) / 100
        if self._bound is not None and (point.bound is None or point.bound < proved):
            point = replace(point, bound=proved)
        self._limits.on_progress(Progress(progress.phase, point))

    def _note(self, phase: str, bound: int | None, cost: int | None = None, /) -> None:
        """Tell of a better bound, or of cheaper rosters."""
        if bound is not None and (self._bound is None or bound > self._bound):
            self._bound = bound
        if cost is not None and self._rosters_decide:
            self._cost = cost if self._cost is None else min(cost, self._cost)
        known, proved = (None if c is None else Decimal(c) / 100 for c in (self._cost, self._bound))
        point = TracePoint(self._budget.seconds, known, proved)
        self._trace.append(point)
        self._limits.on_progress(Progress(phase, point))


def _better(plan: Plan, other: Plan | None) -> Plan:
    """Give the cheaper of two plans, of which the other lacks nothing."""
    return plan if other is None or (not plan.shortage and plan.cost <= other.cost) else other
