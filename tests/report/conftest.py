"""A solved instance with awkward names, a result without a schedule, and a rejected one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler import CheckReport, Instance, Result, Schedule, Violation, solve
from scheduler.io.text import load_json

BAKERY = Path(__file__).parents[2] / "instances" / "bakery.json"
SCRIPT = "<script>alert(1)</script>"


def awkward() -> dict[str, Any]:
    """Give the bakery with names that are markup."""
    data: dict[str, Any] = load_json(BAKERY)
    data["name"] = "<b>bakery</b> & co"
    data["employees"][0]["id"] = SCRIPT
    data["services"][0]["id"] = "counter <i>1</i>"
    data["floors"] = [
        {"kind": "coverage", "service": "counter <i>1</i>", "over_weight": 1},
        {"kind": "presence", "skill": "counter", "at_least": 3, "weight": 1},
    ]
    return data


@pytest.fixture(scope="session")
def solved() -> Result:
    """Solve the awkward bakery."""
    result = solve(Instance.model_validate(awkward()), time_limit=15, gap=0.1, workers=1)
    assert result.schedule is not None
    return result


@pytest.fixture(scope="session")
def schedule(solved: Result) -> Schedule:
    """Its schedule."""
    assert solved.schedule is not None
    return solved.schedule


@pytest.fixture(scope="session")
def infeasible(solved: Result) -> Result:
    """Tell of the same instance that it cannot be planned."""
    empty = {"schedule": None, "report": None, "objective": None, "bound": None, "trace": ()}
    return replace(solved, status="infeasible", stop_reason="proved", **empty)


@pytest.fixture(scope="session")
def rejected(infeasible: Result) -> Result:
    """Let the checker refuse a schedule."""
    broken = Violation(
        kind="min_rest", who=SCRIPT, when="2026-03-03", amount=60, unit="minute", message="short"
    )
    report = CheckReport(violations=(broken,), penalties=(), cost={})
    return replace(infeasible, status="unknown", stop_reason="rejected_by_checker", report=report)
