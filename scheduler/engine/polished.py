"""Polishing from the linear relaxation: for models that arrays do not tell in full."""

from __future__ import annotations

from dataclasses import replace

from ..formulation.model import Formulation
from ..formulation.options import Option
from .budget import Budget
from .cpsat import Run
from .exact import solve_exactly
from .finishing import finish
from .neighbourhood import Choices, Plan, plan_of
from .outcome import Limits, Outcome
from .polish import Polisher
from .relaxation import Relaxed, relax

START_SHARE = 0.12
"""Share of the time for the first plan."""


def solve_polished(
    formulation: Formulation, options: Choices, limits: Limits, budget: Budget, run: Run | None
) -> Outcome:
    """Find a bound and a first plan by relaxing the whole model, then improve the plan.

    Parameters
    ----------
    run
        What one model has found already, if it was tried.
    """
    seconds = None if limits.deterministic else budget.left / 2
    relaxed = relax(formulation.model, limits.interrupt, seconds)
    if relaxed is None and limits.start is None:
        # Infeasible, or beyond the simplex: the single model says which.
        return solve_exactly(formulation, limits, budget, budget.left)
    bounds = [found.bound for found in (relaxed, run) if found is not None]
    bound = max((b for b in bounds if b is not None), default=None)
    suggested = options if relaxed is None else _suggested(formulation, relaxed)
    polisher = Polisher(formulation.instance, options, limits, budget, bound, suggested)
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
