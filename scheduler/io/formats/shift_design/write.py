"""From a design problem of ours to a shift design file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ....errors import Fault, InputError
from ....models.design import DesignProblem

WIDTH = 20
"""Values on a line."""


def write_problem(problem: DesignProblem) -> str:
    """Give the text of a shift design file.

    Raises
    ------
    InputError
        If the problem asks for what the format cannot say; with one fault for each.
    """
    faults = list(_faults(problem))
    if faults:
        raise InputError(problem.name, faults)
    return "\n".join(_lines(problem)) + "\n"


def _faults(problem: DesignProblem) -> Iterator[Fault]:
    missing = "shift design files have no such limit"
    if not problem.cyclic:
        yield Fault("cyclic", "in shift design files the first day follows the last one")
    if problem.weight_under is None:
        yield Fault("weight_under", "in shift design files people may be missing, at a weight")
    if problem.max_shifts is not None:
        yield Fault("max_shifts", missing)
    if problem.min_people > 1:
        yield Fault("min_people", missing)
    if problem.max_people is not None:
        yield Fault("max_people", missing)
    step = problem.interval_minutes
    for name in ("weight_under", "weight_over"):
        weight = getattr(problem, name)
        if weight is not None and round(weight / step, 2) * step != weight:
            message = f"a minute would cost {weight / step:.6f}, which two decimals cannot say"
            yield Fault(name, message)
    for i, template in enumerate(problem.templates):
        if len(template.days) < 7:
            yield Fault(f"templates[{i}].days", "shift design files have the same shifts every day")
        if len(template.start.clocks()) > 1 and template.start.step_minutes != step:
            yield Fault(f"templates[{i}].start.step_minutes", f"expected {step}, one interval")
        if len(template.length.minutes()) > 1 and template.length.step_minutes != step:
            yield Fault(f"templates[{i}].length.step_minutes", f"expected {step}, one interval")


def _lines(problem: DesignProblem) -> Iterator[str]:
    step, templates = problem.interval_minutes, problem.templates
    yield f"interval = {step};"
    yield f"days = {problem.days};"
    yield "demand = ["
    for first in range(0, len(problem.demand), WIDTH):
        yield f"  {', '.join(map(str, problem.demand[first : first + WIDTH]))},"
    yield "];"
    yield f"shiftTypes = {len(templates)};"
    columns = {
        "minStart": [template.start.clocks()[0] for template in templates],
        "maxStart": [template.start.clocks()[-1] for template in templates],
        "minLength": [template.length.minutes()[0] for template in templates],
        "maxLength": [template.length.minutes()[-1] for template in templates],
    }
    for name, minutes in columns.items():
        yield f"{name} = [{', '.join(str(value // step) for value in minutes)}];"
    weights = {
        "weightUnderCover": (problem.weight_under or Decimal(0)) / step,
        "weightOverCover": problem.weight_over / step,
        "weightShiftInstances": problem.weight_shift,
        "weightDutiesPerWeek": Decimal(0),
    }
    for name, weight in weights.items():
        yield f"{name} = {weight.normalize():f};"
