"""Erlang's formulas agree with published tables, with their definition, and with their limits."""

import math

import pytest

from scheduler.queueing.erlang import (
    delay_probability,
    erlang_b,
    required_staff_hundredths,
    service_level,
)


def loss_by_definition(erlangs: float, staff: int) -> float:
    """Divide a^n / n! by the sum of all such terms."""
    terms = [math.exp(k * math.log(erlangs) - math.lgamma(k + 1)) for k in range(staff + 1)]
    return terms[-1] / math.fsum(terms)


@pytest.mark.parametrize("erlangs", [0.01, 0.5, 3.0, 20.0, 90.0])
@pytest.mark.parametrize("staff", [1, 2, 7, 25, 100])
def test_loss_matches_its_definition(erlangs: float, staff: int) -> None:
    """The recursion is the textbook sum, at loads small and large."""
    assert erlang_b(erlangs, staff) == pytest.approx(loss_by_definition(erlangs, staff), rel=1e-9)


@pytest.mark.parametrize(("staff", "level"), [(13, 0.796), (14, 0.888)])
def test_level_of_a_hundred_calls(staff: int, level: float) -> None:
    """100 calls of 180 s in half an hour, answered within 20 s: the standard worked example."""
    assert service_level(10.0, staff, 20, 180) == pytest.approx(level, abs=5e-4)


@pytest.mark.parametrize(
    ("staff", "level"), [(21, 0.36), (22, 0.59), (23, 0.75), (24, 0.85), (25, 0.91), (26, 0.95)]
)
def test_the_power_of_one(staff: int, level: float) -> None:
    """The published table of 400 calls of 180 s an hour, answered within 30 s."""
    assert service_level(20.0, staff, 30, 180) == pytest.approx(level, abs=6e-3)


def test_a_queue_without_end_keeps_no_promise() -> None:
    """At or above the load of all staff, everybody waits and nobody is answered in time."""
    assert delay_probability(5.0, 5) == 1.0
    assert service_level(5.0, 5, 20, 180) == 0.0
    assert service_level(0.0, 0, 20, 180) == 1.0


def test_large_loads_stay_finite() -> None:
    """Ten thousand erlangs neither overflow nor vanish."""
    level = service_level(10_000.0, 10_100, 20, 180)
    assert 0.5 < level < 1


@pytest.mark.parametrize("erlangs", [0.05, 0.9, 4.2, 13.0, 57.3])
@pytest.mark.parametrize("target", [0.5, 0.8, 0.95])
def test_required_staff_is_the_least(erlangs: float, target: float) -> None:
    """The sizing reaches the target, and a hundredth of a person less does not."""
    need = required_staff_hundredths(erlangs, target, 20, 188)
    assert service_level(erlangs, need / 100, 20, 188) >= target - 1e-9
    assert service_level(erlangs, (need - 1) / 100, 20, 188) < target
