"""Erlang C agrees with another library, over a grid of loads, staff, handle times and targets."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from pyworkforce.queuing import ErlangC

from scheduler.queueing import performance, required_hundredths

CALLS = (1, 4, 15, 60, 250, 900)
"""In half an hour."""
MINUTES = (0.5, 3.0, 11.0)
"""Handle times."""
WITHIN = (0.1, 1.0)
"""Minutes until the answer."""
BEYOND = tuple(range(1, 31))
"""Agents beyond the load."""

SETTINGS = list(product(CALLS, MINUTES, WITHIN))


def test_the_grid_is_large_enough() -> None:
    """What follows compares more than five hundred points."""
    assert len(SETTINGS) * len(BEYOND) >= 1000


@pytest.mark.parametrize(("calls", "minutes", "within"), SETTINGS)
def test_delay_level_and_occupancy(calls: float, minutes: float, within: float) -> None:
    """All three measures that the other library has, at thirty numbers of agents."""
    peer = ErlangC(transactions=calls, aht=minutes, asa=within, interval=30)
    staff = np.floor(peer.intensity) + np.array(BEYOND)
    found = performance(2 * calls, staff, 60 * minutes, within_seconds=60 * within)
    delay = [peer.waiting_probability(int(n)) for n in staff]
    level = [peer.service_level(int(n)) for n in staff]
    busy = [peer.achieved_occupancy(int(n)) for n in staff]
    assert found.delay_probability == pytest.approx(delay, rel=1e-9, abs=1e-15)
    assert found.service_level == pytest.approx(level, rel=1e-9)
    assert found.occupancy == pytest.approx(busy, rel=1e-12)


@pytest.mark.parametrize(("calls", "minutes", "within"), SETTINGS)
def test_required_people(calls: float, minutes: float, within: float) -> None:
    """The least whole staff is the same, wherever the other library begins below it."""
    peer = ErlangC(transactions=calls, aht=minutes, asa=within, interval=30)
    for target in (0.5, 0.8, 0.95):
        need = required_hundredths(
            "service_level", target, [2.0 * calls], 60 * minutes, within_seconds=60 * within
        )
        theirs = peer.required_positions(service_level=target)["raw_positions"]
        first = round(peer.intensity + 1)  # where its search begins, not always at the least
        assert max(-(-int(need[0]) // 100), first) == theirs
