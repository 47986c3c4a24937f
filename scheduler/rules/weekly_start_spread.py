"""How far starts may lie apart within a week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.base import MINUTES_PER_DAY, ClockTime, Minutes, format_clock
from ..models.finding import Finding
from ..models.roster import Duty, Roster
from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class WeeklyStartSpread(Rule):
    """In every week, all shifts start within `minutes` of each other on the clock.

    Starts are put in order from `day_begins` on, so that 23:30 and 00:15 are 45 minutes apart if
    the day begins at 12:00. Weeks begin on the horizon's `week_starts_on`; shifts of the week that
    were worked before the horizon count, but what they lie apart themselves is not judged.

    Notes
    -----
    For each week, latest − earliest ≤ minutes with latest ≥ s_o x_o and earliest ≤ s_o + M (1 −
    x_o) for its options o that start at s_o. Weighted: the minutes beyond.

    Source: start-time consistency of commercial work plans; stability of schedules in predictable
    scheduling laws.

    Examples
    --------
    Holds with 120 minutes: Monday from 08:00, Thursday from 10:00.

    Broken, by 240 minutes: Monday from 08:00, Thursday from 14:00.
    """

    unit: ClassVar[str] = "minute"
    example: ClassVar[dict[str, object]] = {"kind": "weekly_start_spread", "minutes": 120}

    kind: Literal["weekly_start_spread"] = "weekly_start_spread"
    minutes: Minutes
    day_begins: ClockTime = 0
    """Clock time from which starts are put in order."""

    def _rank(self, duty: Duty) -> int:
        return (duty.clock - self.day_begins) % MINUTES_PER_DAY

    def post(self, block: EmployeeBlock) -> None:
        """Post the earliest and the latest start of each week."""
        for week in block.instance.horizon.weeks():
            past = [self._rank(duty) for duty in block.past if duty.day in week]
            starts = [(self._rank(c.duty), c.worked) for day in week for c in block.on(day)]
            ranks = past + [rank for rank, _ in starts]
            low, high = min(ranks, default=0), max(ranks, default=0)
            allowed = max(self.minutes, max(past, default=0) - min(past, default=0))
            if high - low <= allowed:
                continue
            earliest = block.model.new_int_var(low, min(past, default=high), "")
            latest = block.model.new_int_var(max(past, default=low), high, "")
            for rank, worked in starts:
                block.model.add(earliest <= high - (high - rank) * worked)
                block.model.add(latest >= low + (rank - low) * worked)
            slack = block.slack(self, high - low - allowed)
            block.model.add(latest - earliest <= allowed + slack)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare the starts of each week."""
        for week in roster.horizon.weeks():
            duties = sorted((d for day in week for d in roster.on(day)), key=self._rank)
            before = [duty for duty in duties if duty.day < 0]
            excess = self._spread(duties) - max(self.minutes, self._spread(before))
            if excess > 0:
                clocks = (format_clock(duties[i].clock) for i in (0, -1))
                when = f"week of {roster.label(week[0])}"
                yield self.violation(roster, when, excess, f"starts at {' and '.join(clocks)}")

    def _spread(self, duties: Sequence[Duty]) -> int:
        """Minutes between the first and the last of duties in order."""
        return self._rank(duties[-1]) - self._rank(duties[0]) if duties else 0
