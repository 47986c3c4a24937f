"""The examples that the access floors are documented with are true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import Floor
from scheduler.floors.access import AccessFloor, Loss
from scheduler.queueing import performance, required_hundredths

LEVEL = {"kind": "service_level", "service": "calls", "target": 0.8, "within_seconds": 20}
WAIT = {"kind": "wait", "service": "calls", "at_most_seconds": 30}
ABANDONMENT = {"kind": "abandonment", "service": "calls", "at_most": 0.05}


@pytest.mark.parametrize(
    ("asked", "patience", "people", "value", "held"),
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
    asked: dict[str, Any], patience: float | None, people: int, value: float, held: bool
) -> None:
    """100 calls of 180 s: the figures of the documentation, and on which side of the promise."""
    floor = Floor.parse(asked)
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


@given(
    first=st.integers(0, 5),
    drops=st.lists(st.integers(0, 50), max_size=8),
    need=st.integers(0, 2000),
    more=st.integers(0, 900),
)
def test_a_table_above_a_need_says_the_same_from_there_on(
    first: int, drops: list[int], need: int, more: int
) -> None:
    """What is left out is what staff that reaches the need cannot ask for."""
    loss = Loss(3, 100 * first, 100 * sum(drops) + 7, tuple(drops))
    above = loss.above(need)
    assert above.at(need + more) == loss.at(need + more)
    assert above.first <= max(need, loss.first)
    assert len(above.drops) <= len(drops)
