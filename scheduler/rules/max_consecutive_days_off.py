"""Days off in a row, at most."""

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


class MaxConsecutiveDaysOff(LongestRun):
    """Nobody is off for more than `days` days in a row.

    Days off before the horizon lengthen a run; only days of the horizon can be one too many.

    Notes
    -----
    Σ_{d' = d − days … d} w_d' ≥ 1 for every day d of the horizon, w_d = 1 if a shift starts on day
    d. Weighted: the number of such windows without a shift.

    Source: consecutive free days of the nurse rostering competitions INRC-I (Haspeslagh et al.
    2014) and INRC-II (Ceschia et al. 2019).

    Examples
    --------
    Holds with 3 days: work, off, off, off, work.

    Broken, by one day: work, off, off, off, off, work.
    """

    unit: ClassVar[str] = "day"
    what: ClassVar[str] = "days off"
    example: ClassVar[dict[str, object]] = {"kind": "max_consecutive_days_off", "days": 4}

    kind: Literal["max_consecutive_days_off"] = "max_consecutive_days_off"
    days: Annotated[Count, Field(ge=1)]

    @property
    def limit(self) -> int:
        """Days in a row that are allowed."""
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
