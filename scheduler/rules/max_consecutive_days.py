"""Working days in a row, at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class MaxConsecutiveDays(Rule):
    """Nobody works more than `days` days in a row.

    Days before the horizon lengthen a run; only days of the horizon can be one too many.

    Notes
    -----
    Σ_{d' = d − days … d} w_d' ≤ days for every day d of the horizon, w_d = 1 if a shift starts on
    day d. Weighted: the number of such windows worked without a day off, which is by how many days
    the runs are too long.

    Source: consecutive-shift limits of the nurse-rostering benchmarks (Curtois and Qu 2014).

    Examples
    --------
    Holds with 5 days: Monday to Friday.

    Broken, by one day: Monday to Saturday.
    """

    unit: ClassVar[str] = "day"
    example: ClassVar[dict[str, object]] = {"kind": "max_consecutive_days", "days": 5}

    kind: Literal["max_consecutive_days"] = "max_consecutive_days"
    days: Annotated[Count, Field(ge=1)]

    def post(self, block: EmployeeBlock) -> None:
        """Forbid every window of one day too many."""
        for day in range(block.horizon_days):
            if day - self.days >= block.known_since:
                block.forbid_pattern(self, worked=range(day - self.days, day + 1), off=())

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Count each run, and its days that are too many."""
        run = 0
        for day in roster.days():
            run = run + 1 if day in roster.worked_days else 0
            if run > self.days and day >= 0:
                message = f"day {run} in a row, at most {self.days} allowed"
                yield self.violation(roster, roster.label(day), 1, message)
