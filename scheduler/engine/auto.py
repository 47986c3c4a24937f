"""The default engine: rosters as columns, small instances in one model, large ones polished."""

from __future__ import annotations

from dataclasses import replace

from ..formulation.model import Formulation
from ..formulation.options import Option, permitted_options
from ..models.instance import Instance
from .budget import Budget
from .columns.run import rosters_decide, solve_by_columns
from .cpsat import Run
from .exact import outcome_of, solve_exactly
from .finishing import finish
from .neighbourhood import Plan, plan_of
from .outcome import Limits, Outcome
from .polish import Polisher
from .relaxation import Relaxed, relax
from .sizes import is_small

EXACT_SHARE = 0.6
START_SHARE = 0.12
"""Shares of the time for that model, and for the first plan."""


def run_auto(instance: Instance, limits: Limits) -> Outcome:
    """Find a schedule and a bound with the means that suit the instance's size."""
    budget = Budget(limits)
    options = permitted_options(instance)
    formulation = Formulation(instance, options)
    if limits.start is None and rosters_decide(formulation):
        return solve_by_columns(formulation, limits, budget)
    run: Run | None = None
    if is_small(instance, options):
        share = budget.left * EXACT_SHARE
        run = Run(formulation.model, limits, share, "exact", budget.started)
        budget.spend(run.deterministic_time)
        if run.verdict[1] != "time_limit":
            return outcome_of(formulation, run, limits)
    seconds = None if limits.deterministic else budget.left / 2
    relaxed = relax(formulation.model, limits.interrupt, seconds)
    if relaxed is None and limits.start is None:
        # Infeasible, or beyond the simplex: the single model says which.
        return solve_exactly(formulation, limits, budget, budget.left)
    bounds = [found.bound for found in (relaxed, run) if found is not None]
    bound = max((b for b in bounds if b is not None), default=None)
    suggested = options if relaxed is None else _suggested(formulation, relaxed)
    polisher = Polisher(instance, options, limits, budget, bound, suggested)
    if run is not None and run.found:
        plan: Plan | None = plan_of(formulation, run, price=0)
    else:
        plan = _first_plan(polisher, limits, budget)
    if plan is None:
        return _bounded(solve_exactly(formulation, limits, budget, budget.left), bound)
    earlier = () if run is None else tuple(run.trace)
    return finish(polisher.improve(plan), bound, formulation, limits, (*earlier, *polisher.trace))


def _bounded(outcome: Outcome, bound: int | None) -> Outcome:
    """Keep the bound of the relaxation where one model did not prove a better one."""
    if bound is None or outcome.status not in ("feasible", "unknown"):
        return outcome
    return replace(outcome, bound=max(bound, outcome.bound or bound))


def _suggested(formulation: Formulation, relaxed: Relaxed) -> dict[str, tuple[Option, ...]]:
    """Give the few options that a relaxation uses, by employee."""
    return {
        block.employee.id: tuple(
            c.option for c in block.choices if relaxed.values[c.worked.index] > 1e-6
        )
        for block in formulation.employees
    }


def _first_plan(polisher: Polisher, limits: Limits, budget: Budget) -> Plan | None:
    """Begin with the schedule that was given, or with what the relaxation suggests."""
    seconds = budget.left * START_SHARE
    given = None if limits.start is None else polisher.start_at(limits.start, seconds)
    return polisher.start(seconds) if given is None else given
