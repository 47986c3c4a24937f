"""The planted schedule: shifts where work is missing, breaks where it is not, then services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from . import centre
from .patterns import worked_days
from .staff import LENGTH, Draw, Person, draw_team, paid_minutes
from .team import TeamPlan

REST_BETWEEN = 660
"""Minutes between two shifts."""
BREAK_GRID = 30
"""Minutes on which planted breaks lie, counted from the shift's start."""
CLOSED = -1e6
"""Stands for the work of a service that is closed: nobody is worth anything there."""
IDLE = -20.0
LEAD_BONUS = 1000.0
"""What a slot without any lead is worth to one."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlantedShift:
    """A shift, its breaks and its work, in slots of the day on which it is."""

    person: Person
    day: int
    first: int
    last: int
    """The slot after its end."""
    breaks: tuple[tuple[str, int, int, bool], ...]
    """Id, first slot, the slot after, whether paid."""
    work: dict[int, str]
    """Service by slot."""


@dataclass
class _Day:
    """What is still missing on a day, by service and slot."""

    missing: dict[str, Floats]
    leads: NDArray[np.int64]
    shifts: list[PlantedShift] = field(default_factory=list)


def plant(plan: TeamPlan) -> tuple[list[Person], list[PlantedShift]]:
    """Draw a team, and give it a schedule."""
    draw = Draw(plan.told)
    team = draw_team(plan, draw)
    duties = _duties(plan, team, draw)
    ends: dict[str, tuple[int, int]] = {}
    shifts: list[PlantedShift] = []
    for day in range(plan.days):
        mine = [(person, paid[day]) for person, paid in duties if day in paid]
        today = _needs(plan, sum(paid for _, paid in mine))
        # Leads first; then those who can serve least, so that the others fill what is left.
        mine = draw.shuffled(mine)
        mine.sort(key=lambda pair: (not pair[0].is_lead, len(pair[0].services)))
        for person, paid in mine:
            known = ends.get(person.name)
            rested = known[1] + REST_BETWEEN - 24 * 60 if known and known[0] == day - 1 else 0
            shift = _shift(plan, person, day, LENGTH[paid], rested, today)
            ends[person.name] = (day, shift.last * plan.interval_minutes)
            shifts.append(shift)
    return team, shifts


def _duties(
    plan: TeamPlan, team: Sequence[Person], draw: Draw
) -> list[tuple[Person, dict[int, int]]]:
    """Choose for everybody the days of work and the paid minutes on each."""
    weights = [1.0] if plan.days == 1 else list(centre.BY_WEEKDAY) * plan.weeks
    paid = [[paid_minutes(plan, p, draw) for _ in range(plan.weeks)] for p in team]
    found = []
    for leads in (True, False):
        group = [(p, weeks) for p, weeks in zip(team, paid, strict=True) if p.is_lead == leads]
        shape = [1.0] * plan.days if leads else weights
        shifts = sum(len(week) for _, weeks in group for week in weeks)
        need = [shifts * weight / sum(shape) for weight in shape]
        for person, weeks in group:
            days = worked_days(plan, [len(week) for week in weeks], need, draw)
            for day in days:
                need[day] -= 1
            minutes = [m for week in weeks for m in week]
            found.append((person, dict(zip(days, minutes, strict=True))))
    return found


def _needs(plan: TeamPlan, paid: int) -> _Day:
    """Spread a day's work over services and slots."""
    total = paid / plan.interval_minutes
    missing = {}
    for service in centre.SHARES:
        wave = np.array(centre.wave(plan, service))
        missing[service] = np.where(wave > 0, total * wave, CLOSED)
    return _Day(missing, np.zeros(24 * 60 // plan.interval_minutes, dtype=np.int64))


def _shift(
    plan: TeamPlan, person: Person, day: int, length: int, rested: int, today: _Day
) -> PlantedShift:
    """Begin where most is missing, rest where least is, and serve what is missing most."""
    step = plan.interval_minutes
    value = _value(person, today)
    opens, closes = (60 * hour for hour in centre.hours(plan, "phones"))
    starts = range(opens, closes - length + 1, centre.START_STEP)
    first = max(
        (clock // step for clock in starts if clock >= rested),
        key=lambda slot: _sum(value, slot, slot + length // step),
    )
    last = first + length // step
    breaks = min(
        _placed_breaks(plan, length, first),
        key=lambda placed: round(sum(_sum(value, a, b) for _, a, b, _ in placed), 6),
    )
    resting = {slot for _, a, b, _ in breaks for slot in range(a, b)}
    work = {}
    for slot in range(first, last):
        if slot not in resting:
            today.leads[slot] += person.is_lead
            service = max(person.services, key=lambda s: today.missing[s][slot])
            if today.missing[service][slot] != CLOSED:
                today.missing[service][slot] -= person.skills[service]
                work[slot] = service
    return PlantedShift(person, day, first, last, breaks, work)


def _sum(value: Floats, first: int, last: int) -> float:
    """Sum slots up, rounded: processors add in different orders, and ties are to stay ties."""
    return round(float(value[first:last].sum()), 6)


def _value(person: Person, today: _Day) -> Floats:
    """Give what the person's work is worth in each slot; idle time is worth a little less."""
    best: Floats = np.max([today.missing[service] for service in person.services], axis=0)
    best = np.maximum(best, IDLE)
    return best + LEAD_BONUS * (today.leads == 0) if person.is_lead else best


def _placed_breaks(
    plan: TeamPlan, length: int, first: int
) -> Iterator[tuple[tuple[str, int, int, bool], ...]]:
    """Go through the ways to place the breaks of a shift."""
    step = plan.interval_minutes

    def place(
        left: tuple[tuple[str, int, bool], ...], worked_since: int
    ) -> Iterator[tuple[tuple[str, int, int, bool], ...]]:
        if not left:
            if centre.MIN_WORK <= length - worked_since <= centre.MAX_WORK:
                yield ()
            return
        (name, minutes, paid), *others = left
        for begin in range(0, length, BREAK_GRID):
            if centre.MIN_WORK <= begin - worked_since <= centre.MAX_WORK:
                slots = (first + begin // step, first + (begin + minutes) // step)
                for rest in place(tuple(others), begin + minutes):
                    yield ((name, *slots, paid), *rest)

    yield from place(centre.breaks_of(plan, length), 0)
