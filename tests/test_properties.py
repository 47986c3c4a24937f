"""What must hold for any instance: hypothesis draws the instances, with every kind of day."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import feasible_instances

from scheduler import Instance, check, solve
from scheduler.engine.exact import run_exact
from scheduler.engine.outcome import Limits
from scheduler.models.result import Result

FEW = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def solved(instance: Instance) -> Result:
    """Solve to the end."""
    result = solve(instance, engine="exact", time_limit=20, workers=1)
    assert result.status in ("optimal", "infeasible")
    return result


def changed(instance: Instance, **update: Any) -> Instance:
    """Give the instance with some fields replaced."""
    data = instance.model_dump(mode="json", exclude_none=True)
    return Instance.model_validate({**data, **update})


def dumped(instance: Instance, field: str) -> list[dict[str, Any]]:
    """Give one list of the instance as in a file."""
    found: list[dict[str, Any]] = instance.model_dump(mode="json", exclude_none=True)[field]
    return found


@FEW
@given(feasible_instances())
def test_what_is_feasible_by_construction_is_solved(instance: Instance) -> None:
    """A schedule that exists is found, checks clean, and costs what the solver says."""
    outcome = run_exact(instance, Limits(time_limit=20, workers=1))
    assert outcome.status in ("optimal", "feasible")
    report = check(instance, outcome.schedule)
    assert report.violations == ()
    assert report.objective * 100 == outcome.objective
    assert outcome.bound <= outcome.objective
    assert outcome.trace[-1].cost == Decimal(outcome.objective) / 100


@FEW
@given(feasible_instances(), st.data())
def test_more_demand_is_never_cheaper(instance: Instance, data: st.DataObject) -> None:
    """Asking for more people can only cost more, or be too much."""
    services = dumped(instance, "services")
    values = services[0]["demand"]["values"]
    for slot in data.draw(st.sets(st.integers(0, len(values) - 1), min_size=1, max_size=4)):
        values[slot] += data.draw(st.sampled_from((0.3, 1)))
    more = solved(changed(instance, services=services))
    assert more.status == "infeasible" or more.objective >= solved(instance).objective


@FEW
@given(feasible_instances(), st.data())
def test_fewer_people_are_never_cheaper(instance: Instance, data: st.DataObject) -> None:
    """Whoever leaves was of use, or of none; wishes aside, which leave with the person."""
    people = [e | {"requests": []} for e in dumped(instance, "employees")]
    gone = data.draw(st.integers(0, len(people) - 1))
    everybody = solved(changed(instance, employees=people))
    fewer = solved(changed(instance, employees=people[:gone] + people[gone + 1 :]))
    assert fewer.status == "infeasible" or fewer.objective >= everybody.objective


@FEW
@given(feasible_instances(), st.data())
def test_order_does_not_matter(instance: Instance, data: st.DataObject) -> None:
    """Lists in files have no hidden meaning."""
    fields = ("employees", "services", "templates", "floors", "skills")
    shuffled = {field: data.draw(st.permutations(dumped(instance, field))) for field in fields}
    assert solved(changed(instance, **shuffled)).objective == solved(instance).objective


@settings(FEW, max_examples=50)
@given(feasible_instances())
def test_files_lose_nothing(instance: Instance) -> None:
    """An instance that is written and read again is the same."""
    text = json.dumps(instance.model_dump(mode="json", exclude_none=True))
    assert Instance.model_validate(json.loads(text)) == instance
