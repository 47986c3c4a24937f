"""Fixed shifts on the days on which the clocks change."""

from typing import Any

import pytest

from scheduler import Instance, solve


def instance(template: dict[str, Any], fixed: dict[str, Any]) -> Instance:
    """One person, one night in Berlin on which the clock jumps from 2 to 3."""
    return Instance.model_validate(
        {
            "name": "night",
            "horizon": {
                "start": "2026-03-28",
                "days": 2,
                "interval_minutes": 30,
                "time_zone": "Europe/Berlin",
            },
            "skills": ["watch"],
            "services": [
                {"id": "watch", "skill": "watch", "demand": {"kind": "staff", "values": [0] * 94}}
            ],
            "floors": [{"kind": "coverage", "service": "watch"}],
            "templates": [{"id": "night", **template}],
            "contracts": [{"id": "c", "pay": {"hourly_rate": 10}}],
            "employees": [
                {
                    "id": "Ada",
                    "contract": "c",
                    "skills": {"watch": 1.0},
                    "fixed": [{"template": "night", **fixed}],
                }
            ],
        }
    )


@pytest.mark.parametrize(
    ("template", "fixed", "start", "cost"),
    [
        (
            {"start": "22:00", "length": 480, "ends_by_clock": True},
            {"day": "2026-03-28", "length_minutes": 480},
            "22:00",
            70,
        ),
        ({"start": "02:30", "length": 240}, {"day": "2026-03-29", "start": "02:30"}, "03:30", 40),
    ],
)
def test_a_fixed_shift_survives_the_change(
    template: dict[str, Any], fixed: dict[str, Any], start: str, cost: int
) -> None:
    """A night fixed by its clock length, and a start that the clock skips, are not infeasible."""
    result = solve(instance(template, fixed), time_limit=10, workers=1)
    assert result.status == "optimal"
    assert result.schedule is not None
    assert f"{result.schedule.shifts[0].start:%H:%M}" == start
    assert result.objective == cost
