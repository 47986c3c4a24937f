"""Reading a schedule: what it says in terms of the instance, and where it makes no sense.

The grammar of shifts is judged here from the templates themselves, without the solver's options:
starts, lengths, breaks and their windows, work on services, names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from .models.base import format_clock
from .models.employee import Employee, PastShift
from .models.finding import Violation
from .models.horizon import Horizon
from .models.instance import Instance
from .models.roster import Roster, duty_of, past_duties
from .models.schedule import Schedule, Shift
from .models.shift import Break
from .models.team import NOTHING, Team


@dataclass(frozen=True)
class Reading:
    """A schedule, as rules and floors judge it, and the faults of its form."""

    rosters: tuple[Roster, ...]
    team: Team
    violations: tuple[Violation, ...]


def read_schedule(instance: Instance, schedule: Schedule) -> Reading:
    """Turn a schedule into rosters and team, and report every shift that no template allows."""
    violations: list[Violation] = []
    known = {employee.id: employee for employee in instance.employees}
    templates = {template.id for template in instance.templates}
    of: dict[str, list[Shift]] = defaultdict(list)
    for shift in schedule.shifts:
        if shift.employee not in known:
            violations.append(_fault(shift, "there is no such employee"))
            continue
        found = list(_faults(instance, known[shift.employee], shift))
        violations += found
        if _is_past(instance, shift) or shift.template in templates:
            of[shift.employee].append(shift)
    rosters = []
    for employee in instance.employees:
        past = past_duties(instance.horizon, employee)
        planned = [
            replace(duty_of(instance.horizon, s), skill=s.skill)
            for s in of[employee.id]
            if not _is_past(instance, s)
        ]
        violations += _missing_past(instance, employee, of[employee.id])
        duties = tuple(sorted((*past, *planned), key=lambda duty: (duty.start, duty.end)))
        rosters.append(Roster(instance, employee, duties))
    return Reading(tuple(rosters), _team(instance, of, tuple(rosters)), tuple(violations))


def _fault(shift: Shift, message: str) -> Violation:
    return Violation(
        kind="grammar",
        who=shift.employee,
        when=shift.day.isoformat(),
        amount=1,
        unit="fault",
        message=message,
    )


def _is_past(instance: Instance, shift: Shift) -> bool:
    return shift.day < instance.horizon.start


def _faults(instance: Instance, employee: Employee, shift: Shift) -> Iterator[Violation]:
    messages = [
        *_shift_messages(instance, employee, shift),
        *_work_messages(instance, employee, shift),
    ]
    for message in messages:
        yield _fault(shift, message)


def _shift_messages(instance: Instance, employee: Employee, shift: Shift) -> Iterator[str]:
    horizon = instance.horizon
    if _is_past(instance, shift):
        mine = (shift.template, *_span(horizon, shift))
        past = employee.history.shifts if employee.history else ()
        found = [p for p in past if (p.template, *_span(horizon, p)) == mine]
        if not found:
            yield "it lies before the horizon and is not in the employee's history"
        elif _pauses(horizon, found[0]) != _pauses(horizon, shift):
            yield "its breaks are not those of the employee's history"
        return
    if not 0 <= horizon.day_of(shift.day) < horizon.days:
        yield "it lies outside the horizon"
    if shift.skill is not None and shift.skill not in employee.skills:
        yield f"works in the skill '{shift.skill}' without having it"
    template = next((t for t in instance.templates if t.id == shift.template), None)
    if template is None:
        yield f"there is no template '{shift.template}'"
        return
    day = horizon.day_of(shift.day)
    start, end = _span(horizon, shift)
    if horizon.weekday_of(day) not in template.days:
        yield f"template '{template.id}' has no shifts on {horizon.weekday_of(day)}"
    clocks = [clock for clock in template.start.clocks() if horizon.minute_at(day, clock) == start]
    if not clocks:
        yield f"template '{template.id}' has no start at {format_clock(horizon.clock_of(start))}"
        return
    if template.ends_by_clock:  # two clocks are one start where the clock skips an hour
        lengths = template.length.minutes()
        ends = [horizon.minute_at(day, clock + m) for clock in clocks for m in lengths]
    else:
        ends = [start + minutes for minutes in template.length.minutes()]
    if end not in ends:
        yield f"template '{template.id}' has no shift of {end - start} minutes"
        return
    rules = template.break_set(end - start)
    yield from _break_messages(horizon, shift, rules.breaks)
    pauses = [_span(horizon, pause) for pause in shift.breaks]
    edges = [start, *(minute for pause in pauses for minute in pause), end]
    for begin, stop in zip(edges[::2], edges[1::2], strict=True):
        if stop - begin < rules.min_work_minutes:
            yield f"only {stop - begin} minutes of work from {horizon.label(begin)}"
        if rules.max_work_minutes is not None and stop - begin > rules.max_work_minutes:
            yield f"{stop - begin} minutes of work without a break from {horizon.label(begin)}"


def _break_messages(horizon: Horizon, shift: Shift, rules: tuple[Break, ...]) -> Iterator[str]:
    start, end = _span(horizon, shift)
    names, expected = [pause.id for pause in shift.breaks], [rule.id for rule in rules]
    if names != expected:
        yield f"its breaks are {names or 'none'}, expected {expected or 'none'}"
        return
    for pause, rule in zip(shift.breaks, rules, strict=True):
        begin, stop = _span(horizon, pause)
        if stop - begin != rule.minutes:
            yield f"break '{rule.id}' lasts {stop - begin} minutes, not {rule.minutes}"
        if pause.paid != rule.paid:
            yield f"break '{rule.id}' is {'not ' * (not rule.paid)}paid"
        if rule.window is not None:
            anchor = start if rule.window.anchor == "start" else end
            sign = 1 if rule.window.anchor == "start" else -1
            earliest = anchor + sign * rule.window.earliest_minutes
            latest = anchor + sign * rule.window.latest_minutes
            if not earliest <= begin <= latest:
                yield f"break '{rule.id}' begins outside its window, at {horizon.label(begin)}"
        if begin % horizon.interval_minutes:
            yield f"break '{rule.id}' is not on the grid"


def _work_messages(instance: Instance, employee: Employee, shift: Shift) -> Iterator[str]:
    horizon = instance.horizon
    services = {service.id: service for service in instance.services}
    start, end = _span(horizon, shift)
    pauses = [_span(horizon, pause) for pause in shift.breaks]
    for segment in shift.work:
        begin, stop = _span(horizon, segment)
        where = f"from {horizon.label(begin)}"
        if segment.service not in services:
            yield f"there is no service '{segment.service}'"
            continue
        service = services[segment.service]
        if service.skill not in employee.skills:
            yield f"serves '{service.id}' without the skill '{service.skill}' {where}"
        if not start <= begin < stop <= end:
            yield f"serves '{service.id}' outside the shift {where}"
        if begin % horizon.interval_minutes or stop % horizon.interval_minutes:
            yield f"serves '{service.id}' off the grid {where}"
        if any(begin < b and a < stop for a, b in pauses):
            yield f"serves '{service.id}' during a break {where}"
        inside = horizon.slots[
            max(0, begin // horizon.interval_minutes) : max(0, stop // horizon.interval_minutes)
        ]
        if any(not service.is_open(slot) for slot in inside):
            yield f"serves '{service.id}' while it is closed {where}"
    spans = sorted(_span(horizon, segment) for segment in shift.work)
    for (_, stop), (begin, _) in pairwise(spans):
        if begin < stop:
            yield f"serves two services at once at {horizon.label(begin)}"


def _missing_past(
    instance: Instance, employee: Employee, shifts: list[Shift]
) -> Iterator[Violation]:
    """Look for shifts that reach into the horizon and are not repeated."""
    horizon = instance.horizon
    repeated = [_span(horizon, shift) for shift in shifts]
    for duty in past_duties(horizon, employee):
        if duty.end > 0 and (duty.start, duty.end) not in repeated:
            yield Violation(
                kind="grammar",
                who=employee.id,
                when=horizon.date_of(duty.day).isoformat(),
                amount=1,
                unit="fault",
                message="a shift that reaches into the horizon is not repeated in the schedule",
            )


def _team(instance: Instance, of: dict[str, list[Shift]], rosters: tuple[Roster, ...]) -> Team:
    horizon = instance.horizon
    shape = (len(instance.employees), len(horizon.slots))
    on_duty = np.zeros(shape, dtype=bool)
    serving = np.full(shape, NOTHING, dtype=np.int64)
    position = {service.id: i for i, service in enumerate(instance.services)}
    for e, employee in enumerate(instance.employees):
        for shift in of[employee.id]:
            on_duty[e, _slots(horizon, *_span(horizon, shift), whole=True)] = True
        for shift in of[employee.id]:
            for pause in shift.breaks:
                on_duty[e, _slots(horizon, *_span(horizon, pause), whole=False)] = False
            for segment in shift.work:
                if segment.service in position:
                    slots = _slots(horizon, *_span(horizon, segment), whole=True)
                    serving[e, slots] = position[segment.service]
    return Team(instance, on_duty, np.where(on_duty, serving, NOTHING), rosters)


def _slots(horizon: Horizon, start: int, end: int, *, whole: bool) -> slice:
    """Slots that lie in a time span: those it covers entirely, or those it touches."""
    step = horizon.interval_minutes
    first, last = (-(-start // step), end // step) if whole else (start // step, -(-end // step))
    return slice(max(0, first), max(0, min(last, len(horizon.slots))))


def _pauses(horizon: Horizon, shift: Shift | PastShift) -> list[tuple[int, int, bool]]:
    return sorted((*_span(horizon, pause), pause.paid) for pause in shift.breaks)


def _span(horizon: Horizon, item: object) -> tuple[int, int]:
    return horizon.minute_of(item.start), horizon.minute_of(item.end)  # type: ignore[attr-defined]
