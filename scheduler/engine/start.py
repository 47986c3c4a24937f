"""A schedule as a plan to begin with, in the terms of a model that may ask for more."""

from __future__ import annotations

from collections import Counter

from ..formulation.model import Decision, Formulation
from ..formulation.options import Option
from ..models.instance import Instance
from ..models.roster import duty_of
from ..models.schedule import Schedule
from .cpsat import Run
from .neighbourhood import Choices, Plan, plan_of
from .outcome import Limits


def plan_from(
    instance: Instance,
    schedule: Schedule,
    options: Choices,
    price: int,
    limits: Limits,
    seconds: float,
) -> tuple[Plan | None, Run | None]:
    """Take over shifts, breaks and services; what hard floors then lack has its price.

    Returns
    -------
    The plan and the run that made it, or None where a shift or break is not permitted.
    """
    worked = _worked(instance, schedule, options)
    if worked is None:
        return None, None
    formulation = Formulation(instance, worked, price)
    decided = _decided(formulation, schedule, worked)
    for decision, variable in formulation.decisions():
        if decision[0] != "skilled":
            formulation.model.add(variable == decided[decision])
    run = Run(formulation.model, limits, seconds, "start", presolve=True)
    return (plan_of(formulation, run, price) if run.found else None), run


def decided_by(
    formulation: Formulation, schedule: Schedule, options: Choices
) -> Counter[Decision] | None:
    """Give what a schedule decides in a model; None where a shift or break is not permitted."""
    worked = _worked(formulation.instance, schedule, options)
    return None if worked is None else _decided(formulation, schedule, worked)


def _worked(instance: Instance, schedule: Schedule, options: Choices) -> Choices | None:
    """Find the option of every shift; those before the horizon have none."""
    worked: dict[str, list[Option]] = {name: [] for name in options}
    for shift in schedule.shifts:
        if shift.employee not in options:
            return None
        duty = duty_of(instance.horizon, shift)
        if duty.day < 0:
            continue
        found = [o for o in options[shift.employee] if o.duty == duty]
        if not found:
            return None
        worked[shift.employee].append(found[0])
    return {name: tuple(mine) for name, mine in worked.items()}


def _decided(formulation: Formulation, schedule: Schedule, worked: Choices) -> Counter[Decision]:
    """Count who works, rests and serves when, by the names that models share."""
    horizon = formulation.instance.horizon
    step, slots = horizon.interval_minutes, len(horizon.slots)
    profile_of = {
        block.employee.id: index
        for index, profile in enumerate(formulation.coverage.profiles)
        for block in profile.blocks
    }
    decided: Counter[Decision] = Counter()
    for name, mine in worked.items():
        decided.update(("works", name, option) for option in mine)
    for shift in schedule.shifts:
        profile, duty = profile_of[shift.employee], duty_of(horizon, shift)
        options = [o for o in worked[shift.employee] if o.duty == duty]
        for option in options:
            for position, pause in enumerate(shift.breaks):
                minute = horizon.minute_of(pause.start)
                decided["rests", profile, duty.day, option.breaks, position, minute] += 1
        for segment in shift.work:
            first = horizon.minute_of(segment.start) // step
            last = min(slots, horizon.minute_of(segment.end) // step)
            for slot in range(max(0, first), last):
                decided["serves", profile, segment.service, slot] += 1
    return decided
