"""Shared by the rules on weekends that describe themselves as automata.

Weekends follow each other and never share a day, so only the present one is kept in mind.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import cast

import numpy as np

from ..models.resource import Integers, Resource, Stepped
from ..models.roster import Duty
from .automata import LongRun, ShortRun, Templates, charged

Weekends = tuple[tuple[int, ...], ...]
"""The days of each, in order."""

OUTSIDE, WORKED, FREE = 0, 1, 2
MIXED = WORKED | FREE


def ends(weekends: Weekends, day: int) -> bool:
    """Tell whether a weekend ends on the day."""
    return any(day == days[-1] for days in weekends)


def worked_or_free(weekends: Weekends, day: int, duty: Duty | None) -> int:
    """Tell of a day of a weekend whether it is worked."""
    if not any(day in days for days in weekends):
        return OUTSIDE
    return FREE if duty is None else WORKED


@dataclass(frozen=True)
class AllOrNothing(Resource):
    """Whether days of the present weekend were worked, and whether some were free, as bits."""

    weekends: Weekends
    before: int
    """The same of days before the horizon, for the first weekend."""
    price: int | None

    @property
    def start(self) -> int:
        """What is known of the first weekend."""
        return self.before

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Tell whether a day of a weekend is worked."""
        return worked_or_free(self.weekends, day, duty)

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Note the day; judge the weekend on its last one."""
        states = states | cast("int", effect)
        if not ends(self.weekends, day):
            return states, 0
        return charged(np.zeros_like(states), 1 * (states == MIXED), self.price)


SOME_FREE, SEVERAL, ONE = 1, 2, 3
"""States: a day was free; more than one template, no day free; from here on, one template."""


@dataclass(frozen=True)
class OneTemplate(Resource):
    """The only template of the present weekend, as long as every day is worked."""

    weekends: Weekends
    templates: tuple[str, ...]
    """All that there are."""
    before: int
    """State before the horizon, of the first weekend; 0 if nothing of it is over."""
    price: int | None

    @property
    def start(self) -> int:
        """What is known of the first weekend."""
        return self.before

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Give the template of a day of a weekend."""
        if worked_or_free(self.weekends, day, duty) == OUTSIDE:
            return None
        return SOME_FREE if duty is None else ONE + self.templates.index(duty.template)

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Compare with the templates so far; judge the weekend on its last day."""
        if effect is None:
            return states, 0
        now = cast("int", effect)
        if now == SOME_FREE:
            states = np.full_like(states, SOME_FREE)
        else:
            others = np.where(states >= ONE, np.where(states == now, now, SEVERAL), states)
            states = np.where(states == 0, now, others)
        if not ends(self.weekends, day):
            return states, 0
        return charged(np.zeros_like(states), 1 * (states == SEVERAL), self.price)


@dataclass(frozen=True)
class NightBefore(Resource):
    """Whether the weekend that begins, or is free so far, comes after a night."""

    weekends: Weekends
    nights: Templates
    before: int
    """1, if a weekend that reaches into the horizon is free so far and came after a night."""
    price: int | None

    @property
    def start(self) -> int:
        """What is known of the first weekend."""
        return self.before

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Tell whether a day of a weekend is worked, and whether one before it is with a night."""
        is_eve = any(day == days[0] - 1 for days in self.weekends)
        return worked_or_free(self.weekends, day, duty), is_eve and duty in self.nights

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Forget nights before weekends with work; judge a free weekend on its last day."""
        seen, night = cast("tuple[int, bool]", effect)
        pending = np.zeros_like(states) if seen == WORKED else states
        after = np.full_like(states, night) if ends(self.weekends, day) or night else pending
        units = pending if ends(self.weekends, day) else np.zeros_like(states)
        return charged(after, units, self.price)


@dataclass(frozen=True)
class WeekendsInARow(Resource):
    """A run of weekends: twice the state of the run, and one more if the present one is worked."""

    weekends: Weekends
    run: LongRun | ShortRun
    begun: bool
    """Whether the first weekend was worked before the horizon."""

    @property
    def start(self) -> int:
        """The run that reaches the first weekend."""
        return 2 * self.run.start + self.begun

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Tell whether a day of a weekend is worked."""
        return worked_or_free(self.weekends, day, duty) == WORKED

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Mark the weekend as worked; lengthen or end the run once the weekend is over."""
        states = states | int(bool(effect))
        if not ends(self.weekends, day):
            return states, 0
        runs, worked = states // 2, states % 2 == 1
        longer, dear = self.run.step(day, True, runs)
        ended, due = self.run.step(day, False, runs)
        after = np.where(worked, longer, ended)
        # A state that is forbidden stays below 0 when doubled, but has to be the one for that.
        return np.where(after < 0, after, 2 * after), np.where(worked, dear, due)

    def finish(self, states: Integers) -> Integers:
        """Judge the run that reaches the end."""
        return self.run.finish(states // 2)
