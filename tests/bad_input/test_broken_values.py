"""One value is wrong, and one line says so: a table for each class of fault.

The tables are in ``tests/data/broken``; each case changes the bakery in one place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from breaking import BAKERY, broken, cases, faults_of

from scheduler import Floor, Instance

Case = dict[str, Any]


def _same(found: list[str], case: Case) -> None:
    assert found == case["says"]


def test_the_bakery_itself_is_whole() -> None:
    """The faults come from the changes, not from the instance that is changed."""
    assert Instance.model_validate(BAKERY).name == "bakery"


@pytest.mark.parametrize("case", cases("types"))
def test_a_wrong_type(case: Case, tmp_path: Path) -> None:
    """Path, what was expected, and what was found."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("fields"))
def test_an_unknown_or_missing_field(case: Case, tmp_path: Path) -> None:
    """A misspelt field is not ignored: the nearest known one is proposed."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("kinds"))
def test_an_unknown_kind(case: Case, tmp_path: Path) -> None:
    """Rules, floors, demands and time zones are looked up, and the known ones are shown."""
    _same(faults_of(broken(case), tmp_path), case)


def test_a_missing_kind(tmp_path: Path) -> None:
    """Who does not know the kinds sees the first of them."""
    known = ", ".join(f"'{kind}'" for kind in sorted(Floor.table)[:8])
    [line] = faults_of(broken({"remove": ["floors.0.kind"]}), tmp_path)
    assert line.startswith(f"floors[0].kind: no 'kind' given; expected one of {known}")


@pytest.mark.parametrize("case", cases("absurd_numbers"))
def test_an_absurd_number(case: Case, tmp_path: Path) -> None:
    """No number reaches the model that would overflow it, or ask for absurd memory."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("references"))
def test_a_dangling_or_repeated_name(case: Case, tmp_path: Path) -> None:
    """Names of skills, contracts, templates and services exist, once."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("windows"))
def test_an_overlapping_or_negative_window(case: Case, tmp_path: Path) -> None:
    """Windows have a length, and windows of one list are apart."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("shifts_and_breaks"))
def test_an_impossible_shift_or_break(case: Case, tmp_path: Path) -> None:
    """Every shift of a template can take its breaks, and fixed shifts are shifts of theirs."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("grid"))
def test_a_time_off_the_grid(case: Case, tmp_path: Path) -> None:
    """What the interval does not divide is refused, never rounded."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("empty"))
def test_an_empty_set(case: Case, tmp_path: Path) -> None:
    """Nothing to plan is a fault of the file, not an empty schedule."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("demand_and_floors"))
def test_demand_and_floors_that_do_not_fit(case: Case, tmp_path: Path) -> None:
    """Demand is never dropped silently: outside the hours, without a floor, of the wrong kind."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("queues"))
def test_a_queue_or_promise_that_makes_no_sense(case: Case, tmp_path: Path) -> None:
    """Work beyond all staff, shares out of range, weaker promises beside stronger ones."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("standards"))
def test_a_service_standard_that_fits_nothing(case: Case, tmp_path: Path) -> None:
    """Standards and services name each other, and a fault is told where the standard stands."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", cases("dates_and_history"))
def test_a_date_outside_the_horizon(case: Case, tmp_path: Path) -> None:
    """Wishes and pins lie in the horizon, history before it."""
    _same(faults_of(broken(case), tmp_path), case)


@pytest.mark.parametrize("case", [*cases("rule_book"), *cases("shift_cover")])
def test_a_rule_that_fits_nothing(case: Case, tmp_path: Path) -> None:
    """Limits in the wrong order, names that do not exist and dates outside are refused."""
    _same(faults_of(broken(case), tmp_path), case)


def test_all_faults_are_told_in_one_go(tmp_path: Path) -> None:
    """A planner with five mistakes reads the file once, not five times."""
    case = {
        "change": {
            "horizon.days": "three",
            "employees.0.skills.counter": "good",
            "employes": [],
            "services.0.demand": {"kind": "staff", "csv": "nowhere.csv"},
        },
        "remove": ["contracts.0.pay.hourly_rate"],
    }
    found = faults_of(broken(case), tmp_path)
    assert [line.partition(":")[0] for line in found] == [
        "horizon.days",
        "contracts[0].pay.hourly_rate",
        "employees[0].skills.counter",
        "employes",
    ]
    del case["change"]["horizon.days"]
    assert "services[0].demand.csv" in [
        line.partition(":")[0] for line in faults_of(broken(case), tmp_path)
    ]


def test_a_flood_of_faults_is_cut(tmp_path: Path) -> None:
    """Fifty lines are enough to see what is wrong with five thousand people."""
    nobody = {"id": 1, "contract": 2, "skills": 3}
    found = faults_of(broken({"change": {"employees": [nobody] * 5000}}), tmp_path)
    assert len(found) == 51
    assert found[-1] == "and more faults"
    assert not any("not looked at" in line for line in found)
