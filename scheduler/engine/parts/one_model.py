"""The whole model in one go: for one part, it may prove what no neighbourhood can."""

from __future__ import annotations

from dataclasses import replace

from ..budget import Budget
from ..cpsat import Run
from .incumbent import Incumbent, incumbent_of
from .workbench import Workbench


def improved_in_one_model(bench: Workbench, plan: Incumbent, budget: Budget) -> Incumbent:
    """Improve a plan, and the bound, with nothing missing.

    Parameters
    ----------
    bench
        What is solved; its course takes note of the bound.
    plan
        To begin with; nothing is short in it.
    budget
        How long.

    Returns
    -------
    The better plan of this one and what was found.
    """
    layout, course = bench.layout, bench.course
    formulation = layout.formulation
    model = formulation.model.clone()
    for short in formulation.coverage.shortages:
        model.add(model.get_int_var_from_proto_index(short.missing.index) == 0)
    if course.bound is not None:
        model.add(formulation.objective >= course.bound)
    for index, number in enumerate(plan.values.tolist()):
        model.add_hint(model.get_int_var_from_proto_index(index), number)
    quiet = replace(bench.limits, on_progress=lambda _: None)
    run = Run(model, quiet, budget.left, "one model", budget.started)
    budget.spend(run.deterministic_time)
    course.note_bound("one model", run.bound)
    if not run.found:
        return plan
    found = incumbent_of(layout, run.values, bench.price)
    return found if found.rank < plan.rank else plan
