"""The default engine: rosters as columns, small instances in one model, others by parts."""

from __future__ import annotations

from dataclasses import replace

from ..formulation.coverage_block import always
from ..formulation.model import Formulation
from ..formulation.options import permitted_options
from ..models.instance import Instance
from .budget import Budget
from .columns.run import rosters_decide, solve_by_columns
from .cpsat import Run
from .exact import outcome_of, solve_exactly
from .neighbourhood import Choices, plan_of
from .outcome import Limits, Outcome
from .parts.run import ByParts
from .parts.workbench import Workbench
from .polished import solve_polished
from .sizes import is_small

EXACT_SHARE = 0.6
"""Share of the time for one model, where it can be expected to prove something."""


def run_auto(instance: Instance, limits: Limits) -> Outcome:
    """Find a schedule and a bound with the means that suit the instance's size."""
    budget = Budget(limits)
    options = permitted_options(instance)
    run: Run | None = None
    if not _has_breaks(options) or is_small(options):
        formulation = Formulation(instance, options, go_on=budget.go_on)
        if limits.start is None and rosters_decide(formulation):
            return solve_by_columns(formulation, limits, budget)
        if is_small(options):
            share = budget.left * EXACT_SHARE
            run = Run(formulation.model, limits, share, "exact", budget.started)
            budget.spend(run.deterministic_time)
            if run.verdict[1] != "time_limit":
                return outcome_of(formulation, run, limits)
    known = plan_of(formulation, run, price=0) if run is not None and run.found else None
    bound = None if run is None else run.bound
    bench = Workbench(
        instance, options, limits, budget, bound, budget.go_on if known is None else always
    )
    if not bench.fits:
        return solve_polished(Formulation(instance, options), options, limits, budget, run)
    outcome = ByParts(bench).run(bench.given() if known is None else known.decided)
    if outcome is None:
        formulation = Formulation(instance, options, go_on=budget.go_on)
        return solve_exactly(formulation, limits, budget, budget.left)
    return outcome if run is None else replace(outcome, trace=(*run.trace, *outcome.trace))


def _has_breaks(options: Choices) -> bool:
    """Tell whether any shift has breaks to be placed."""
    return any(option.breaks for mine in options.values() for option in mine)
