"""Shared by the rules on weekends: which days make one, and which weekends are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ..models.base import Weekday, at_most
from ..models.horizon import Horizon
from ..models.roster import Roster, known_since, past_duties
from ..models.rule import Rule
from .automata import Templates, trailing
from .runs import KnownRun, RunRule, Step
from .weekend_automata import WeekendsInARow

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class WeekendRule(Rule):
    """A rule on weekends: the horizon's, or days of its own."""

    weekend: Annotated[tuple[Weekday, ...], at_most(7), Field(min_length=1)] | None = None
    """Days that make a weekend here, in order; the horizon's `weekend`, if left out."""

    def all_weekends(self, horizon: Horizon) -> list[Step]:
        """Every weekend with a day in the horizon, as day indices, also those outside it."""
        return list(horizon.weekends(days=self.weekend))

    def whole_weekends(self, horizon: Horizon, known_since: int) -> list[Step]:
        """Those of which every day is known, or planned."""
        return [
            days
            for days in self.all_weekends(horizon)
            if days[0] >= known_since and days[-1] < horizon.days
        ]


class WeekendRun(WeekendRule, RunRule):
    """A rule on runs of weekends with work on one of their days."""

    def steps(self, horizon: Horizon, known_since: int) -> list[Step]:
        """Every weekend of which a day is known or planned; only those days count."""
        weekends = horizon.weekends(known_since, self.weekend)
        known = range(known_since, horizon.days)
        return [tuple(day for day in days if day in known) for days in weekends]

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember the length of the run, and whether the present weekend is worked."""
        horizon = instance.horizon
        steps = self.steps(horizon, known_since(horizon, employee))
        over, ahead = ([s for s in steps if (s[-1] < 0) == past] for past in (True, False))
        if not ahead:
            return ()
        worked = {duty.day for duty in past_duties(horizon, employee)}
        length = trailing(range(len(over)), lambda i: not worked.isdisjoint(over[i]))
        run = self.automaton(Templates(), False, KnownRun(length, length == len(over)))
        begun = not worked.isdisjoint(ahead[0])
        return (WeekendsInARow(tuple(ahead), run, begun),)

    def posted(self, block: EmployeeBlock, step: Step) -> expressions.Literal:
        """Tell whether one of the days is worked."""
        return block.any_day(step)

    def seen(self, roster: Roster, step: Step) -> bool:
        """Tell whether one of the days is worked."""
        return any(day in roster.worked_days for day in step)
