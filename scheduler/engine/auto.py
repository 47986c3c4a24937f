"""The default engine: rosters as columns, small instances in one model, others by parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..formulation.model import Decision, Formulation
from ..formulation.options import permitted_options
from ..models.instance import Instance
from .budget import Budget
from .columns.run import rosters_decide, solve_by_columns
from .cpsat import Run
from .exact import outcome_of, solve_exactly
from .neighbourhood import Choices, plan_of
from .outcome import Limits, Outcome
from .parts.run import ByParts
from .polished import solve_polished
from .sizes import is_small
from .start import decided_by

EXACT_SHARE = 0.6
"""Share of the time for one model, where it can be expected to prove something."""


def run_auto(instance: Instance, limits: Limits) -> Outcome:
    """Find a schedule and a bound with the means that suit the instance's size."""
    budget = Budget(limits)
    options = permitted_options(instance)
    formulation = Formulation(instance, options)
    if limits.start is None and rosters_decide(formulation):
        return solve_by_columns(formulation, limits, budget)
    run: Run | None = None
    if is_small(options):
        share = budget.left * EXACT_SHARE
        run = Run(formulation.model, limits, share, "exact", budget.started)
        budget.spend(run.deterministic_time)
        if run.verdict[1] != "time_limit":
            return outcome_of(formulation, run, limits)
    parts = ByParts(instance, options, limits, budget, None if run is None else run.bound)
    if not parts.fits:
        return solve_polished(formulation, options, limits, budget, run)
    outcome = parts.run(_decided(instance, options, formulation, limits, run))
    if outcome is None:
        return solve_exactly(formulation, limits, budget, budget.left)
    return outcome if run is None else replace(outcome, trace=(*run.trace, *outcome.trace))


def _decided(
    instance: Instance,
    options: Choices,
    formulation: Formulation,
    limits: Limits,
    run: Run | None,
) -> Mapping[Decision, int] | None:
    """Give what is decided in the plan to begin with, if there is one."""
    if run is not None and run.found:
        return plan_of(formulation, run, price=0).decided
    if limits.start is not None:
        return decided_by(instance, limits.start, options, formulation)
    return None
