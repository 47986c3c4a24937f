"""Confidence intervals: as wide as they have to be, and unknown where nothing is known."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.simulation.estimates import Ratio
from scheduler.simulation.tally import seconds_by_slot


def interval(pairs: list[tuple[float, float]], *, is_share: bool = True) -> list[float]:
    """Give ratio, low and high of some replications, at 95 %."""
    ratio = Ratio(is_share=is_share)
    for x, y in pairs:
        ratio.add(np.array([float(x)]), np.array([float(y)]))
    return [float(end[0]) for end in ratio.interval(0.95)]


def test_by_hand() -> None:
    """Waits of 10, 20 and 60 s on average of 10, 10 and 20 contacts: worked out on paper."""
    value, low, high = interval([(100, 10), (200, 10), (1200, 20)], is_share=False)
    # R = 1500 / 40; residuals −275, −175, 450; s = √(308750 / 2) / (√3 · 40/3); t = 4.3027
    assert value == pytest.approx(37.5)
    assert high - value == pytest.approx(
        4.30265 * (308_750 / 2) ** 0.5 / 3**0.5 / (40 / 3), rel=1e-5
    )
    assert low == 0.0, "no wait is below zero"


def test_it_covers_the_truth_as_often_as_it_says() -> None:
    """Of a thousand experiments with 20 replications each, about 95 % have the truth inside."""
    draw = np.random.default_rng(1)
    inside = 0
    for _ in range(1000):
        mood = draw.normal(0.75, 0.08, 20).clip(0, 1)
        offered = draw.poisson(40, 20)
        found = interval(list(zip(draw.binomial(offered, mood), offered, strict=True)))
        inside += found[1] <= 0.75 <= found[2]
    assert 925 <= inside <= 970


def test_a_share_of_one_is_not_certain() -> None:
    """All of 60 in time leave room for one in twenty; all of 6000 hardly for one in a thousand."""
    _, low, high = interval([(20, 20)] * 3)
    assert 0.9 < low < 0.97
    assert high == 1.0
    assert interval([(2000, 2000)] * 3)[1] > 0.999


def test_one_replication_has_no_interval() -> None:
    """There is an estimate, and no telling how good it is."""
    value, low, high = interval([(8, 10)])
    assert value == 0.8
    assert np.isnan(low) and np.isnan(high)


def test_nobody_came() -> None:
    """Nothing is known of a share of nothing."""
    assert np.isnan(interval([(0, 0), (0, 0)])).all()


def test_seconds_by_slot() -> None:
    """Stretches over no, one and many edges, and beyond both ends, are shared out exactly."""
    draw = np.random.default_rng(2)
    starts = draw.uniform(-100, 1000, 300)
    ends = starts + draw.exponential(90, 300)
    expected = [
        np.maximum(0, np.minimum(ends, (k + 1) * 60) - np.maximum(starts, k * 60)).sum()
        for k in range(15)
    ]
    assert seconds_by_slot(starts, ends, 60.0, 15) == pytest.approx(expected)
    assert (seconds_by_slot(np.array([]), np.array([]), 60.0, 3) == 0).all()
