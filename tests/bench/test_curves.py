"""Gaps over time, worked out by hand."""

from decimal import Decimal

import pytest

from scheduler.bench.curves import (
    Standing,
    bound_steps,
    first_within,
    gap_to,
    primal_integral,
    primal_steps,
    standing,
    value_at,
    worst_median,
)
from scheduler.bench.runs import Run
from scheduler.models.result import TracePoint


def _run(status: str = "feasible", cost: int | None = 110, **fields: object) -> Run:
    money = None if cost is None else Decimal(cost)
    return Run("s", "i", "auto", 10.0, 0, status, cost=money, **fields)  # type: ignore[arg-type]


def _point(seconds: float, cost: int | None, bound: int | None) -> TracePoint:
    known = (None if value is None else Decimal(value) for value in (cost, bound))
    return TracePoint(seconds, *known)


TRACE = (_point(1, None, 50), _point(2, 200, 50), _point(4, 125, 80), _point(9, 110, 80))


def test_the_primal_integral_by_hand() -> None:
    """2 s at 1, 2 s at a half, 5 s at a fifth, and 1 s at a tenth of 110."""
    found = primal_integral(_run(), TRACE, Decimal(100))
    assert found == pytest.approx(2 * 1 + 2 * 0.5 + 5 * 0.2 + 1 * (10 / 110))


def test_who_never_has_a_schedule_has_the_whole_time() -> None:
    """No average over infinities: nothing found is a gap of 1."""
    assert primal_integral(_run("unknown", None), TRACE[:1], Decimal(100)) == 10


@pytest.mark.parametrize("status", ["crash", "timeout", "bad_input"])
def test_failures_have_no_integral(status: str) -> None:
    """What did not end well is counted elsewhere."""
    assert primal_integral(_run(status, None), (), Decimal(100)) is None


def test_rejected_schedules_do_not_count() -> None:
    """What the engine told of a schedule is nothing if the checker refused it."""
    run = _run("violations", None, violating_cost=Decimal(90))
    assert primal_steps(run, TRACE, Decimal(100)) == [(0.0, 1.0)]


def test_claims_below_the_checked_cost_do_not_count() -> None:
    """An engine that tells of a cost which the checker does not confirm gains nothing."""
    steps = primal_steps(_run(seconds=10.0), (_point(1, 60, None),), Decimal(100))
    assert steps == [(0.0, 1.0), (10.0, pytest.approx(10 / 110))]


def test_better_than_the_best_known_has_no_gap() -> None:
    """It is not negative in curves, but it is in tables."""
    assert primal_steps(_run(cost=90, seconds=3.0), (), Decimal(100))[-1] == (3.0, 0.0)
    assert gap_to(Decimal(90), Decimal(100)) == pytest.approx(-0.1)
    assert gap_to(Decimal(0), Decimal(0)) == 0


def test_bounds_have_a_course_too() -> None:
    """It never rises, and a bound that was taken back does not count."""
    steps = bound_steps(_run(bound=Decimal(80), seconds=10.0), TRACE, Decimal(100))
    assert steps == [(0.0, 1.0), (1, 0.5), (4, 0.2)]
    steps = bound_steps(_run(bound=Decimal(70), seconds=10.0), TRACE, Decimal(100))
    assert steps == [(0.0, 1.0), (1, 0.5), (10.0, pytest.approx(0.3))]


def test_moments_of_a_course() -> None:
    """A step holds from its second on."""
    steps = [(0.0, 1.0), (2.0, 0.5), (4.0, 0.01)]
    assert [value_at(steps, t) for t in (0, 1.9, 2, 100)] == [1, 1, 0.5, 0.01]
    assert first_within(steps, 0.5) == 2
    assert first_within(steps, 0.001) is None


def test_what_comes_after_the_limit_changes_nothing() -> None:
    """A run that is told of late has its integral over the limit all the same."""
    late = (*TRACE[:2], _point(14, 110, 80))
    found = primal_integral(_run(seconds=14.0), late, Decimal(100))
    assert found == pytest.approx(2 * 1 + 8 * 0.5)


def test_the_unknown_is_the_worst_of_a_median() -> None:
    """One of three without a value is the last; two of four, or of three, leave none."""
    assert worst_median([0.3, None, 0.1], float("inf")) == 0.3
    assert worst_median([0.3, None, None], float("inf")) is None
    assert worst_median([0.3, None, 0.1, None], float("inf")) is None
    assert worst_median([Decimal(3), None, Decimal(5)], Decimal("-Infinity")) == 3


def test_an_end_at_once_is_no_end_at_the_limit() -> None:
    """Nought seconds are known seconds."""
    assert (_run(seconds=0.0).ended, _run().ended) == (0, 10)
    found = standing(_run("optimal", bound=Decimal(110), seconds=0.0), (), 1)
    assert found == Standing(Decimal(110), Decimal(110))
