"""Days off in a row, at least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count
from ..models.roster import Roster
from .automata import Templates
from .runs import ShortestRun, Step

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


class MinConsecutiveDaysOff(ShortestRun):
    """Who has time off has at least `days` days of it in a row.

    A run is judged when it ends in the horizon, with its days before the horizon. A run that
    reaches the horizon's end is judged only with `at_end` "closed"; one that reaches back to the
    first known day only with `at_start` "closed": then what is known is taken for all of it.

    Notes
    -----
    For every day s and length l < days: not (day s − 1 worked, days s … s + l − 1 off, day s + l
    worked); a closed edge stands for a worked day. Weighted: the missing days, days − l, of each
    such run.

    Source: days-off limits of the nurse-rostering benchmarks (Curtois and Qu 2014).
    Both edges are closed in INRC-I, the horizon's end is open in INRC-II.

    Examples
    --------
    Holds with 2 days: work, off, off, work.

    Broken, by one day: work, off, work.
    """

    unit: ClassVar[str] = "day"
    what: ClassVar[str] = "days off"
    example: ClassVar[dict[str, object]] = {"kind": "min_consecutive_days_off", "days": 2}

    kind: Literal["min_consecutive_days_off"] = "min_consecutive_days_off"
    days: Annotated[Count, Field(ge=2)]

    @property
    def limit(self) -> int:
        """Days in a row that are due."""
        return self.days

    def counted(self) -> tuple[Templates, bool]:
        """Say what makes a run."""
        return Templates(), True

    def posted(self, block: EmployeeBlock, step: Step) -> expressions.Literal:
        """Tell whether the day is free."""
        return block.negated(block.works(step[0]))

    def seen(self, roster: Roster, step: Step) -> bool:
        """Tell whether the day is free."""
        return step[0] not in roster.worked_days
