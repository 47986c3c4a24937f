"""Tidying: among all ways to serve at the same cost, one with few service changes.

Shifts and breaks stay as they are. The model of record leaves the allocation of services free
where it costs nothing; a second, small solve picks one in which people stay where they are.
"""

from __future__ import annotations

from dataclasses import replace

from ortools.sat.python import cp_model

from ..formulation.expressions import Expr, weighted_total
from ..formulation.extraction import Value
from ..formulation.model import Formulation
from .cpsat import Run
from .outcome import Limits

SECONDS = 5.0


def tidy(formulation: Formulation, value: Value, cost: int, limits: Limits) -> Value:
    """Give the values of an equally cheap solution with few service changes.

    Parameters
    ----------
    value
        Values of a solution.
    cost
        Its objective, which is not exceeded.
    """
    free = formulation.coverage.free_to_serve
    if not free:
        return value
    model = formulation.model.clone()
    allocated = {people.index for people in free.values()}
    for _, variable in formulation.decisions():
        if variable.index in allocated:
            model.add_hint(variable, value(variable))
        else:
            model.add(variable == value(variable))
    model.add(formulation.objective <= cost)
    model.clear_objective()  # type: ignore[no-untyped-call]
    model.minimize(_restlessness(model, formulation, free))
    quiet = replace(limits, gap=0.0, on_progress=lambda _: None)
    tidied = Run(model, quiet, SECONDS, "tidying")
    return tidied.value if tidied.found else value


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
