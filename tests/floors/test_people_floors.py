"""Floors that tie people together, in whole solves by either engine."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from scheduler import Instance, check, solve
from scheduler.engine import auto
from scheduler.io.text import load_json

BAKERY = Path(__file__).parents[2] / "instances" / "bakery.json"
FLOORS: dict[str, dict[str, Any]] = {
    "apart": {"kind": "keep_apart", "employees": ["Ana", "Ben"]},
    "together": {"kind": "work_together", "employees": ["Chi", "Dan"], "by": "shift"},
    "mentor": {"kind": "mentoring", "trainees": ["Eva"], "mentors": ["Ana", "Ben"]},
    "fair": {"kind": "fair_shares", "count": "shifts", "max_spread": 0},
}


def bakery(floor: dict[str, Any]) -> Instance:
    """Give the shipped bakery with one more floor."""
    data = copy.deepcopy(load_json(BAKERY))
    data["floors"].append(floor)
    return Instance.model_validate(data)


@pytest.mark.parametrize("name", FLOORS)
def test_engines_agree(name: str) -> None:
    """A hard floor between people holds in the schedules of both engines, at one optimal cost."""
    instance = bakery(FLOORS[name])
    results = [
        solve(instance, time_limit=30, workers=2, seed=1, engine=engine)
        for engine in ("exact", "auto")
    ]
    for result in results:
        assert result.schedule is not None
        assert check(instance, result.schedule).ok
    assert results[0].status == "optimal"
    assert results[1].objective == results[0].objective


@pytest.mark.parametrize("name", FLOORS)
def test_polishing_finds_schedules_with_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large instances are planned with hard floors relaxed first; these floors take part."""
    monkeypatch.setattr(auto, "is_small", lambda *_: False)
    instance = bakery(FLOORS[name])
    result = solve(instance, time_limit=30, workers=2, seed=1, engine="auto", gap=0.3)
    assert result.schedule is not None
    assert check(instance, result.schedule).ok
