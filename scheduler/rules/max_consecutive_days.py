"""Working days in a row, at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count
from ..models.roster import Roster
from .automata import Templates
from .runs import LongestRun, Step

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


class MaxConsecutiveDays(LongestRun):
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
    what: ClassVar[str] = "working days"
    example: ClassVar[dict[str, object]] = {"kind": "max_consecutive_days", "days": 5}

    kind: Literal["max_consecutive_days"] = "max_consecutive_days"
    days: Annotated[Count, Field(ge=1)]

    @property
    def limit(self) -> int:
        """Days in a row that are allowed."""
        return self.days

    def counted(self) -> tuple[Templates, bool]:
        """Say what makes a run."""
        return Templates(), False

    def posted(self, block: EmployeeBlock, step: Step) -> expressions.Literal:
        """Tell whether the day is worked."""
        return block.works(step[0])

    def seen(self, roster: Roster, step: Step) -> bool:
        """Tell whether the day is worked."""
        return step[0] in roster.worked_days
