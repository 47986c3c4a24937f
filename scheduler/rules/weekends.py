"""Shared by the rules on weekends: which days make one, and which weekends are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ..models.base import Weekday, at_most
from ..models.horizon import Horizon
from ..models.roster import Roster
from ..models.rule import Rule
from .runs import RunRule, Step

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


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

    def posted(self, block: EmployeeBlock, step: Step) -> expressions.Literal:
        """Tell whether one of the days is worked."""
        return block.any_day(step)

    def seen(self, roster: Roster, step: Step) -> bool:
        """Tell whether one of the days is worked."""
        return any(day in roster.worked_days for day in step)
