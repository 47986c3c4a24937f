"""Optimal values from `solve` agree with brute force on every toy, with full pricing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from brute_force import checked, judged, schedules, team_of
from toys import FLOOR_TOYS, ROSTER_TOYS, FloorToy, RosterToy

from scheduler import Instance, solve
from scheduler.models.result import Result

PAY = {
    "hourly_rate": 13.37,
    "per_shift": 2.5,
    "overtime": {"contracted_minutes_per_week": 900, "percent": 150},
    "premiums": [
        {"id": "night", "hours": [{"start": "22:00", "end": "24:00"}], "percent": 30},
        {"id": "sunday", "hours": [{"days": ["sun"]}], "per_hour": 2.25},
    ],
}


def priced(instance: Instance, *, wishes: bool) -> Instance:
    """Give the instance with pay, and with reasons to come to work all the same."""
    data = instance.model_dump(mode="json", exclude_none=True)
    data["contracts"][0]["pay"] = PAY
    for e, employee in enumerate(data["employees"] if wishes else []):
        employee["requests"] = [
            *employee["requests"],
            *(
                {
                    "wants": "on",
                    "day": str(instance.horizon.date_of(day)),
                    "weight": 90 + 31 * day - 7 * e,
                }
                for day in range(instance.horizon.days)
            ),
        ]
    return Instance.model_validate(data)


def best(verdicts: set[int | None]) -> Decimal | None:
    """Give the least cost among verdicts, None if nothing is feasible."""
    costs = [cost for cost in verdicts if cost is not None]
    return Decimal(min(costs)) / 100 if costs else None


def expect(result: Result, optimum: Decimal | None) -> None:
    """Compare a result with the true optimum."""
    assert result.status == ("infeasible" if optimum is None else "optimal")
    assert result.objective == optimum
    if optimum is not None:
        assert result.bound == optimum
        assert result.report.ok


@pytest.mark.parametrize("toy", ROSTER_TOYS, ids=lambda toy: f"{toy.kind}-{toy.name}")
def test_the_cheapest_roster_is_found(toy: RosterToy) -> None:
    """Options, rules and pay together miss no cheaper roster of one person."""
    instance = priced(toy.instance(), wishes=True)
    optimum = best({found for _, found in checked(instance)})
    expect(solve(instance, engine="exact", time_limit=20, workers=1), optimum)


@pytest.mark.parametrize("toy", FLOOR_TOYS, ids=lambda toy: f"{toy.kind}-{toy.name}")
def test_the_cheapest_schedule_is_found(toy: FloorToy) -> None:
    """Breaks, allocation and floors together miss no cheaper schedule of a small team."""
    instance = priced(toy.instance(), wishes=False)
    paid: list[dict[object, int]] = []
    for employee in instance.employees:
        alone = instance.model_copy(update={"employees": (employee,)})
        paid.append({chosen: found for chosen, found in checked(alone) if found is not None})
    verdicts = set()
    for schedule in schedules(instance):
        chosen = [(option,) if option else () for option, _, _, _ in schedule]
        if any(mine not in known for mine, known in zip(chosen, paid, strict=True)):
            continue
        pay = sum(known[mine] for mine, known in zip(chosen, paid, strict=True))
        team = team_of(instance, schedule)
        missed = judged(f for floor in instance.all_floors for f in floor.check(team))
        verdicts.add(None if missed is None else pay + missed)
    expect(solve(instance, engine="exact", time_limit=20, workers=1), best(verdicts))
