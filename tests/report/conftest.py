"""A solved instance with awkward names, a result without a schedule, and a rejected one."""

from dataclasses import replace

import pytest
from awkward_bakery import SCRIPT, awkward

from scheduler import CheckReport, Instance, Result, Schedule, Violation, solve


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
