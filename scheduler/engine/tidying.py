"""Tidying: among all ways to serve at the same cost, one with few service changes.

Shifts and breaks stay as they are. The model of record leaves the allocation of services free
where it costs nothing; a second, small solve picks one in which people stay where they are.
"""

from __future__ import annotations

import time
from dataclasses import replace

from ortools.sat.python import cp_model

from ..formulation.expressions import Expr, weighted_total
from ..formulation.extraction import Value
from ..formulation.model import Formulation
from .cpsat import Run
from .outcome import Limits

SECONDS = 5.0


def tidy_values(formulation: Formulation, run: Run, limits: Limits) -> Value:
    """Give the values of an equally cheap solution with few service changes."""
    free = {
        key: people
        for key, people in formulation.coverage.allocation().items()
        if isinstance(people, cp_model.IntVar)
    }
    if not free:
        return run.value
    model = formulation.model.clone()
    values = run.solver.response_proto.solution
    allocated = {people.index for people in free.values()}
    fixed = _decisions(formulation)
    for index in fixed - allocated:
        variable = model.get_int_var_from_proto_index(index)
        model.add(variable == values[index])
    for index in allocated:
        model.add_hint(model.get_int_var_from_proto_index(index), values[index])
    assert run.objective is not None  # the run has found a solution
    model.add(formulation.objective <= run.objective)
    model.clear_objective()  # type: ignore[no-untyped-call]
    model.minimize(_restlessness(model, formulation, free))
    quiet = replace(limits, gap=0.0, on_progress=lambda _: None)
    tidied = Run(model, quiet, SECONDS, time.perf_counter(), "tidying")
    return tidied.value if tidied.found else run.value


def _decisions(formulation: Formulation) -> set[int]:
    """Variables of shifts and breaks; headcounts and costs follow from them."""
    worked = {c.worked.index for block in formulation.employees for c in block.choices}
    resting = {
        people.index
        for profile in formulation.coverage.profiles
        for group in profile.groups
        for begun in group.begun
        for people in begun.values()
    }
    return worked | resting


def _restlessness(
    model: cp_model.CpModel,
    formulation: Formulation,
    free: dict[tuple[int, str, int], cp_model.IntVar],
) -> Expr:
    """Add up changes of each profile's headcount per service, and people who serve nothing."""
    terms: list[Expr] = []
    signs: list[int] = []
    for (profile, service, slot), people in free.items():
        following = free.get((profile, service, slot + 1))
        if following is not None:
            most = len(formulation.coverage.profiles[profile].blocks)
            change = model.new_int_var(0, most, "")
            model.add(change >= people - following)
            model.add(change >= following - people)
            terms.append(change)
            signs.append(1)
        terms.append(people)
        signs.append(-1)
    return weighted_total(terms, signs)
