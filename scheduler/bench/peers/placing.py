"""Breaks and services for shifts that are settled: what such tools leave to be done by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...formulation.options import Option
from ...models.employee import Employee
from ...models.instance import Instance
from ...models.schedule import PlannedBreak, Schedule, Shift, WorkSegment
from .heads import Heads

Floats = NDArray[np.float64]
Spans = tuple[tuple[int, int], ...]
"""Beginning and end of each break, in slots."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A shift that somebody works."""

    employee: Employee
    option: Option


def schedule_of(instance: Instance, worked: Sequence[Worked], heads: Heads) -> Schedule:
    """Place breaks where most people are beyond the heads, then serve what is missing most."""
    step = instance.horizon.interval_minutes
    slots = len(instance.horizon.slots)
    need = {
        service.skill: _row(heads.get(service.skill, {}), slots) for service in instance.services
    }
    spare = -np.sum(list(need.values()), axis=0) if need else np.zeros(slots)
    for entry in worked:
        duty = entry.option.duty
        spare[duty.start // step : duty.end // step] += 1
    breaks = []
    for entry in worked:
        placed = max(_ways(entry.option, step), key=lambda way: _room(spare, way), default=())
        for first, last in placed:
            spare[first:last] -= 1
        breaks.append(placed)
    segments = _serve(instance, worked, breaks, need)
    return Schedule(
        shifts=tuple(
            _shift(instance, entry, placed, work)
            for entry, placed, work in zip(worked, breaks, segments, strict=True)
        )
    )


def _row(counts: dict[int, int], slots: int) -> Floats:
    row = np.zeros(slots)
    for slot, count in counts.items():
        row[slot] = count
    return row


def _room(spare: Floats, way: Spans) -> float:
    return min((float(spare[first:last].min()) for first, last in way), default=0.0)


def _ways(option: Option, step: int) -> Iterator[Spans]:
    """Go through the ways to place the breaks of a shift, within windows and spacing."""
    shortest, longest = option.spacing
    start, end = option.duty.start, option.duty.end

    def place(number: int, since: int) -> Iterator[Spans]:
        if number == len(option.breaks):
            if shortest <= end - since <= longest or not option.breaks:
                yield ()
            return
        span = option.breaks[number]
        for begin in range(start + span.earliest, start + span.latest + 1, step):
            if shortest <= begin - since <= longest:
                here = (begin // step, (begin + span.minutes) // step)
                for others in place(number + 1, begin + span.minutes):
                    yield (here, *others)

    yield from place(0, start)


def _serve(
    instance: Instance, worked: Sequence[Worked], breaks: Sequence[Spans], need: dict[str, Floats]
) -> list[dict[int, str]]:
    """Give everybody on duty a service, slot by slot; who can serve least comes first."""
    missing = {skill: row.copy() for skill, row in need.items()}
    work: list[dict[int, str]] = [{} for _ in worked]
    step = instance.horizon.interval_minutes
    order = sorted(range(len(worked)), key=lambda i: len(worked[i].employee.skills))
    for i in order:
        entry, duty = worked[i], worked[i].option.duty
        able = [s for s in instance.services if s.skill in entry.employee.skills]
        resting = {slot for first, last in breaks[i] for slot in range(first, last)}
        for slot in range(duty.start // step, min(duty.end // step, len(instance.horizon.slots))):
            choices = [s for s in able if s.is_open(instance.horizon.slots[slot])]
            if slot not in resting and choices:
                service = max(choices, key=lambda s: float(missing[s.skill][slot]))
                missing[service.skill][slot] -= entry.employee.skills[service.skill]
                work[i][slot] = service.id
    return work


def _shift(instance: Instance, entry: Worked, placed: Spans, work: dict[int, str]) -> Shift:
    horizon, duty = instance.horizon, entry.option.duty
    step = horizon.interval_minutes
    breaks = tuple(
        PlannedBreak(
            id=span.id,
            start=horizon.written(first * step),
            end=horizon.written(last * step),
            paid=span.paid,
        )
        for span, (first, last) in zip(entry.option.breaks, placed, strict=False)
    )
    segments: list[tuple[int, int, str]] = []
    for slot, service in work.items():
        begin = slot - 1 in work and work[slot - 1] == service
        if begin:
            segments[-1] = (segments[-1][0], slot + 1, service)
        else:
            segments.append((slot, slot + 1, service))
    return Shift(
        employee=entry.employee.id,
        day=horizon.date_of(duty.day),
        template=duty.template,
        start=horizon.written(duty.start),
        end=horizon.written(duty.end),
        breaks=breaks,
        work=tuple(
            WorkSegment(
                service=service, start=horizon.written(a * step), end=horizon.written(b * step)
            )
            for a, b, service in segments
        ),
    )
