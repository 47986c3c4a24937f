"""From an instance and a schedule to what is played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import Fault, InputError
from ..models.base import did_you_mean
from ..models.demand import ArrivalsDemand
from ..models.employee import Employee
from ..models.floor import Floor
from ..models.horizon import Horizon
from ..models.instance import Instance
from ..models.schedule import Schedule, Shift
from ..models.service import Service
from .deferrable import Responses, responses_on
from .setting import ELSEWHERE, Agent, Queue, Routing, Setting, Turn

SCHEDULE = "the schedule"
"""Source of what is wrong with a schedule, whatever file it came from."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a schedule is played."""

    routing: Routing = "planned"
    no_show: float = 0.0
    """Chance of a person not to come on a day."""
    repeat_minutes: float = 30.0
    """Mean time after which an unresolved contact comes back."""


def played_services(instance: Instance) -> tuple[Service, ...]:
    """Give the services with arrivals; those whose demand is staff have no customers to play."""
    return tuple(s for s in instance.services if isinstance(s.demand, ArrivalsDemand))


def setting_of(instance: Instance, schedule: Schedule, options: Options) -> Setting:
    """Put an instance and a schedule on the clock of a replay.

    Raises
    ------
    InputError
        If no service has arrivals, or the schedule is of another instance: an employee or service
        that does not exist, work without the skill, outside the horizon or twice at once.
    """
    services = played_services(instance)
    if not services:
        message = "no service has arrivals: there are no customers to play"
        raise InputError(instance.name, [Fault("services", message)])
    faults = list(_faults(instance, schedule))
    if faults:
        raise InputError(SCHEDULE, faults)
    horizon = instance.horizon
    return Setting(
        slots=len(horizon.slots),
        step_seconds=horizon.interval_minutes * 60.0,
        queues=tuple(_queue(instance, service) for service in services),
        agents=tuple(_agent(instance, e, schedule, services) for e in instance.employees),
        days=horizon.days,
        routing=options.routing,
        no_show=options.no_show,
        repeat_seconds=options.repeat_minutes * 60,
    )


def _queue(instance: Instance, service: Service) -> Queue:
    demand = service.demand
    assert isinstance(demand, ArrivalsDemand)  # `played_services` has looked
    responses: Responses = responses_on(instance, service.id)
    return Queue(
        service=service.id,
        arrivals=demand.by_slot(instance.horizon),
        handle_seconds=demand.handle_time_seconds,
        shape=demand.handle_time_shape,
        variation=demand.handle_time_variation or 1.0,
        factors=demand.concurrency_factors,
        patience_seconds=demand.patience_seconds,
        priority=service.priority,
        deferrable=bool(responses),
        backlog=round(max((floor.backlog for floor in responses), default=0)),
        open_spans=tuple(_open_spans(instance.horizon, service)),
        shrinkage=service.shrinkage,
        repeat_share=service.repeat_share,
        has_resolution=bool(service.resolution),
    )


def _open_spans(horizon: Horizon, service: Service) -> Iterator[tuple[float, float]]:
    """Stretches of open slots, in seconds."""
    step, start = horizon.interval_minutes * 60.0, -1
    for slot in horizon.slots:
        is_open = service.is_open(slot)
        if is_open and start < 0:
            start = slot.index
        elif not is_open and start >= 0:
            yield start * step, slot.index * step
            start = -1
    if start >= 0:
        yield start * step, len(horizon.slots) * step


def _agent(
    instance: Instance, employee: Employee, schedule: Schedule, services: tuple[Service, ...]
) -> Agent:
    positions = {service.id: q for q, service in enumerate(services)}
    paces = [employee.skills.get(service.skill, 0.0) for service in services]
    mine = [shift for shift in schedule.shifts if shift.employee == employee.id]
    return Agent(
        name=employee.id,
        pace=tuple(paces),
        resolves=tuple(
            service.resolved_hundredths(pace) / 100
            for service, pace in zip(services, paces, strict=True)
        ),
        turns=tuple(sorted((_turn(instance.horizon, s, positions) for s in mine), key=_start)),
    )


def _start(turn: Turn) -> float:
    return turn.start


def _turn(horizon: Horizon, shift: Shift, positions: dict[str, int]) -> Turn:
    breaks = [_span(horizon, pause) for pause in shift.breaks]
    work = [
        (*_span(horizon, segment), positions.get(segment.service, ELSEWHERE))
        for segment in shift.work
    ]
    start, end = _span(horizon, shift)
    return Turn(
        day=horizon.day_of(shift.day),
        start=start,
        end=end,
        breaks=tuple(sorted((begin, stop - begin) for begin, stop in breaks)),
        work=tuple(sorted(work)),
    )


def _span(horizon: Horizon, item: object) -> tuple[float, float]:
    start, end = item.start, item.end  # type: ignore[attr-defined]
    return horizon.minute_of(start) * 60.0, horizon.minute_of(end) * 60.0


def _faults(instance: Instance, schedule: Schedule) -> Iterator[Fault]:
    """Find what makes no sense for this instance; whether rules are kept is the checker's task."""
    known = {employee.id: employee for employee in instance.employees}
    busy: dict[str, list[tuple[float, float]]] = {}
    for i, shift in enumerate(schedule.shifts):
        path = f"shifts[{i}]"
        if shift.employee not in known:
            hint = did_you_mean(shift.employee, known)
            yield Fault(f"{path}.employee", f"unknown employee '{shift.employee}'{hint}")
            continue
        if instance.horizon.day_of(shift.day) >= instance.horizon.days or shift.day.year < 1901:
            yield Fault(f"{path}.day", f"{shift.day} lies outside the horizon")
            continue
        start, end = _span(instance.horizon, shift)
        if start >= end:
            yield Fault(f"{path}.end", "the shift ends before it begins")
        if any(begin < end and start < stop for begin, stop in busy.get(shift.employee, [])):
            yield Fault(path, f"another shift of '{shift.employee}' lies in the same time")
        busy.setdefault(shift.employee, []).append((start, end))
        yield from _work_faults(instance, known[shift.employee], shift, path)


def _work_faults(
    instance: Instance, employee: Employee, shift: Shift, path: str
) -> Iterator[Fault]:
    services = {service.id: service for service in instance.services}
    start, end = _span(instance.horizon, shift)
    for name in ("breaks", "work"):
        last = start
        parts = [(*_span(instance.horizon, p), i) for i, p in enumerate(getattr(shift, name))]
        for begin, stop, i in sorted(parts):
            if begin < last or stop < begin or stop > end:
                message = "lies outside the shift, or shares time with the one before"
                yield Fault(f"{path}.{name}[{i}]", message)
            last = max(last, stop)
    for i, segment in enumerate(shift.work):
        where = f"{path}.work[{i}].service"
        if segment.service not in services:
            hint = did_you_mean(segment.service, services)
            yield Fault(where, f"unknown service '{segment.service}'{hint}")
        elif services[segment.service].skill not in employee.skills:
            skill = services[segment.service].skill
            yield Fault(where, f"'{employee.id}' lacks the skill '{skill}'")


def floors_played(instance: Instance, names: set[str]) -> Iterator[Floor]:
    """Give the floors on services that are played."""
    yield from (floor for floor in instance.all_floors if floor.served in names)
