"""`design`, `check_design` and `problem_for`: by hand, at the edges, and when a search fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from problems import problem_of

from scheduler import DesignProblem, InputError, Instance, Interrupt, check_design, design
from scheduler import problem_for as problem_for_instance
from scheduler.designing import racing
from scheduler.models.design import DesignedShift

INSTANCES = Path(__file__).parents[2] / "instances"


def shift(start: int, minutes: int, *people: int) -> DesignedShift:
    """Give a shift of the template `any`."""
    name = f"{start}-{minutes}"
    return DesignedShift(id=name, template="any", start=start, minutes=minutes, people=people)


def test_costs_by_hand() -> None:
    """Two shifts, one person short in one interval, one spare in two: each term by hand."""
    report = check_design(problem_of(), [shift(360, 360, 2, 1), shift(720, 720, 1, 1)])
    # demand 0 2 1 0 | 0 1 2 0; on duty 0 2 1 1 | 0 1 1 1
    assert {term: int(cost) for term, cost in report.cost.items()} == {
        "shifts": 20,
        "under_cover": 7,
        "over_cover": 6,
    }
    assert report.ok
    assert [(p.kind, p.when, p.amount) for p in report.penalties] == [
        ("over_cover", "Mon 18:00", 1),
        ("under_cover", "Tue 12:00", 1),
        ("over_cover", "Tue 18:00", 1),
    ]


@pytest.mark.parametrize(("cyclic", "spare"), [(True, 1), (False, 0)])
def test_the_night_after_the_last_day(cyclic: bool, spare: int) -> None:
    """The last night covers the first morning if the days go round, and nothing if not."""
    problem = problem_of(cyclic=cyclic, demand=[0] * 7 + [1])
    report = check_design(problem, [shift(1080, 720, 0, 1)])
    assert int(report.cost["over_cover"]) == 3 * spare


BROKEN: list[tuple[dict[str, Any], list[DesignedShift], str]] = [
    ({}, [shift(300, 360, 1, 0)], "grammar"),
    ({}, [shift(360, 1080, 1, 0)], "grammar"),
    ({}, [shift(360, 360, 1)], "grammar"),
    ({"weight_under": None}, [], "under_cover"),
    ({"max_shifts": 1}, [shift(360, 360, 1, 0), shift(720, 360, 1, 0)], "max_shifts"),
    ({"min_people": 2}, [shift(360, 360, 1, 0)], "min_people"),
    ({"max_people": 2}, [shift(360, 360, 3, 0)], "max_people"),
    ({"max_people": 2}, [shift(360, 360, 2, 0), shift(360, 360, 1, 0)], "max_people"),
]


@pytest.mark.parametrize(("changes", "shifts", "kind"), BROKEN)
def test_broken_designs(changes: dict[str, Any], shifts: list[DesignedShift], kind: str) -> None:
    """Each limit that a design breaks is found."""
    report = check_design(problem_of(**changes), shifts)
    assert not report.ok
    assert {violation.kind for violation in report.violations} == {kind}


def test_a_shift_of_nobody_costs_nothing() -> None:
    """A shift is in use if anybody works it."""
    assert int(check_design(problem_of(), [shift(360, 360, 0, 0)]).cost["shifts"]) == 0


def test_several_searches_and_the_same_cost() -> None:
    """One search or two: the same proved cost, a trace that ends there, progress on the way."""
    seen: list[object] = []
    found = [design(problem_of(), workers=n, on_progress=seen.append) for n in (1, 2)]
    assert {result.status for result in found} == {"optimal"}
    assert found[0].objective == found[1].objective == found[0].trace[-1].cost
    assert len(seen) == sum(len(result.trace) for result in found)


def test_stopped_at_once() -> None:
    """Who interrupts before anything is found gets a result that says so."""
    interrupt = Interrupt()
    interrupt.set()
    found = design(problem_of(), workers=1, interrupt=interrupt)
    assert (found.status, found.stop_reason, found.shifts) == ("unknown", "interrupted", None)


@pytest.mark.parametrize("wrong", [{"time_limit": 0}, {"gap": -1}, {"workers": 0}], ids=str)
def test_parameters_out_of_range(wrong: dict[str, Any]) -> None:
    """Limits that make no sense are refused."""
    with pytest.raises(ValueError, match="expected time_limit > 0"):
        design(problem_of(), **wrong)


def test_a_search_that_fails_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect in a search is raised with what it said, not taken for the end of time."""
    monkeypatch.setattr(racing.json, "dumps", lambda _: '{"no": "task"}')
    with pytest.raises(RuntimeError, match=r"a search ended with code 1: (.|\n)*KeyError"):
        design(problem_of(), workers=1)


def bakery(**changes: Any) -> Instance:
    """Read the bakery, with some values changed and without remarks."""
    text = (INSTANCES / "bakery.json").read_text(encoding="utf-8")
    data = json.loads(text, object_pairs_hook=_without_remarks)
    return Instance.model_validate({**data, **changes})


def _without_remarks(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in pairs if not key.startswith("//")}


def test_the_demand_of_an_instance() -> None:
    """An instance asks for what its floors promise, raised for breaks, out of its templates."""
    instance = bakery()
    problem = problem_for_instance(instance)
    [floor] = [f for f in instance.all_floors if f.served == "counter"]
    needed = floor.needed(instance)
    assert needed is not None
    pairs = [(needed.get(slot, 0), people) for slot, people in enumerate(problem.demand)]
    assert all(need <= people <= 1.2 * need + 1 for need, people in pairs)
    assert problem.templates == instance.templates
    assert not problem.cyclic
    assert problem.weight_under is None


def test_a_week_goes_round() -> None:
    """A horizon of whole weeks is cyclic."""
    horizon = {"start": "2026-03-02", "days": 7, "interval_minutes": 30}
    instance = bakery()
    days = bakery(horizon={**instance.horizon.model_dump(mode="json"), **horizon})
    assert problem_for_instance(days).cyclic


def test_instances_that_have_no_such_demand() -> None:
    """No demand by interval, or a day of 23 hours: one line that says so."""
    ward = INSTANCES / "ward-fortnight.json"
    spring = INSTANCES / "spring-forward.json"
    from scheduler import read

    for path, says in ((ward, "no demand by interval"), (spring, "the clocks change")):
        with pytest.raises(InputError, match=says):
            problem_for_instance(read(path))


def test_the_shipped_problem_is_read() -> None:
    """The shipped example says what its description says."""
    from scheduler import read_problem

    problem = read_problem(INSTANCES / "design" / "ambulance-dispatch.json")
    assert isinstance(problem, DesignProblem)
    assert problem.weight_under is None
    assert problem.cyclic
    assert len(problem.candidates) == 145
