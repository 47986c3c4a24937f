"""Neighbourhoods: the true model with most decisions kept, small enough to be solved in seconds.

A neighbourhood is built from the same blocks as the whole model; whoever is kept has no other
choice. Breaks and services are free on the days, and in the profiles, where something moves.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..formulation.extraction import Value
from ..formulation.model import Decision, Formulation
from ..formulation.options import Option
from ..models.horizon import Slot
from ..models.instance import Instance
from .cpsat import Run, valuation
from .outcome import Limits
from .program import Indices

Choices = Mapping[str, tuple[Option, ...]]
"""Options by employee."""

HINT_SECONDS = 2.0
NEAR_MINUTES = 120
"""In a day's neighbourhood, starts and ends move by at most this much."""


@dataclass(frozen=True)
class Plan:
    """Who works what; a schedule if nothing is short."""

    cost: int
    """Cents, without the price of shortages."""
    shortage: int
    """Hundredths of person-intervals that hard floors lack."""
    short_slots: tuple[Slot, ...]
    """Where they do."""
    formulation: Formulation
    values: Indices
    """Of every variable of the model."""

    @cached_property
    def value(self) -> Value:
        """Tell the value of any expression."""
        return valuation(self.values)

    @cached_property
    def worked(self) -> Choices:
        """Options that everybody works."""
        return {
            block.employee.id: tuple(c.option for c in block.choices if self.value(c.worked))
            for block in self.formulation.employees
        }

    @cached_property
    def decided(self) -> Mapping[Decision, int]:
        """Value of every decision that is not 0."""
        return {d: n for d, people in self.formulation.decisions() if (n := self.value(people))}

    @property
    def step(self) -> int:
        """Minutes of a slot."""
        return self.formulation.instance.horizon.interval_minutes

    def rank(self, price: int) -> tuple[bool, int]:
        """Give what is less for a better plan: no price buys a promise that was kept already."""
        return self.shortage > 0, self.cost + price * self.shortage


@dataclass(frozen=True)
class Neighbourhood:
    """What is free: options by employee, and those of them that are kept."""

    choices: Choices
    kept: Choices
    days: frozenset[int] | None = None
    """Days on which something moves; any, if None."""

    @property
    def movers(self) -> frozenset[str]:
        """Employees who may change something."""
        return frozenset(name for name, mine in self.choices.items() if mine != self.kept.get(name))


def solve_neighbourhood(
    instance: Instance,
    around: Neighbourhood,
    price: int,
    limits: Limits,
    seconds: float,
    hint: Plan | None = None,
) -> tuple[Plan | None, Run]:
    """Solve a neighbourhood with hard floors relaxed at a price.

    Returns
    -------
    The best plan found, or None, and the run.
    """
    formulation = Formulation(instance, around.choices, price)
    for block in formulation.employees:
        kept = set(around.kept.get(block.employee.id, ()))
        for choice in block.choices:
            if choice.option in kept:
                formulation.model.add(choice.worked == 1)
    if hint is not None:
        _settle(formulation, around, hint)
        start_from(formulation, hint.decided, limits)
    run = Run(formulation.model, limits, seconds, "neighbourhood", presolve=hint is None)
    return (plan_of(formulation, run, price) if run.found else None), run


def _settle(formulation: Formulation, around: Neighbourhood, plan: Plan) -> None:
    """Keep breaks, services and skills where nothing moves."""
    slots = formulation.instance.horizon.slots
    moving = {
        index
        for index, profile in enumerate(formulation.coverage.profiles)
        if any(block.employee.id in around.movers for block in profile.blocks)
    }
    days = around.days
    for decision, variable in formulation.decisions():
        match decision:
            case ("rests" | "skilled", profile, day, *_):
                settled = profile not in moving or (days is not None and day not in days)
            case ("serves", _, _, slot):
                # A night belongs to its first day, and serves on the second one.
                day = slots[int(str(slot))].day
                settled = days is not None and day not in days and day - 1 not in days
            case _:
                settled = False
        if settled:
            formulation.model.add(variable == plan.decided.get(decision, 0))


def start_from(formulation: Formulation, decided: Mapping[Decision, int], limits: Limits) -> None:
    """Hint a model at a solution in full: with gaps in it, the solver may not find it again.

    What follows from the decisions (headcounts, costs) is computed by a solve with all of them
    fixed.
    """
    for decision, variable in formulation.decisions():
        formulation.model.add_hint(variable, decided.get(decision, 0))
    run = Run(formulation.model, limits, HINT_SECONDS, "hint", presolve=False, follow_hint=True)
    if run.found:
        formulation.model.clear_hints()  # type: ignore[no-untyped-call]
        for index, number in enumerate(run.values.tolist()):
            variable = formulation.model.get_int_var_from_proto_index(index)
            formulation.model.add_hint(variable, number)


def plan_of(formulation: Formulation, run: Run, price: int) -> Plan:
    """Read the plan off a solution."""
    assert run.objective is not None  # a run with a solution
    return plan_with(formulation, run.values, run.objective, price)


def plan_with(formulation: Formulation, values: Indices, total: int, price: int) -> Plan:
    """Read the plan off the values of a solution, and its cost with what it lacks at a price."""
    shortages = formulation.coverage.shortages
    short = [(i.slots, int(values[i.missing.index]) * i.unit) for i in shortages]
    lacked = {slot for places, lack in short if lack for slot in places}
    lacking = sum(hundredths for _, hundredths in short)
    slots = formulation.instance.horizon.slots
    return Plan(
        cost=total - price * lacking,
        shortage=lacking,
        short_slots=tuple(slots[slot] for slot in sorted(lacked)),
        formulation=formulation,
        values=values,
    )


def some_people(plan: Plan, options: Choices, size: int, draw: random.Random) -> Neighbourhood:
    """Free all days of a few employees, first of those who could help where it is short."""
    choices = dict(plan.worked)
    kept = dict(plan.worked)
    people = draw.sample(sorted(options), len(options))
    if plan.short_slots:
        minute = draw.choice(plan.short_slots).index * plan.step
        people.sort(key=lambda name: not _could_help(plan.worked[name], options[name], minute))
    for name in people:
        choices[name], kept[name] = tuple(dict.fromkeys((*plan.worked[name], *options[name]))), ()
        size -= len(options[name])
        if size <= 0:
            break
    return Neighbourhood(choices, kept)


def _could_help(worked: tuple[Option, ...], options: tuple[Option, ...], minute: int) -> bool:
    """Tell whether somebody who is off at a time has an option that covers it."""
    return not any(o.duty.overlaps(minute, minute + 1) for o in worked) and any(
        o.duty.overlaps(minute, minute + 1) for o in options
    )


def some_days(plan: Plan, options: Choices, size: int, draw: random.Random) -> Neighbourhood:
    """Free one or two days of everybody; where that is too much, rather near what they work."""
    last = max((o.duty.day for mine in options.values() for o in mine), default=0)
    day = draw.choice(plan.short_slots).day if plan.short_slots else draw.randint(0, last)
    days = {day} if draw.random() < 0.6 else {day, min(day + 1, last)}
    free = {name: [o for o in mine if o.duty.day in days] for name, mine in options.items()}
    share = size / max(1, sum(map(len, free.values())))
    choices: dict[str, tuple[Option, ...]] = {}
    kept: dict[str, tuple[Option, ...]] = {}
    for name, mine in plan.worked.items():
        kept[name] = tuple(option for option in mine if option.duty.day not in days)
        now = [option for option in mine if option.duty.day in days]
        drawn = [o for o in free[name] if draw.random() < share * (3 if _is_near(o, now) else 0.5)]
        choices[name] = (*kept[name], *dict.fromkeys([*now, *(free[name] if share > 1 else drawn)]))
    return Neighbourhood(choices, kept, frozenset(days))


def _is_near(option: Option, now: list[Option]) -> bool:
    """Tell whether an option resembles what is worked on its day."""
    return any(
        abs(option.duty.start - other.duty.start) <= NEAR_MINUTES
        and abs(option.duty.end - other.duty.end) <= NEAR_MINUTES
        for other in now
    )


Shape = Callable[[Plan, Choices, int, random.Random], Neighbourhood]
"""Chooses what is free: given a plan, the options, and how many of them to free."""

SHAPES: tuple[Shape, ...] = (some_people, some_days)
