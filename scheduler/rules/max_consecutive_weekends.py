"""Working weekends in a row, at most."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..models.base import Count
from .runs import LongestRun
from .weekends import WeekendRun


class MaxConsecutiveWeekends(WeekendRun, LongestRun):
    """Nobody works on more than `weekends` weekends in a row.

    A weekend is worked if a shift starts on one of its days. Weekends before the horizon lengthen a
    run; only weekends with a day in the horizon can be one too many. Of a weekend that is cut by
    the horizon's end, or by the first known day, the days inside count. With 0, no weekend is
    worked.

    Notes
    -----
    Σ_{k' = k − weekends … k} v_k' ≤ weekends for every weekend k, v_k = 1 if a shift starts on one
    of its days. Weighted: the number of such windows.

    Source: consecutive working weekends of INRC-I (Haspeslagh et al. 2014).

    Examples
    --------
    Holds with 2 weekends: two working weekends, a free one, a working one.

    Broken, by one weekend: three working weekends in a row.
    """

    unit: ClassVar[str] = "weekend"
    what: ClassVar[str] = "working weekends"
    example: ClassVar[dict[str, object]] = {"kind": "max_consecutive_weekends", "weekends": 2}

    kind: Literal["max_consecutive_weekends"] = "max_consecutive_weekends"
    weekends: Count

    @property
    def limit(self) -> int:
        """Weekends in a row that are allowed."""
        return self.weekends
