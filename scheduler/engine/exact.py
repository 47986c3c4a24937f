"""The exact engine: everything in one CP-SAT model."""

from __future__ import annotations

import time

from ..formulation.extraction import extract
from ..formulation.model import Formulation
from ..formulation.options import permitted_options
from ..models.instance import Instance
from .cpsat import Run
from .outcome import Limits, Outcome
from .tidying import tidy_values


def run_exact(instance: Instance, limits: Limits) -> Outcome:
    """Build the model of record and solve it.

    Small instances are proved optimal; on large ones, the first schedule may come late.
    """
    started = time.perf_counter()
    formulation = Formulation(instance, permitted_options(instance))
    spent = 0.0 if limits.deterministic else time.perf_counter() - started
    run = Run(formulation.model, limits, limits.time_limit - spent, started, "exact")
    status, reason = run.verdict
    schedule = None
    if run.found:
        value = run.value if reason == "interrupted" else tidy_values(formulation, run, limits)
        schedule = extract(formulation, value)
    return Outcome(
        status=status,
        stop_reason=reason,
        schedule=schedule,
        objective=run.objective,
        bound=run.bound,
        trace=tuple(run.trace),
        size=formulation.size,
    )
