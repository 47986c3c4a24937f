"""Brute force: every roster of one person, every schedule of a small team, and its verdict."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np

from scheduler import Instance
from scheduler.floors.shift_cover import ShiftCover
from scheduler.formulation.options import Option, options_on
from scheduler.formulation.presence import slots_on_duty
from scheduler.models.employee import Employee
from scheduler.models.finding import Finding, Violation
from scheduler.models.roster import Roster, past_duties
from scheduler.models.team import NOTHING, Team

Verdict = int | None
"""Cost in cents, or None where a hard promise is broken."""


def judged(findings: Iterable[Finding]) -> Verdict:
    """Add findings up as the checker does."""
    total = Decimal(0)
    for finding in findings:
        if isinstance(finding, Violation) and finding.cost is None:
            return None
        total += finding.cost or 0
    assert total * 100 == int(total * 100), "costs are whole cents"
    return int(total * 100)


def rosters(instance: Instance, *, two_a_day: bool = False) -> Iterator[tuple[Option, ...]]:
    """Every roster: at most one option a day, or any set of them."""
    days = [options_on(instance, day) for day in range(instance.horizon.days)]
    if two_a_day:
        every = [option for options in days for option in options]
        for flags in itertools.product((False, True), repeat=len(every)):
            yield tuple(itertools.compress(every, flags))
        return
    for chosen in itertools.product(*([None, *options] for options in days)):
        yield tuple(option for option in chosen if option is not None)


def roster_of(instance: Instance, employee: Employee, chosen: Iterable[Option]) -> Roster:
    """Give somebody's roster: what was before the horizon, and the options chosen."""
    past = past_duties(instance.horizon, employee)
    duties = sorted([*past, *(o.duty for o in chosen)], key=lambda d: (d.start, d.end))
    return Roster(instance, employee, tuple(duties))


def checked(
    instance: Instance, *, two_a_day: bool = False
) -> Iterator[tuple[tuple[Option, ...], Verdict]]:
    """For every roster, what the checks say."""
    employee = instance.employees[0]
    carried = instance.rules_of(employee)
    for chosen in rosters(instance, two_a_day=two_a_day):
        roster = roster_of(instance, employee, chosen)
        yield chosen, judged(finding for rule in carried for finding in rule.check(roster))


def doings(instance: Instance, options: Iterable[Option]) -> Iterator[tuple]:
    """Everything one person can do on the day: the option, its break beginnings, the duty slots."""
    horizon = instance.horizon
    yield None, (), ()
    for option in options:
        duty = option.duty
        spans = [
            range(duty.start + s.earliest, duty.start + s.latest + 1, horizon.interval_minutes)
            for s in option.breaks
        ]
        for begun in itertools.product(*spans):
            pauses = [(m, m + s.minutes) for m, s in zip(begun, option.breaks, strict=True)]
            yield option, begun, tuple(slots_on_duty(horizon, duty.start, duty.end, pauses))


def servings(
    instance: Instance, employee: Employee, slots: Iterable[int]
) -> Iterator[dict[int, int]]:
    """Every way in which a person can serve, or not, in the slots of duty."""
    horizon = instance.horizon
    slots = list(slots)
    able = [
        [
            NOTHING,
            *(
                i
                for i, service in enumerate(instance.services)
                if service.skill in employee.skills and service.is_open(horizon.slots[slot])
            ),
        ]
        for slot in slots
    ]
    for served in itertools.product(*able):
        yield dict(zip(slots, served, strict=True))


def past_slots(instance: Instance, employee: Employee) -> tuple[int, ...]:
    """Slots of the horizon in which a shift from before it is on duty."""
    horizon = instance.horizon
    return tuple(
        slot
        for shift in (employee.history.shifts if employee.history else ())
        for slot in slots_on_duty(
            horizon,
            horizon.minute_of(shift.start),
            horizon.minute_of(shift.end),
            [(horizon.minute_of(b.start), horizon.minute_of(b.end)) for b in shift.breaks],
        )
    )


def shift_skills(
    instance: Instance, employee: Employee, option: Option | None
) -> tuple[str | None, ...]:
    """Skills in which a person may work a shift; none where no floor asks for one."""
    asked = option is not None and any(
        entry.skill is not None and entry.template == option.duty.template
        for floor in instance.all_floors
        if isinstance(floor, ShiftCover)
        for entry in floor.cover
    )
    return tuple(employee.skills) if asked else (None,)


def schedules(instance: Instance) -> Iterator[tuple]:
    """Every schedule of a day: for each person an option, breaks, who serves what when, a skill."""
    ways = []
    for employee in instance.employees:
        before = past_slots(instance, employee)
        ways.append(
            [
                (option, begun, {**served}, skill)
                for option, begun, slots in doings(instance, options_on(instance, 0))
                for served in servings(instance, employee, (*before, *slots))
                for skill in shift_skills(instance, employee, option)
            ]
        )
    return itertools.product(*ways)


def _in_skill(option: Option, skill: str | None) -> Option:
    return replace(option, duty=replace(option.duty, skill=skill))


def team_of(instance: Instance, schedule: tuple) -> Team:
    """Give duty and work of the team in a schedule."""
    shape = (len(instance.employees), len(instance.horizon.slots))
    on_duty, serving = np.zeros(shape, dtype=bool), np.full(shape, NOTHING, dtype=np.int64)
    for e, (_, _, served, _) in enumerate(schedule):
        for slot, service in served.items():
            on_duty[e, slot] = True
            serving[e, slot] = service
    rosters = [
        roster_of(instance, employee, [_in_skill(option, skill)] if option else [])
        for employee, (option, _, _, skill) in zip(instance.employees, schedule, strict=True)
    ]
    return Team(instance, on_duty, serving, tuple(rosters))
