"""The default engine: small instances in one model, large ones by relaxation and polishing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..formulation.extraction import extract
from ..formulation.model import Formulation
from ..formulation.options import permitted_options
from ..models.instance import Instance
from ..models.result import Status, StopReason, TracePoint, relative_gap
from .budget import Budget
from .cpsat import Run
from .exact import outcome_of, solve_exactly
from .neighbourhood import Plan, plan_of
from .outcome import Limits, Outcome
from .polish import Polisher
from .relaxation import relax
from .tidying import tidy

SMALL, SMALL_DAY = 1500, 20_000
"""Choices (employee, day, option) up to which one model is tried first: of any horizon, and of a
single day, where cuts close what its relaxation leaves open."""
EXACT_SHARE = 0.6
START_SHARE = 0.12
"""Shares of the time for that model, and for the first plan."""


def run_auto(instance: Instance, limits: Limits) -> Outcome:
    """Find a schedule and a bound with the means that suit the instance's size."""
    budget = Budget(limits)
    options = permitted_options(instance)
    formulation = Formulation(instance, options)
    run: Run | None = None
    small = SMALL_DAY if instance.horizon.days == 1 else SMALL
    if sum(map(len, options.values())) <= small:
        share = budget.left * EXACT_SHARE
        run = Run(formulation.model, limits, share, "exact", budget.started)
        budget.spend(run.deterministic_time)
        if run.verdict[1] != "time_limit":
            return outcome_of(formulation, run, limits)
    seconds = None if limits.deterministic else budget.left / 2
    relaxed = relax(formulation.model, limits.interrupt, seconds)
    if relaxed is None:  # infeasible, or beyond the simplex: the single model says which
        return solve_exactly(formulation, limits, budget, budget.left)
    bounds = [relaxed.bound, None if run is None else run.bound]
    bound = max((b for b in bounds if b is not None), default=None)
    suggested = {
        block.employee.id: tuple(
            c.option for c in block.choices if relaxed.values[c.worked.index] > 1e-6
        )
        for block in formulation.employees
    }
    polisher = Polisher(instance, options, limits, budget, bound, suggested)
    if run is not None and run.found:
        plan: Plan | None = plan_of(formulation, run, price=0)
    else:
        plan = polisher.start(budget.left * START_SHARE)
    if plan is None:
        return solve_exactly(formulation, limits, budget, budget.left)
    earlier = () if run is None else tuple(run.trace)
    return _finish(polisher.improve(plan), bound, formulation, limits, (*earlier, *polisher.trace))


def _finish(
    plan: Plan,
    bound: int | None,
    formulation: Formulation,
    limits: Limits,
    trace: Sequence[TracePoint],
) -> Outcome:
    """Name everything that the best plan decides, if it is a schedule."""
    status, reason = _verdict(plan, bound, limits)
    schedule = None
    if not plan.shortage:
        values = tidy(plan.formulation, plan.value, plan.cost, limits)
        schedule = extract(plan.formulation, values)
    return Outcome(
        status=status,
        stop_reason=reason,
        schedule=schedule,
        objective=None if plan.shortage else plan.cost,
        bound=bound,
        trace=tuple(trace),
        size=formulation.size,
        notes=_lacking(plan),
    )


def _lacking(plan: Plan) -> tuple[str, ...]:
    if not plan.shortage:
        return ()
    days = ", ".join(sorted({slot.calendar_day.isoformat() for slot in plan.short_slots}))
    return (
        f"the best plan lacks {plan.shortage / 100:g} person-intervals on {days}; "
        "more time may help, or the floors cannot be held",
    )


def _verdict(plan: Plan, bound: int | None, limits: Limits) -> tuple[Status, StopReason]:
    stopped: StopReason = "interrupted" if limits.interrupt.is_set() else "time_limit"
    if plan.shortage:
        return "unknown", stopped
    if bound is not None and plan.cost <= bound:
        return "optimal", "proved"
    gap = None if bound is None else relative_gap(Decimal(plan.cost), Decimal(bound))
    return "feasible", "gap" if gap is not None and gap <= limits.gap else stopped
