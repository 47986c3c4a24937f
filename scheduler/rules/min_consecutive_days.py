"""Working days in a row, at least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule
from .runs import finished_runs, short_runs

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class MinConsecutiveDays(Rule):
    """Who comes to work stays for at least `days` days in a row.

    A run is judged when it ends in the horizon, with its days before the horizon. Runs are not
    judged that reach the horizon's end, or whose beginning is not known.

    Notes
    -----
    For every day s and length l < days: not (day s − 1 off, days s … s + l − 1 worked, day s + l
    off). Weighted: the missing days, days − l, of each such run.

    Source: consecutive-shift limits of the nurse-rostering benchmarks (Curtois and Qu 2014).

    Examples
    --------
    Holds with 2 days: off, work, work, off.

    Broken, by one day: off, work, off.
    """

    unit: ClassVar[str] = "day"
    example: ClassVar[dict[str, object]] = {"kind": "min_consecutive_days", "days": 2}

    kind: Literal["min_consecutive_days"] = "min_consecutive_days"
    days: Annotated[Count, Field(ge=2)]

    def post(self, block: EmployeeBlock) -> None:
        """Forbid every run that is too short."""
        for before, run, after in short_runs(block, self.days):
            block.forbid_pattern(self, worked=run, off=(before, after), amount=self.days - len(run))

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Measure every finished run."""
        for run in finished_runs(roster, worked=True):
            if len(run) < self.days:
                message = f"{len(run)} working days in a row, at least {self.days} due"
                when = roster.label(run[0])
                yield self.violation(roster, when, self.days - len(run), message)
