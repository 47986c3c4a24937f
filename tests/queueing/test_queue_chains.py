"""What becomes of customers agrees with following each of them through a Markov chain."""

from __future__ import annotations

import math

import pytest
from chains import Followed, follow

from scheduler.queueing import Performance, performance

SETTINGS = [
    # load, agents, patience in handle times, T in handle times
    (0.2, 1, 1.0, 0.5),
    (0.8, 1, None, 0.1),
    (4.0, 5, 0.4, 0.1),
    (4.0, 5, 3.0, 0.0),
    (9.0, 7, 0.5, 0.2),
    (8.0, 10, None, 0.3),
    (30.0, 28, 1.0, 0.05),
    (30.0, 33, 0.05, 0.02),
    (30.0, 36, 20.0, 0.4),
]
UNIT = 200.0
"""Seconds of a handle time."""


def _compare(found: Performance, seen: Followed) -> None:
    answered = seen.answered_in_time + seen.answered_late
    shares = {
        "delay_probability": 1 - seen.at_once,
        "service_level": seen.answered_in_time,
        "service_level_of_answered": seen.answered_in_time / answered,
        "service_level_without_short_abandons": seen.answered_in_time / (1 - seen.gone_in_time),
        "abandonment": seen.gone_in_time + seen.gone_late,
        "occupancy": seen.places_used,
        "mean_wait_seconds": seen.wait_of_answered * UNIT,
        "mean_wait_of_all_seconds": seen.wait_of_all * UNIT,
    }
    for measure, value in shares.items():
        assert float(getattr(found, measure)) == pytest.approx(value, rel=1e-7, abs=1e-10), measure


@pytest.mark.parametrize(("load", "staff", "patience", "within"), SETTINGS)
def test_the_three_service_levels(
    load: float, staff: int, patience: float | None, within: float
) -> None:
    """Of offered, of answered, without short abandons: each is counted, customer by customer."""
    leaving = 1 / patience if patience else 0.0
    seen = follow(load, float, staff, leaving, within)
    found = performance(
        load * 3600 / UNIT,
        staff,
        UNIT,
        patience_seconds=None if patience is None else patience * UNIT,
        within_seconds=within * UNIT,
    )
    _compare(found, seen)


@pytest.mark.parametrize("factors", [(1.0, 1.0), (1.0, 1.3), (1.0, 1.2, 1.6), (1.0, 2.0)])
@pytest.mark.parametrize("patience", [0.3, 2.0, None])
def test_chats_held_at_once(factors: tuple[float, ...], patience: float | None) -> None:
    """With several contacts an agent, those in hand are spread evenly and slow each other down."""
    agents, held = 3, len(factors)
    load = 0.8 * agents * held / factors[-1]

    def finishing(contacts: int) -> float:
        each, more = divmod(contacts, agents)
        pace = [0.0, *(i / factor for i, factor in enumerate(factors, start=1))]
        return (agents - more) * pace[each] + (more * pace[each + 1] if more else 0.0)

    leaving = 1 / patience if patience else 0.0
    seen = follow(load, finishing, agents * held, leaving, 0.2)
    found = performance(
        load * 3600 / UNIT,
        agents,
        [UNIT * factor for factor in factors],
        patience_seconds=None if patience is None else patience * UNIT,
        within_seconds=0.2 * UNIT,
    )
    _compare(found, seen)


def test_one_agent_with_two_chats_by_hand() -> None:
    """States 0, 1, 2 and a line: the fractions follow from the balance of flows.

    One chat an hour arrives, a single one takes an hour, each of two takes an hour and a half: an
    agent with two finishes 4/3 an hour. Without patience the line falls off by 3/4 a place:
    p0 = p1, p2 = 3/4 p1, and p2 + p3 + … = 4 p2 = 3 p1. So p1 = 1/5, and 3/5 find two in hand.
    """
    found = performance(1, 1, [3600, 5400], within_seconds=1800)
    assert float(found.delay_probability) == pytest.approx(3 / 5, rel=1e-12)
    wait = 3 / 5 / (4 / 3 - 1)
    assert float(found.mean_wait_seconds) == pytest.approx(3600 * wait, rel=1e-12)
    level = 1 - 3 / 5 * math.exp(-(4 / 3 - 1) / 2)
    assert float(found.service_level) == pytest.approx(level, rel=1e-12)
    assert float(found.occupancy) == pytest.approx((0.5 * 1 + 3) / 5, rel=1e-12)


def test_one_agent_with_two_chats_and_no_line_by_hand() -> None:
    """Where nobody waits, p0 = p1 = 4/11 and p2 = 3/11: three of eleven are turned away."""
    found = performance(1, 1, [3600, 5400], patience_seconds=0)
    assert float(found.abandonment) == pytest.approx(3 / 11, rel=1e-12)
    assert float(found.occupancy) == pytest.approx((0.5 * 4 + 3) / 11, rel=1e-12)
