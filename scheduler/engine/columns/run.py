"""The engine `columns`: a bound and rosters by decomposition, and a schedule of the true model."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np

from ...formulation.model import Formulation
from ...formulation.options import permitted_options
from ...models.instance import Instance
from ...models.result import TracePoint, relative_gap
from ..budget import Allowance, Budget
from ..cpsat import Run
from ..exact import outcome_of
from ..finishing import finish
from ..neighbourhood import Choices, Neighbourhood, Plan, plan_of, solve_neighbourhood, start_from
from ..outcome import Limits, Outcome, Progress
from ..polish import Polisher, shortage_price
from ..relaxation import relax
from ..sizes import is_small
from .diving import dive
from .generation import Search, starting_prices
from .master import Floats, Master
from .rebuilding import Rebuilder, rebuilder_for
from .repairing import Repair, named
from .routes import pricings_for
from .staff import Column, group_staff
from .team_program import TeamProgram, team_program

RELAXING, BUILDING, GENERATING, DIVING, SINGLE = 0.25, 0.4, 0.5, 0.6, 0.6
"""Shares of the time left for the relaxation, the graphs of rosters, columns, the dive, and one
model if it is small."""
ROUNDS = 40
"""Rounds of pricing without whose time columns are not begun with, if there is another way."""
REBUILDING = 0.08
"""Share of the time left for the first rosters."""
REPAIRING = 0.9
"""Share of the time left for neighbourhoods of rosters."""
PLAN_SECONDS = 10.0
"""Time to place breaks and services around rosters that are fixed."""


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
        self._trace: list[TracePoint] = []

    def run(self) -> Outcome:
        """Go through the phases."""
        given = self._given()  # first of all: it is to be kept even if no time is left
        search = self._search()
        rebuilder = self._first_rosters(search)
        generated = self._generate(search, rebuilder)
        suggested = search.suggested()
        if search.infeasible:
            return self._infeasible()
        plan = self._cheaper(
            self._plan(search, rebuilder)
            if generated or rebuilder is None
            else self._rebuilt(rebuilder),
            given,
        )
        small = is_small(self._instance, self._options)
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

    def _search(self) -> Search:
        program = team_program(self._formulation)
        groups = group_staff(self._formulation, program)
        master = Master(program, groups, _scale(program), self._limits, self._budget)
        # In deterministic mode, graphs are no work that the budget knows.
        building = Allowance(self._budget, self._budget.left * BUILDING)
        pricings = pricings_for(groups, self._limits, lambda: building.left <= 0)
        return Search(program, groups, pricings, master, self._limits, self._budget, self._note)

    def _first_rosters(self, search: Search) -> Rebuilder | None:
        """Build rosters for everybody in no time, if there is a way to."""
        rebuilder = rebuilder_for(search)
        if rebuilder is None:
            return None
        search.generate(np.zeros(len(search.program.posted)), rounds=0)  # a bound, whatever comes
        if search.infeasible or not rebuilder.complete():
            return None
        rebuilder.improve(Allowance(self._budget, self._budget.left * REBUILDING))
        self._note("first rosters", None)
        return rebuilder

    def _starting_prices(self, search: Search) -> Floats:
        """Give the prices of the linear relaxation, or zeros."""
        seconds = None if self._limits.deterministic else self._budget.left * RELAXING
        relaxed = relax(self._formulation.model, self._limits.interrupt, seconds)
        if relaxed is not None:
            self._note("relaxation", relaxed.bound)
        if relaxed is None or not relaxed.is_optimal:
            zeros: Floats = np.zeros(len(search.program.posted))
            return zeros
        dearest = float(np.abs(relaxed.prices).max(initial=0.0))
        search.master.reprice(max(2 * dearest, search.master.price))
        return starting_prices(search.program, relaxed.prices)

    def _generate(self, search: Search, rebuilder: Rebuilder | None) -> bool:
        """Generate columns if they are needed, or there is time for the rounds that it takes."""
        search.budget = Allowance(self._budget, self._budget.left * GENERATING)
        if rebuilder is None:
            search.generate(self._starting_prices(search))
            return True
        before = search.budget.left
        search.generate(None, rounds=1)
        if (before - search.budget.left) * ROUNDS > search.budget.left:
            return False
        search.generate()
        return True

    def _rebuilt(self, rebuilder: Rebuilder) -> Plan | None:
        """Rebuild until the end: where columns take too long, that is what there is."""
        rebuilder.improve(Allowance(self._budget, self._budget.left * REPAIRING))
        return self._with_rosters(named(rebuilder.search, rebuilder.rosters))

    def _plan(self, search: Search, rebuilder: Rebuilder | None) -> Plan | None:
        """Dive, and put the rosters into the true model."""
        search.budget = Allowance(self._budget, self._budget.left * DIVING)
        has_fractions = rebuilder is None or search.is_close
        rosters = dive(search, completely=rebuilder is None) if has_fractions else None
        if rebuilder is not None:
            rosters = _completed(rebuilder, rosters)
        if rosters is None:
            return None
        repair = Repair(search, rosters, rebuilder)
        search.budget = Allowance(self._budget, self._budget.left * REPAIRING)
        repair.run()
        return self._with_rosters(named(search, repair.rosters))

    def _given(self) -> Plan | None:
        """Give the schedule to begin with, as a plan."""
        if self._limits.start is None:
            return None
        seconds = min(PLAN_SECONDS, self._budget.left)
        return self._polisher(self._options).start_at(self._limits.start, seconds)

    def _cheaper(self, plan: Plan | None, given: Plan | None) -> Plan | None:
        """Give the better of two plans, what they lack at its price."""
        price = shortage_price(self._instance, self._options)
        if plan is None or (given is not None and given.total(price) < plan.total(price)):
            return given
        return plan

    def _with_rosters(self, rosters: Choices) -> Plan | None:
        around = Neighbourhood(rosters, kept=rosters)
        price = shortage_price(self._instance, self._options)
        seconds = min(PLAN_SECONDS, self._budget.left)
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

    def _note(self, phase: str, bound: int | None) -> None:
        """Tell of a better bound."""
        if bound is not None and (self._bound is None or bound > self._bound):
            self._bound = bound
        proved = None if self._bound is None else Decimal(self._bound) / 100
        point = TracePoint(self._budget.seconds, None, proved)
        self._trace.append(point)
        self._limits.on_progress(Progress(phase, point))


def _completed(rebuilder: Rebuilder, rosters: list[list[Column]] | None) -> list[list[Column]]:
    """Complete the rosters of a dive; give those from before if these are better."""
    first, cost = rebuilder.rosters, rebuilder.cost
    if rosters is not None:
        rebuilder.take(rosters)
        if rebuilder.complete() and rebuilder.cost < cost:
            return rebuilder.rosters
    return first


def _better(plan: Plan, other: Plan | None) -> Plan:
    """Give the cheaper of two plans, of which the other lacks nothing."""
    return plan if other is None or (not plan.shortage and plan.cost <= other.cost) else other


def _scale(program: TeamProgram) -> float:
    """Give a price that no shift is worth: the dearest variable, some times."""
    dearest = max(np.abs(program.x_cost).max(initial=1), np.abs(program.z_cost).max(initial=1))
    return 10.0 * float(dearest)
