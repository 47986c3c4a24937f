"""Beginning with a schedule: it is taken over as it is, and what is asked besides is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import Instance, Result, Schedule, read, solve
from scheduler.engine.neighbourhood import Plan
from scheduler.engine.outcome import Limits
from scheduler.engine.start import plan_from
from scheduler.formulation.options import permitted_options

INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.fixture(scope="module", params=["bakery", "clinic-day", "help-desk-nights"])
def solved(request: pytest.FixtureRequest) -> Result:
    """Solve an instance: with breaks, with several services, with a night from before."""
    return solve(read(INSTANCES / f"{request.param}.json"), time_limit=20, gap=0.2, workers=1)


def begun(instance: Instance, schedule: Schedule) -> Plan | None:
    """Begin with a schedule."""
    limits = Limits(time_limit=10, workers=1)
    return plan_from(instance, schedule, permitted_options(instance), 10, limits, 10.0)[0]


def test_a_schedule_is_a_plan_of_the_same_cost(solved: Result) -> None:
    """Nothing is short, and nothing costs more than the checker says."""
    assert solved.schedule is not None and solved.objective is not None
    plan = begun(solved.instance, solved.schedule)
    assert plan is not None
    assert plan.shortage == 0
    assert plan.cost == solved.objective * 100


def test_what_is_asked_besides_is_short(solved: Result) -> None:
    """The shifts stay as they are; a floor that they do not hold has its price."""
    assert solved.schedule is not None
    service = solved.instance.services[0]
    crowd = {"kind": "coverage", "service": service.id, "staff": 40}
    parts = solved.instance.model_dump(mode="json", exclude_none=True)
    harder = Instance.model_validate({**parts, "floors": [*parts["floors"], crowd]})
    plan = begun(harder, solved.schedule)
    assert plan is not None
    assert plan.shortage > 0
    count = sum(len(mine) for mine in plan.worked.values())
    first = solved.instance.horizon.start
    assert count == sum(shift.day >= first for shift in solved.schedule.shifts)


def test_a_schedule_of_another_instance_is_none(solved: Result) -> None:
    """A shift that nobody permits is no beginning, and no error."""
    assert solved.schedule is not None
    late = [shift.model_copy(update={"template": "unheard"}) for shift in solved.schedule.shifts]
    assert begun(solved.instance, Schedule(shifts=tuple(late))) is None
    who = [shift.model_copy(update={"employee": "unheard"}) for shift in solved.schedule.shifts]
    assert begun(solved.instance, Schedule(shifts=tuple(who))) is None
