"""Services: what a person counts for, after pace, shrinkage and contacts that come back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from toys import MONDAY, make_instance, staffed, with_break

from scheduler import Instance, Result, check, solve
from scheduler.grammar import read_schedule
from scheduler.models.service import Service

DEMAND = {"kind": "arrivals", "handle_time_seconds": 180, "pattern": [{"arrivals": 5}]}
LEVELS = [
    {"from_proficiency": 1.0, "share": 0.9},
    {"share": 0.6},
    {"from_proficiency": 1.2, "share": 0.95},
]
shares = st.integers(0, 99).map(lambda n: n / 100)
paces = st.integers(1, 300).map(lambda n: n / 100)


def service(**fields: Any) -> Service:
    return Service.model_validate({"id": "calls", "skill": "calls", "demand": DEMAND, **fields})


def test_without_more_a_person_counts_for_their_pace() -> None:
    """Nothing is deducted that nobody gave."""
    assert [service().pace_hundredths(pace) for pace in (0.5, 1.0, 1.25)] == [50, 100, 125]


@pytest.mark.parametrize(
    ("proficiency", "resolved"), [(0.5, 60), (0.99, 60), (1.0, 90), (1.19, 90), (1.5, 95)]
)
def test_resolution_is_that_of_the_highest_level_reached(proficiency: float, resolved: int) -> None:
    """Entries may stand in any order; the largest level not above the person's is used."""
    assert service(resolution=LEVELS).resolved_hundredths(proficiency) == resolved


def test_below_the_lowest_level_nothing_is_resolved() -> None:
    """Where levels are given, nobody is resolved by chance; without levels everybody is."""
    only_seniors = service(resolution=[{"from_proficiency": 1.0, "share": 0.9}])
    assert only_seniors.resolved_hundredths(0.8) == 0
    assert service().resolved_hundredths(0.8) == 100


def test_pace_by_hand() -> None:
    """1.25 · (1 − 0.08) · (1 − 0.5 · (1 − 0.95)) = 1.12125, rounded down: 112 hundredths."""
    found = service(resolution=LEVELS, repeat_share=0.5, shrinkage=0.08)
    assert found.pace_hundredths(1.25) == 112
    # 0.8 · 0.92 · (1 − 0.5 · 0.4) = 0.5888
    assert found.pace_hundredths(0.8) == 58


@given(paces, shares, shares, shares)
def test_pace_is_the_product_rounded_down(
    pace: float, shrinkage: float, repeat: float, resolved: float
) -> None:
    """Exact in hundredths: never a person too many, and never more than one hundredth too few."""
    found = service(resolution=[{"share": resolved}], repeat_share=repeat, shrinkage=shrinkage)
    exact = 100 * pace * (1 - shrinkage) * (1 - repeat * (1 - resolved))
    assert exact - 1 - 1e-9 < found.pace_hundredths(pace) <= exact + 1e-9


def test_repetitions_load_the_service_as_a_series() -> None:
    """λ first contacts become λ (1 + r + r² + …): the pace falls by the inverse of that sum."""
    repeat, resolved = 0.5, 0.6
    returning = repeat * (1 - resolved)
    series = sum(returning**k for k in range(60))
    found = service(resolution=[{"share": resolved}], repeat_share=repeat)
    assert found.pace_hundredths(1.0) == round(100 / series)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"repeat_share": 0.2}, "repeat_share without resolution"),
        ({"repeat_share": 1}, "less than 1"),
        ({"shrinkage": 1}, "less than 1"),
        ({"resolution": [{"share": 0.5}, {"share": 0.6}]}, "same from_proficiency"),
        ({"resolution": [{"share": 1.5}]}, "less than or equal to 1"),
    ],
)
def test_what_no_service_can_have(fields: dict[str, Any], message: str) -> None:
    """Shares are shares, and repetitions need to know what is resolved."""
    with pytest.raises(ValidationError, match=message):
        service(**fields)


def _two_with_breaks(demand: float, shrinkage: float) -> Instance:
    """Four hours in which both have a break of an hour."""
    return make_instance(
        horizon={"start": MONDAY, "days": 1, "interval_minutes": 60},
        templates=[with_break(4, 1, 2)],
        employees=[{"id": name, "skills": {"calls": 1.0}} for name in ("Ana", "Ben")],
        skills=["calls"],
        services=[{**staffed("calls", "calls", *[demand] * 4), "shrinkage": shrinkage}],
        floors=[{"kind": "coverage", "service": "calls"}],
    )


def _solved(demand: float, shrinkage: float) -> Result:
    return solve(_two_with_breaks(demand, shrinkage), engine="exact", time_limit=10, workers=1)


def test_shrinkage_is_applied_once_and_never_to_breaks() -> None:
    """Who is not on a break counts four fifths, neither less for the break nor less again."""
    found = _solved(0.8, 0.2)
    assert found.schedule is not None
    staff = read_schedule(found.instance, found.schedule).team.effective("calls")
    breaks = [pause for shift in found.schedule.shifts for pause in shift.breaks]
    away = [sum(pause.start.hour == hour for pause in breaks) for hour in range(8, 12)]
    assert len(breaks) == 2
    assert staff[8:12].tolist() == [80 * (2 - gone) for gone in away]
    assert check(found.instance, found.schedule).ok


def test_shrinkage_is_not_forgotten() -> None:
    """With one of two on a break, four fifths of a person are the most that can be promised."""
    assert _solved(0.81, 0.2).status == "infeasible"
    assert _solved(0.81, 0.0).status == "optimal"
