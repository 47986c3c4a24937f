"""Working weekends in a row, at least."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count
from .runs import ShortestRun
from .weekends import WeekendRun


class MinConsecutiveWeekends(WeekendRun, ShortestRun):
    """Who works on a weekend does so on at least `weekends` weekends in a row.

    A weekend is worked if a shift starts on one of its days. A run is judged when it ends in the
    horizon, with its weekends before the horizon. A run that reaches the last weekend is judged
    only with `at_end` "closed"; one that reaches back to the first known weekend only with
    `at_start` "closed". Of a weekend that is cut by the horizon's end, or by the first known day,
    the days inside count.

    Notes
    -----
    For every weekend k and length l < weekends: not (weekends k … k + l − 1 worked, k − 1 and k + l
    free). Weighted: the missing weekends, weekends − l, of each such run.

    Source: consecutive working weekends of INRC-I (Haspeslagh et al. 2014), both edges closed.

    Examples
    --------
    Holds with 2 weekends: free, work, work, free.

    Broken, by one weekend: free, work, free.
    """

    unit: ClassVar[str] = "weekend"
    what: ClassVar[str] = "working weekends"
    example: ClassVar[dict[str, object]] = {"kind": "min_consecutive_weekends", "weekends": 2}

    kind: Literal["min_consecutive_weekends"] = "min_consecutive_weekends"
    weekends: Annotated[Count, Field(ge=2)]

    @property
    def limit(self) -> int:
        """Weekends in a row that are due."""
        return self.weekends
