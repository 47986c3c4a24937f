"""Shared by the rules that describe themselves as automata: runs, sums, weekends, rest."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import cast

import numpy as np

from ..models.employee import Employee
from ..models.horizon import Horizon
from ..models.instance import Instance
from ..models.resource import FORBIDDEN, Integers, Resource, Stepped
from ..models.roster import Duty, known_since, past_duties


def charged(states: Integers, units: Integers, price: int | None) -> Stepped:
    """Let units of violation cost their price, or forbid the states that have any."""
    if price is None:
        return np.where(units > 0, FORBIDDEN, states), 0
    return states, price * units


@dataclass(frozen=True)
class Templates:
    """Duties of certain templates; any duty, without."""

    names: frozenset[str] | None = None

    def __contains__(self, duty: object) -> bool:
        return isinstance(duty, Duty) and (self.names is None or duty.template in self.names)


@dataclass(frozen=True)
class LongRun(Resource):
    """Days in a row on which something holds: the state counts them, up to the limit."""

    among: Templates
    """Duties that count."""
    off: bool
    """Whether days without such a duty make the run."""
    limit: int
    already: int
    """Length of the run before the first day."""
    price: int | None

    @property
    def start(self) -> int:
        """The run that reaches the first day."""
        return min(self.already, self.limit)

    def effect(self, day: int, duty: Duty | None) -> Hashable:  # noqa: ARG002
        """Tell whether the day belongs to a run."""
        return (duty in self.among) != self.off

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:  # noqa: ARG002
        """Lengthen the run, or end it."""
        if not effect:
            return np.zeros_like(states), 0
        return charged(np.minimum(states + 1, self.limit), 1 * (states == self.limit), self.price)


@dataclass(frozen=True)
class ShortRun(Resource):
    """Days in a row: the state counts them, up to the limit, from which on all is well."""

    among: Templates
    off: bool
    limit: int
    already: int
    """Length of the run before the first day; `limit`, if nobody knows where it began."""
    price: int | None
    closed: bool
    """Whether the end of the horizon ends a run."""

    @property
    def start(self) -> int:
        """The run that reaches the first day."""
        return min(self.already, self.limit)

    def effect(self, day: int, duty: Duty | None) -> Hashable:  # noqa: ARG002
        """Tell whether the day belongs to a run."""
        return (duty in self.among) != self.off

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:  # noqa: ARG002
        """Lengthen the run, or judge it."""
        if effect:
            return np.minimum(states + 1, self.limit), 0
        return charged(np.zeros_like(states), self._missing(states), self.price)

    def finish(self, states: Integers) -> Integers:
        """Judge the run that reaches the end, if that ends it."""
        missing = self._missing(states) if self.closed else np.zeros_like(states)
        if self.price is None:
            return np.where(missing > 0, FORBIDDEN, 0)
        return self.price * missing

    def _missing(self, states: Integers) -> Integers:
        return np.where(states > 0, self.limit - states, 0)


@dataclass(frozen=True)
class Period:
    """Days whose shifts are added up, and the limits of their sum."""

    first: int
    last: int
    before: int = 0
    """What counts from before the horizon."""
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Sums(Resource):
    """Shifts or paid minutes, added up in periods that follow each other."""

    among: Templates
    periods: tuple[Period, ...]
    price: int | None
    step_of_price: int = 1
    """What is beyond is paid in whole steps of so many units."""
    minutes: bool = False
    """Whether paid minutes count, or shifts."""

    @property
    def start(self) -> int:
        """What counts from before."""
        return self._before(0)

    @property
    def allowance(self) -> int | None:
        """What one hard maximum leaves."""
        period = self.periods[0]
        if self.minutes or self.price is not None or len(self.periods) > 1:
            return None
        if period.most is None or period.least > period.before:
            return None
        return period.most - period.before

    def units(self, duty: Duty) -> int:
        """Count shifts of the templates in the period."""
        period = self.periods[0]
        return int(duty in self.among and period.first <= duty.day <= period.last)

    def _period(self, day: int) -> Period | None:
        return next((p for p in self.periods if p.first <= day <= p.last), None)

    def _before(self, day: int) -> int:
        period = self._period(day)
        return 0 if period is None else period.before

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Give what the duty adds."""
        if duty is None or duty not in self.among or self._period(day) is None:
            return 0
        return duty.paid_minutes if self.minutes else 1

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Add, and judge the period on its last day."""
        period = self._period(day)
        if period is None:
            return np.full_like(states, self._before(day + 1)), 0
        states = states + cast("int", effect)
        excess = np.maximum(0, states - period.most) if period.most is not None else 0 * states
        if day < period.last:
            return charged(states, excess, None) if self.price is None else (states, 0)
        units = -(-excess // self.step_of_price) + np.maximum(0, period.least - states)
        return charged(np.full_like(states, self._before(day + 1)), units, self.price)


@dataclass(frozen=True)
class Weekends(Resource):
    """Worked weekends: twice their number, and one more while the present one is worked."""

    weekends: tuple[tuple[int, ...], ...]
    most: int
    already: int
    begun: bool
    """Whether the first weekend was worked before the horizon."""
    price: int | None

    @property
    def start(self) -> int:
        """What was worked before."""
        return 2 * self.already + self.begun

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Tell whether a shift starts on a weekend."""
        return duty is not None and any(day in days for days in self.weekends)

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Mark the weekend as worked; count it once it is over."""
        states = states | int(bool(effect))
        if any(day == days[-1] for days in self.weekends):
            states = (states + 1) // 2 * 2
        if self.price is None:
            return charged(states, 1 * ((states + 1) // 2 > self.most), None)
        return states, 0

    def finish(self, states: Integers) -> Integers:
        """Charge the weekends beyond."""
        units = np.maximum(0, (states + 1) // 2 - self.most)
        return np.where(units > 0, FORBIDDEN, 0) if self.price is None else self.price * units


@dataclass(frozen=True)
class Rest(Resource):
    """Minutes after midnight for which rest is still due."""

    midnights: tuple[int, ...]
    minutes: int
    due: int
    """Minutes after the first midnight for which rest is due."""
    price: int | None

    @property
    def start(self) -> int:
        """Rest due at the start."""
        return self.due

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Give the start, and the rest due after the next midnight."""
        if duty is None:
            return None
        end = duty.end + self.minutes - self.midnights[day + 1]
        return duty.start - self.midnights[day], max(0, end)

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Compare the start with the rest due."""
        later = np.maximum(0, states - (self.midnights[day + 1] - self.midnights[day]))
        if effect is None:
            return later, 0
        start, due = cast("tuple[int, int]", effect)
        after = np.maximum(later, due) if self.price is None else np.full_like(states, due)
        return charged(after, np.maximum(0, states - start), self.price)


MOST_PAIRS = 60
"""Pairs of templates that fit into a state."""


@dataclass(frozen=True)
class Successions(Resource):
    """What was worked on the day before, as far as it forbids anything."""

    pairs: tuple[tuple[str, frozenset[str]], ...]
    """A template, and those that may not follow."""
    before: frozenset[str]
    """Templates of the day before the first."""
    price: int | None

    @property
    def start(self) -> int:
        """Pairs that the day before has begun, as bits."""
        return sum(1 << i for i, (first, _) in enumerate(self.pairs) if first in self.before)

    def effect(self, day: int, duty: Duty | None) -> Hashable:  # noqa: ARG002
        """Give the pairs that the duty begins, and those that it ends, as bits."""
        if duty is None:
            return 0, 0
        begun = sum(1 << i for i, (first, _) in enumerate(self.pairs) if first == duty.template)
        ended = sum(1 << i for i, (_, then) in enumerate(self.pairs) if duty.template in then)
        return begun, ended

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:  # noqa: ARG002
        """Count the pairs that are complete."""
        begun, ended = cast("tuple[int, int]", effect)
        broken = states & ended
        units = sum(((broken >> i) & 1 for i in range(len(self.pairs))), np.zeros_like(states))
        return charged(np.full_like(states, begun), units, self.price)


@dataclass(frozen=True)
class Duties(Resource):
    """Days that must not stay free."""

    days: frozenset[int]

    @property
    def start(self) -> int:
        """Nothing to remember."""
        return 0

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Tell whether the day is free, and must not be."""
        return duty is None and day in self.days

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:  # noqa: ARG002
        """Forbid the free day."""
        return charged(states, np.full_like(states, int(bool(effect))), None)


def trailing(days: range, holds: Callable[[int], bool]) -> int:
    """Count how many of the last days hold in a row."""
    run = 0
    for day in reversed(days):
        if not holds(day):
            break
        run += 1
    return run


def rest_resource(employee: Employee, horizon: Horizon, minutes: int, price: int | None) -> Rest:
    """Describe that so many minutes lie between shifts; with a price, after the last one only."""
    past = past_duties(horizon, employee)
    ends = [duty.end for duty in (past if price is None else past[-1:])]
    due = max((end + minutes for end in ends), default=0)
    return Rest(horizon.midnights, minutes, max(0, due), price)


def whole_horizon(
    instance: Instance, already: int, least: int, most: int | None
) -> tuple[Period, ...]:
    """Give the horizon as one period."""
    return (Period(0, instance.horizon.days - 1, already, least, most),)


def weekly(
    employee: Employee, instance: Instance, least: int, most: int | None, *, minutes: bool
) -> tuple[Period, ...]:
    """Give the weeks as periods; a minimum binds where every day is known."""
    horizon, past = instance.horizon, past_duties(instance.horizon, employee)
    found = []
    for week in horizon.weeks():
        before = sum(duty.paid_minutes if minutes else 1 for duty in past if duty.day in week)
        known = week[0] >= known_since(horizon, employee) and week[-1] < horizon.days
        last = min(week[-1], horizon.days - 1)
        found.append(Period(max(0, week[0]), last, before, least if known else 0, most))
    return tuple(found)
