"""The default engine: small instances in one model, large ones by relaxation and polishing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ..formulation.extraction import extract
from ..formulation.model import Formulation
from ..formulation.options import permitted_options
from ..models.instance import Instance
from ..models.result import Status, StopReason, TracePoint, relative_gap
from .budget import Budget
from .exact import solve_exactly
from .neighbourhood import Choices, Plan
from .outcome import Limits, Outcome
from .polish import Polisher
from .relaxation import Relaxed, relax
from .tidying import tidy

SMALL = 1500
"""Choices (employee, day, option) up to which one model is tried first."""
EXACT_SHARE = 0.5
START_SHARE = 0.1
"""Shares of the time for the single model, and for the first plan."""


def run_auto(instance: Instance, limits: Limits) -> Outcome:
    """Find a schedule and a bound with the means that suit the instance's size."""
    budget = Budget(limits)
    options = permitted_options(instance)
    formulation = Formulation(instance, options)
    if sum(map(len, options.values())) <= SMALL:
        first = solve_exactly(formulation, limits, budget, budget.left * EXACT_SHARE)
        if first.status in ("optimal", "infeasible") or first.stop_reason != "time_limit":
            return first
        if first.schedule is not None:
            return _better(first, solve_exactly(formulation, limits, budget, budget.left))
    relaxed = relax(formulation.model)
    if relaxed is None:  # infeasible, or beyond the simplex: the single model says which
        return solve_exactly(formulation, limits, budget, budget.left)
    return _polish(instance, options, formulation, relaxed, limits, budget)


def _better(first: Outcome, second: Outcome) -> Outcome:
    """Join two runs of the same model."""
    if second.objective is None or (first.objective or 0) < second.objective:
        second = replace(second, schedule=first.schedule, objective=first.objective)
        status: Status = "feasible"
        second = replace(second, status=status)
    bounds = [bound for bound in (first.bound, second.bound) if bound is not None]
    return replace(second, bound=max(bounds, default=None), trace=(*first.trace, *second.trace))


def _polish(
    instance: Instance,
    options: Choices,
    formulation: Formulation,
    relaxed: Relaxed,
    limits: Limits,
    budget: Budget,
) -> Outcome:
    suggested = {
        block.employee.id: tuple(
            c.option for c in block.choices if relaxed.values[c.worked.index] > 1e-6
        )
        for block in formulation.employees
    }
    polisher = Polisher(instance, options, limits, budget, relaxed.bound, suggested)
    plan = polisher.start(budget.left * START_SHARE)
    if plan is None:
        return solve_exactly(formulation, limits, budget, budget.left)
    plan = polisher.improve(plan)
    status, reason = _verdict(plan, relaxed.bound, limits)
    trace: tuple[TracePoint, ...] = tuple(polisher.trace)
    return Outcome(
        status=status,
        stop_reason=reason,
        schedule=None
        if plan.shortage
        else extract(plan.formulation, tidy(plan.formulation, plan.value, plan.cost, limits)),
        objective=None if plan.shortage else plan.cost,
        bound=relaxed.bound,
        trace=trace,
        size=formulation.size,
    )


def _verdict(plan: Plan, bound: int | None, limits: Limits) -> tuple[Status, StopReason]:
    if plan.shortage:
        return "unknown", "interrupted" if limits.interrupt.is_set() else "time_limit"
    if bound is not None and plan.cost <= bound:
        return "optimal", "proved"
    if limits.interrupt.is_set():
        return "feasible", "interrupted"
    gap = None if bound is None else relative_gap(Decimal(plan.cost), Decimal(bound))
    if gap is not None and gap <= limits.gap:
        return "feasible", "gap"
    return "feasible", "time_limit"
