"""The coverage block: one service at a time, for everybody."""

from __future__ import annotations

import pytest
from toys import MONDAY, make_instance, staffed

from scheduler import solve

BOTH = {"calls": 1.0, "chats": 1.0}


@pytest.mark.parametrize(
    ("people", "status"),
    [([BOTH], "infeasible"), ([BOTH, {"calls": 1.0}], "optimal"), ([BOTH, BOTH], "optimal")],
)
def test_nobody_is_counted_twice(people: list[dict[str, float]], status: str) -> None:
    """One person with two skills is one person, not half a crew."""
    instance = make_instance(
        horizon={"start": MONDAY, "days": 1},
        templates=[{"id": "day", "start": "08:00", "length": 120}],
        employees=[{"id": f"e{i}", "skills": skills} for i, skills in enumerate(people)],
        skills=["calls", "chats"],
        services=[staffed("calls", "calls", 1, 0), staffed("chats", "chats", 1, 1)],
        floors=[{"kind": "coverage", "service": name} for name in ("calls", "chats")],
    )
    assert solve(instance, engine="exact", time_limit=10, workers=1).status == status


def test_a_supervisor_may_serve() -> None:
    """Presence asks for duty, whatever the person serves; coverage asks for the work itself."""
    instance = make_instance(
        horizon={"start": MONDAY, "days": 1},
        templates=[{"id": "day", "start": "08:00", "length": 60}],
        employees=[{"id": "Ana", "skills": {"calls": 1.0, "senior": 1.0}}],
        skills=["calls", "senior"],
        services=[staffed("calls", "calls", 1)],
        floors=[
            {"kind": "coverage", "service": "calls"},
            {"kind": "presence", "skill": "senior"},
        ],
    )
    result = solve(instance, engine="exact", time_limit=10, workers=1)
    assert result.status == "optimal"
    assert [segment.service for segment in result.schedule.shifts[0].work] == ["calls"]
