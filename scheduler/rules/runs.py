"""Shared by the rules on short runs: which runs a roster has, and how they are forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ..models.roster import Roster

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


def finished_runs(roster: Roster, *, worked: bool) -> Iterator[range]:
    """Find runs of worked days, or of days off, of known length that end in the horizon."""
    known = roster.days()
    for state, days in groupby(known, key=lambda day: day in roster.worked_days):
        run = list(days)
        ends_in_horizon = 0 <= run[-1] + 1 < known.stop
        if state == worked and run[0] > known.start and ends_in_horizon:
            yield range(run[0], run[-1] + 1)


def short_runs(block: EmployeeBlock, shortest: int) -> Iterator[tuple[int, range, int]]:
    """Every place of a run that is too short: the day before, the run, the day after."""
    for first in range(block.known_since + 1, block.horizon_days):
        for after in range(first + 1, min(first + shortest, block.horizon_days)):
            if after >= 0:
                yield first - 1, range(first, after), after
