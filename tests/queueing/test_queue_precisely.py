"""The queue formulas agree with sums and integrals worked out to forty digits."""

from __future__ import annotations

from itertools import product

import numpy as np
import precise
import pytest

from scheduler.queueing import erlang_b, erlang_c, performance

LOADS = (0.01, 0.4, 3.0, 20.0, 90.0, 700.0)
SPARE = (-2.0, -0.5, 0.0, 0.5, 2.0, 6.0)
"""Agents beyond the load, in square roots of it."""
LEAVING = (0.02, 1.0, 15.0)
"""Hang-ups of who waits in a mean handle time."""

CASES = sorted(
    {
        (load, max(1, round(load + spare * load**0.5)), theta)
        for load, spare, theta in product(LOADS, SPARE, LEAVING)
    }
)

FEW_AND_REST = [
    pytest.param(*case, marks=() if i % 7 == 3 else pytest.mark.slow)
    for i, case in enumerate(CASES)
]


@pytest.mark.parametrize(("load", "staff", "theta"), FEW_AND_REST)
def test_every_measure_with_patience(load: float, staff: int, theta: float) -> None:
    """Erlang A: ten digits, from a hundredth of an erlang to hundreds, thin and rich in staff."""
    within = 0.3 / (1 + abs(staff - load) + (load * theta) ** 0.5)
    exact = precise.performance(load, staff, theta, within)
    unit = 100.0
    found = performance(
        load * 3600 / unit,
        staff,
        unit,
        patience_seconds=unit / theta,
        within_seconds=within * unit,
    )
    for measure, value in exact.items():
        scale = unit if measure.endswith("_seconds") else 1
        assert float(getattr(found, measure)) == pytest.approx(
            float(value) * scale, rel=1e-9, abs=1e-13
        ), measure


@pytest.mark.parametrize("load", [*LOADS, 10_000.0])
def test_loss(load: float) -> None:
    """Erlang B is its definition, to twelve digits and in the far tails too."""
    spare = np.array([-8, -3, -1, 0, 1, 3, 8])
    staff = np.unique(np.maximum(0, np.round(load + spare * load**0.5)))
    exact = [float(precise.blocked(load, int(n))) for n in staff]
    assert erlang_b(load, staff) == pytest.approx(exact, rel=1e-11, abs=0)


@pytest.mark.parametrize("load", [*LOADS, 10_000.0])
def test_delay_without_patience(load: float) -> None:
    """Erlang C follows from Erlang B, and level and wait from Erlang C."""
    staff = np.floor(load + np.array([0.01, 0.5, 2, 6]) * load**0.5) + 1
    loss = np.array([float(precise.blocked(load, int(n))) for n in staff])
    delay = staff * loss / (staff - load * (1 - loss))
    assert erlang_c(load, staff) == pytest.approx(delay, rel=1e-11, abs=0)
    found = performance(load * 36, staff, 100, within_seconds=30)
    assert found.mean_wait_seconds == pytest.approx(delay * 100 / (staff - load), rel=1e-10)
    assert found.mean_wait_of_all_seconds == pytest.approx(found.mean_wait_seconds, rel=1e-12)
    level = 1 - delay * np.exp(-(staff - load) * 0.3)
    assert found.service_level == pytest.approx(level, rel=1e-12)
    assert found.service_level_of_answered == pytest.approx(level, rel=1e-12)
    assert found.service_level_without_short_abandons == pytest.approx(level, rel=1e-12)
    assert found.occupancy == pytest.approx(load / staff, rel=1e-12)
