"""How far starts may move from one day to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.base import MINUTES_PER_DAY, Minutes, format_clock
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


class StartVariation(Rule):
    """On two days worked in a row, shifts start at most `minutes` apart on the clock.

    Midnight is no wall: 23:30 and 00:15 are 45 minutes apart. The last day before the horizon
    counts.

    Notes
    -----
    x_o + x_p ≤ 1 for options o, p on consecutive days whose start times differ by more, posted by
    start time. Weighted: the minutes beyond.

    Source: start-time consistency of commercial work plans (flexible start within a variance).

    Examples
    --------
    Holds with 120 minutes: Monday from 08:00, Tuesday from 09:30.

    Broken, by 60 minutes: Monday from 08:00, Tuesday from 11:00.
    """

    unit: ClassVar[str] = "minute"
    example: ClassVar[dict[str, object]] = {"kind": "start_variation", "minutes": 120}

    kind: Literal["start_variation"] = "start_variation"
    minutes: Minutes

    def post(self, block: EmployeeBlock) -> None:
        """Post every pair of start times that are too far apart."""
        for day in range(-1, block.horizon_days - 1):
            today, tomorrow = _starts(block, day), _starts(block, day + 1)
            for clock, starting in today.items():
                far = {other: lit for other, lit in tomorrow.items() if self._excess(clock, other)}
                if self.weight is None and far and not isinstance(starting, bool):
                    # Tomorrow has at most one start, so all that are too far share one clique.
                    block.model.add_at_most_one([starting, *far.values()])
                    continue
                for other, literal in far.items():
                    block.forbid(self, [starting, literal], self._excess(clock, other))

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare each duty with those on the day before."""
        for late in roster.planned:
            for early in roster.on(late.day - 1):
                apart = abs(late.clock - early.clock)
                excess = min(apart, MINUTES_PER_DAY - apart) - self.minutes
                if excess > 0:
                    message = f"starts at {format_clock(late.clock)}, the day before at "
                    message += format_clock(early.clock)
                    yield self.violation(roster, roster.label(late.day), excess, message)

    def _excess(self, one: int, other: int) -> int:
        difference = (other - one) % MINUTES_PER_DAY
        return max(0, min(difference, MINUTES_PER_DAY - difference) - self.minutes)


def _starts(block: EmployeeBlock, day: int) -> dict[int, expressions.Literal]:
    """Literals of a day by start time on the clock."""
    if day < 0:
        return {duty.clock: True for duty in block.past_on(day)}
    by_clock = defaultdict(list)
    for choice in block.on(day):
        by_clock[choice.duty.clock].append(choice)
    return {clock: block.any_of(choices) for clock, choices in by_clock.items()}
