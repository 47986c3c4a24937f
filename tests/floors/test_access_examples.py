"""The examples that the access floors are documented with are true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scheduler import Floor
from scheduler.floors.access import AccessFloor
from scheduler.queueing import performance, required_hundredths

LEVEL = {"kind": "service_level", "service": "calls", "target": 0.8, "within_seconds": 20}
WAIT = {"kind": "wait", "service": "calls", "at_most_seconds": 30}
ABANDONMENT = {"kind": "abandonment", "service": "calls", "at_most": 0.05}


@pytest.mark.parametrize(
    ("given", "patience", "people", "value", "held"),
    [
        (LEVEL, None, 14, 0.888, True),
        (LEVEL, None, 13, 0.796, False),
        (WAIT, None, 13, 17, True),
        (WAIT, None, 11, 123, False),
        (ABANDONMENT, 120, 13, 0.038, True),
        (ABANDONMENT, 120, 12, 0.062, False),
    ],
)
def test_a_hundred_calls_in_half_an_hour(
    given: dict[str, Any], patience: float | None, people: int, value: float, held: bool
) -> None:
    """100 calls of 180 s: the figures of the documentation, and on which side of the promise."""
    floor = Floor.parse(given)
    assert isinstance(floor, AccessFloor)
    found = performance(200, people, 180, patience_seconds=patience, within_seconds=floor.within)
    reached = float(getattr(found, floor.measure))
    assert reached == pytest.approx(value, rel=0.015)
    assert floor.is_implied_by(reached) is held


def test_one_rich_interval_carries_a_thin_one() -> None:
    """13 people alone lack 0.05; with 14 in an equal interval the day is kept."""
    need = required_hundredths("service_level", 0.8, [200.0], 180, within_seconds=20)
    assert need.tolist() == [1305]
    levels = performance(200, np.array([13, 14]), 180, within_seconds=20).service_level
    assert levels[0] < 0.8 < levels.mean()
