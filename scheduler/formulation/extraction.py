"""From counts to people: breaks first in, first out; work with as few changes as possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby

from ..models.employee import Employee
from ..models.horizon import Horizon
from ..models.roster import Duty
from ..models.schedule import PlannedBreak, Schedule, Shift, WorkSegment
from ..models.shift import BreakSpan
from .breaks import BreakGroup
from .expressions import Expr
from .model import Formulation
from .presence import Presence, slots_on_duty
from .shift_skills import name_skills

Value = Callable[[Expr], int]
"""Value of an expression in a solution."""

Stint = tuple[Duty, tuple[tuple[BreakSpan, int], ...]]
"""A duty, and when each of its breaks begins."""


def extract(formulation: Formulation, value: Value) -> Schedule:
    """Name everything that a solution decides."""
    shifts: list[Shift] = []
    for index, profile in enumerate(formulation.coverage.profiles):
        stints = _stints(profile, value)
        counts = {
            (service, slot): value(people)
            for (p, service, slot), people in formulation.coverage.allocation().items()
            if p == index
        }
        work = _allocate(formulation.instance.horizon, profile, stints, counts)
        skills = _skills(formulation, index, stints, value)
        shifts += _shifts(formulation.instance.horizon, profile, stints, work, skills)
    order = {employee.id: i for i, employee in enumerate(formulation.instance.employees)}
    return Schedule(shifts=tuple(sorted(shifts, key=lambda s: (order[s.employee], s.day, s.start))))


def _skills(
    formulation: Formulation, index: int, stints: dict[str, list[Stint]], value: Value
) -> dict[tuple[str, Duty], str]:
    """Give the skill in which each member of a profile works, where one was asked for."""
    coverage = formulation.coverage
    counts = [
        (day, template, {skill: value(people) for skill, people in asked.items()})
        for day, template, asked in coverage.shift_skills.counts(index)
    ]
    duties = {name: [duty for duty, _ in mine] for name, mine in stints.items()}
    return name_skills(tuple(coverage.profiles[index].skills), counts, duties)


def _stints(profile: Presence, value: Value) -> dict[str, list[Stint]]:
    """Give every duty of every member its breaks."""
    worked = defaultdict(list)
    for block in profile.blocks:
        for choice in block.choices:
            if value(choice.worked):
                worked[choice.option].append(block.employee.id)
    breaks: dict[tuple[str, Duty], tuple[tuple[BreakSpan, int], ...]] = {}
    for group in profile.groups:
        people = [
            (employee, head.option.duty) for head in group.heads for employee in worked[head.option]
        ]
        for (employee, duty), begun in zip(people, _in_turn(group, value), strict=True):
            breaks[employee, duty] = tuple(zip(group.breaks, begun, strict=True))
    stints: dict[str, list[Stint]] = {block.employee.id: [] for block in profile.blocks}
    for option, employees in worked.items():
        for employee in employees:
            stints[employee].append((option.duty, breaks.get((employee, option.duty), ())))
    return stints


def _in_turn(group: BreakGroup, value: Value) -> list[tuple[int, ...]]:
    """Give the breaks of the first person, the second, …: the k-th beginning of each break."""
    beginnings = [
        [minute for minute, people in sorted(begun.items()) for _ in range(value(people))]
        for begun in group.begun
    ]
    return list(zip(*beginnings, strict=True))


def _past_stints(
    horizon: Horizon, employee: Employee
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    for shift in employee.history.shifts if employee.history else ():
        if horizon.minute_of(shift.end) > 0:
            pauses = [(horizon.minute_of(b.start), horizon.minute_of(b.end)) for b in shift.breaks]
            yield horizon.minute_of(shift.start), horizon.minute_of(shift.end), pauses


def _allocate(
    horizon: Horizon,
    profile: Presence,
    stints: dict[str, list[Stint]],
    counts: dict[tuple[str, int], int],
) -> dict[str, dict[int, str]]:
    """Give each member a service in each slot; whoever can, keeps the one before."""
    present: dict[int, list[str]] = defaultdict(list)
    for block in profile.blocks:
        name = block.employee.id
        spans = [(duty.start, duty.end, _pauses(breaks)) for duty, breaks in stints[name]]
        spans += _past_stints(horizon, block.employee)
        for start, end, pauses in spans:
            for slot in slots_on_duty(horizon, start, end, pauses):
                present[slot].append(name)
    due: dict[int, dict[str, int]] = defaultdict(dict)
    for (service, slot), people in counts.items():
        due[slot][service] = people
    work: dict[str, dict[int, str]] = defaultdict(dict)
    last: dict[str, str] = {}
    for slot in sorted(present):
        open_places = due[slot]
        waiting = []
        for name in present[slot]:
            if open_places.get(last.get(name, ""), 0) > 0:
                open_places[last[name]] -= 1
                work[name][slot] = last[name]
            else:
                waiting.append(name)
        places = [s for s, people in sorted(open_places.items()) for _ in range(people)]
        for name, service in zip(waiting, places, strict=False):
            work[name][slot] = last[name] = service
    return work


def _pauses(breaks: tuple[tuple[BreakSpan, int], ...]) -> list[tuple[int, int]]:
    return [(begin, begin + span.minutes) for span, begin in breaks]


def _shifts(
    horizon: Horizon,
    profile: Presence,
    stints: dict[str, list[Stint]],
    work: dict[str, dict[int, str]],
    skills: dict[tuple[str, Duty], str],
) -> Iterator[Shift]:
    for block in profile.blocks:
        employee = block.employee
        mine = work[employee.id]
        for duty, breaks in stints[employee.id]:
            yield Shift(
                employee=employee.id,
                day=horizon.date_of(duty.day),
                template=duty.template,
                start=horizon.written(duty.start),
                end=horizon.written(duty.end),
                skill=skills.get((employee.id, duty)),
                breaks=tuple(
                    PlannedBreak(
                        id=span.id,
                        start=horizon.written(begin),
                        end=horizon.written(begin + span.minutes),
                        paid=span.paid,
                    )
                    for span, begin in breaks
                ),
                work=_segments(horizon, mine, duty.start, duty.end),
            )
        for shift in employee.history.shifts if employee.history else ():
            start, end = horizon.minute_of(shift.start), horizon.minute_of(shift.end)
            if end > 0:
                yield Shift(
                    employee=employee.id,
                    day=shift.start.date(),
                    template=shift.template,
                    start=shift.start,
                    end=shift.end,
                    breaks=tuple(
                        PlannedBreak(id=f"break {i}", start=b.start, end=b.end, paid=b.paid)
                        for i, b in enumerate(shift.breaks, 1)
                    ),
                    work=_segments(horizon, mine, start, end),
                )


def _segments(
    horizon: Horizon, work: dict[int, str], start: int, end: int
) -> tuple[WorkSegment, ...]:
    """Join neighbouring slots on the same service."""
    step = horizon.interval_minutes
    mine = [(slot, work[slot]) for slot in sorted(work) if start <= slot * step < end]
    runs = groupby(enumerate(mine), key=lambda item: (item[1][0] - item[0], item[1][1]))
    segments = []
    for (_, service), run in runs:
        slots = [slot for _, (slot, _) in run]
        segments.append(
            WorkSegment(
                service=service,
                start=horizon.written(slots[0] * step),
                end=horizon.written((slots[-1] + 1) * step),
            )
        )
    return tuple(segments)
