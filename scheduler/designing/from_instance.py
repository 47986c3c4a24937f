"""From an instance to the problem of designing its shifts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from pydantic import ValidationError

from ..errors import Fault, InputError
from ..models.base import MINUTES_PER_DAY, did_you_mean
from ..models.demand import ArrivalsDemand
from ..models.design import DesignProblem
from ..models.instance import Instance
from ..models.service import Service


def problem_for(
    instance: Instance,
    *,
    services: Sequence[str] = (),
    weight_shift: Decimal = Decimal(10),
    weight_under: Decimal | None = None,
    weight_over: Decimal = Decimal(1),
) -> DesignProblem:
    """Ask for the shifts that cover the demand of an instance, whoever works them.

    The demand is the least staff that the floors ask for in each interval, by service, of people
    with proficiency 1; where no floor says, it is the demand for staff, or the load of arrivals,
    rounded up. It is raised by the average share of a shift that its breaks take, to the nearest
    whole person. The shifts to choose from are the instance's templates.

    Parameters
    ----------
    instance
        Where demand and templates come from; a horizon of whole weeks is taken as cyclic.
    services
        Services to cover; all, if left out.
    weight_shift, weight_under, weight_over
        See `DesignProblem`.

    Raises
    ------
    InputError
        If there is no demand by interval, a service is unknown, the clocks change within the
        horizon, or no template covers what is needed.
    """
    faults = _faults(instance, services)
    if faults:
        raise InputError(instance.name, faults)
    chosen = [service for service in instance.services if not services or service.id in services]
    horizon, share = instance.horizon, _break_share(instance)
    needs = [_need(instance, service) for service in chosen]
    demand = [_raised(sum(at_once), share) for at_once in zip(*needs, strict=True)]
    try:
        return DesignProblem(
            name=instance.name,
            description=_description(chosen, share),
            interval_minutes=horizon.interval_minutes,
            days=horizon.days,
            first_weekday=horizon.weekday_of(0),
            cyclic=horizon.days % 7 == 0,
            demand=tuple(demand),
            templates=instance.templates,
            weight_shift=weight_shift,
            weight_under=weight_under,
            weight_over=weight_over,
        )
    except ValidationError as error:
        found = [Fault(_place(e["loc"]), e["msg"]) for e in error.errors(include_url=False)]
        raise InputError(f"{instance.name}, as a design problem", found) from None


def _place(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)[1:]


def _faults(instance: Instance, services: Sequence[str]) -> list[Fault]:
    known = [service.id for service in instance.services]
    if not known:
        return [Fault("services", "there are none, and so no demand by interval to cover")]
    if instance.horizon.minutes != instance.horizon.days * MINUTES_PER_DAY:
        message = "the clocks change within it; shifts are designed for days of 24 hours"
        return [Fault("horizon", message)]
    return [
        Fault("services", f"unknown service '{name}'{did_you_mean(name, known)}")
        for name in services
        if name not in known
    ]


def _need(instance: Instance, service: Service) -> list[int]:
    """People of proficiency 1 that a service needs in every slot."""
    promised = [
        needed
        for floor in instance.floors_on(service.id)
        if (needed := floor.needed(instance)) is not None
    ]
    pace = service.pace_hundredths(1.0) / 100
    slots = range(len(instance.horizon.slots))
    if promised:
        effective = [max(needed.get(slot, 0.0) for needed in promised) for slot in slots]
    else:
        effective = _unpromised(instance, service)
    return [math.ceil(staff / pace - 1e-6) for staff in effective]


def _unpromised(instance: Instance, service: Service) -> list[float]:
    """Take the demand itself while the service is open."""
    horizon, demand = instance.horizon, service.demand
    if isinstance(demand, ArrivalsDemand):
        staff = demand.erlangs(horizon)
    else:
        staff = demand.by_slot(horizon)
    return [staff[slot.index] if service.is_open(slot) else 0.0 for slot in horizon.slots]


def _break_share(instance: Instance) -> float:
    """Share of a shift that breaks take, on average over all templates and lengths."""
    shares = [
        sum(pause.minutes for pause in template.break_set(minutes).breaks) / minutes
        for template in instance.templates
        for minutes in template.length.minutes()
    ]
    return sum(shares) / len(shares)


def _raised(people: int, share: float) -> int:
    return max(people, math.floor(people / (1 - share) + 0.5)) if share < 1 else people


def _description(chosen: Sequence[Service], share: float) -> str:
    names = ", ".join(service.id for service in chosen)
    breaks = f", raised by {share:.1%} of a shift for breaks" if share else ""
    return f"Demand of {names}{breaks}."
