"""The exact engine: everything in one CP-SAT model."""

from __future__ import annotations

from ..formulation.extraction import extract
from ..formulation.model import Formulation
from ..formulation.options import permitted_options
from ..models.instance import Instance
from .budget import Budget
from .cpsat import Run, valuation
from .outcome import Limits, Outcome
from .program import program_of
from .tidying import tidy


def run_exact(instance: Instance, limits: Limits) -> Outcome:
    """Build the model of record and solve it.

    Small instances are proved optimal; on large ones, the first schedule may come late.
    """
    budget = Budget(limits)
    formulation = Formulation(instance, permitted_options(instance), go_on=budget.go_on)
    return solve_exactly(formulation, limits, budget, budget.left)


def solve_exactly(
    formulation: Formulation, limits: Limits, budget: Budget, seconds: float
) -> Outcome:
    """Solve a model that is built already."""
    run = Run(formulation.model, limits, seconds, "exact", budget.started)
    budget.spend(run.deterministic_time)
    return outcome_of(formulation, run, limits)


def outcome_of(formulation: Formulation, run: Run, limits: Limits) -> Outcome:
    """Name everything that a run of the whole model decided."""
    status, reason = run.verdict
    schedule = None
    if run.found:
        values = tidy(formulation, program_of(formulation.model), run.values, limits)
        schedule = extract(formulation, valuation(values))
    return Outcome(
        status=status,
        stop_reason=reason,
        schedule=schedule,
        objective=run.objective,
        bound=run.bound,
        trace=tuple(run.trace),
        size=formulation.size,
    )
