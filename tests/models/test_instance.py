"""Instances: which rules hold for whom, kinds by name, and rules from outside the package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import ClassVar, Literal

import pytest
from pydantic import ValidationError
from toys import EARLY, LATE, MONDAY, ROSTER_TOYS, make_instance

from scheduler import Floor, Instance, Rule, check, solve
from scheduler.formulation.options import permitted_options

HORIZON = {"start": MONDAY, "days": 3}


def kinds(instance: Instance) -> list[str]:
    return [rule.kind for rule in instance.rules_of(instance.employees[0])]


def test_everybody_carries_the_common_rules() -> None:
    """Nobody is in two places, comes while absent or works for nothing, whatever the contract."""
    found = kinds(make_instance(horizon=HORIZON, templates=[EARLY]))
    assert sorted(found) == ["availability", "no_overlap", "pay", "requests"]


def test_a_personal_rule_takes_the_place_of_the_contracts() -> None:
    """All of the contract's rules of that kind go, the others stay."""
    instance = make_instance(
        horizon=HORIZON,
        templates=[EARLY],
        rules=[
            {"kind": "min_rest", "rest_minutes": 660},
            {"kind": "min_rest", "rest_minutes": 720, "weight": 1},
            {"kind": "max_consecutive_days", "days": 5},
        ],
        employee={"rules": [{"kind": "min_rest", "rest_minutes": 900}]},
    )
    rules = instance.rules_of(instance.employees[0])
    assert [rule.rest_minutes for rule in rules if rule.kind == "min_rest"] == [900]
    assert kinds(instance)[4:] == ["max_consecutive_days", "min_rest"]


def test_an_unknown_kind_is_refused_with_a_hint() -> None:
    """A misspelt rule or floor must not be ignored."""
    with pytest.raises(ValidationError, match="did you mean 'min_rest'"):
        make_instance(horizon=HORIZON, templates=[EARLY], rules=[{"kind": "min_rst"}])
    with pytest.raises(ValidationError, match="did you mean 'coverage'"):
        make_instance(horizon=HORIZON, templates=[EARLY], floors=[{"kind": "covrage"}])
    with pytest.raises(ValidationError, match="no 'kind' given"):
        make_instance(horizon=HORIZON, templates=[EARLY], rules=[{"days": 3}])
    with pytest.raises(ValidationError, match="expected an object"):
        make_instance(horizon=HORIZON, templates=[EARLY], rules=["min_rest"])


def test_a_kind_has_one_class() -> None:
    """Two classes for one kind would make files ambiguous."""
    with pytest.raises(TypeError, match="'min_rest' is taken by MinRest"):

        class Other(Rule):
            kind: Literal["min_rest"] = "min_rest"

    with pytest.raises(TypeError, match="'coverage' is taken by Coverage"):

        class OtherFloor(Floor):
            kind: Literal["coverage"] = "coverage"


def test_common_rules_cannot_be_listed() -> None:
    """Listing `pay` in a contract would pay everybody twice."""
    with pytest.raises(ValidationError, match="every employee carries 'pay'"):
        make_instance(horizon=HORIZON, templates=[EARLY], rules=[{"kind": "pay"}])
    with pytest.raises(ValidationError, match="every employee carries 'requests'"):
        employee = {"rules": [{"kind": "requests"}]}
        make_instance(horizon=HORIZON, templates=[EARLY], employee=employee)


@pytest.fixture
def no_tuesdays() -> Iterator[str]:
    """Define a rule as a user would, outside the package, and forget it afterwards."""

    class NoTuesdays(Rule):
        """Nobody works on Tuesdays."""

        unit: ClassVar[str] = "day"
        kind: Literal["no_tuesdays"] = "no_tuesdays"

        def post(self, block):
            for day in range(block.horizon_days):
                if block.instance.horizon.weekday_of(day) == "tue":
                    block.forbid(self, [block.works(day)])

        def check(self, roster):
            for duty in roster.planned:
                if roster.horizon.weekday_of(duty.day) == "tue":
                    yield self.violation(roster, roster.label(duty.day), 1, "a Tuesday")

    yield "no_tuesdays"
    del Rule.table["no_tuesdays"]


@pytest.mark.parametrize("weight", [None, 7.5])
def test_a_rule_from_outside_works_everywhere(no_tuesdays: str, weight: float | None) -> None:
    """A class is all it takes: files, solver, checker and cost know the rule."""
    wishes = [{"wants": "on", "day": f"2026-03-0{d}", "weight": 50} for d in (2, 3, 4)]
    rule = {"kind": no_tuesdays} | ({} if weight is None else {"weight": weight})
    instance = make_instance(
        horizon=HORIZON,
        templates=[EARLY],
        rules=[rule],
        employee={"requests": wishes},
    )
    result = solve(instance, engine="exact", time_limit=10, workers=1)
    days = [shift.day.isoformat() for shift in result.schedule.shifts]
    assert ("2026-03-03" in days) == (weight is not None)
    everywhere = solve(
        Instance.model_validate(without_rules(instance)), engine="exact", time_limit=10, workers=1
    )
    report = check(instance, everywhere.schedule)
    if weight is None:
        assert [violation.kind for violation in report.violations] == ["no_tuesdays"]
    else:
        assert report.cost["no_tuesdays"] == pytest.approx(weight)


def without_rules(instance: Instance) -> dict:
    data = instance.model_dump(mode="json", exclude_none=True)
    data["contracts"][0]["rules"] = []
    return data


@pytest.mark.parametrize("toy", ROSTER_TOYS[::3], ids=lambda toy: toy.name)
def test_json_gives_the_same_instance(toy) -> None:
    """What is written into a file means the same when it is read again."""
    instance = toy.instance()
    text = json.dumps(instance.model_dump(mode="json", exclude_none=True))
    assert Instance.model_validate(json.loads(text)) == instance
    assert Instance.model_validate_json(instance.model_dump_json(exclude_none=True)) == instance


@pytest.mark.parametrize(
    ("employee", "place"),
    [
        ({"contract": "nothing"}, "employees.0.contract"),
        ({"skills": {"dessk": 1.0}}, "employees.0.skills.dessk"),
        ({"fixed": [{"day": MONDAY, "template": "earl"}]}, "employees.0.fixed.0.template"),
        ({"fixed": [{"day": "2026-04-01", "template": "early"}]}, "employees.0.fixed.0.day"),
        ({"history": {"since": MONDAY}}, "employees.0.history.since"),
    ],
)
def test_dangling_references_name_their_place(employee: dict, place: str) -> None:
    """A reference to nothing is refused, with where it stands."""
    with pytest.raises(ValidationError) as caught:
        make_instance(horizon=HORIZON, templates=[EARLY, LATE], employee=employee)
    assert place in {".".join(map(str, error["loc"])) for error in caught.value.errors()}


def test_a_changed_copy_remembers_nothing() -> None:
    """What an instance computed once is computed anew in a copy with other employees."""
    instance = make_instance(
        horizon={"start": MONDAY, "days": 2},
        templates=[EARLY],
        employees=[{"id": "Ana", "forbidden": [{"day": MONDAY}]}],
    )
    assert [o.duty.day for o in permitted_options(instance)["Ana"]] == [1]
    [ana] = instance.employees
    free = ana.model_copy(update={"forbidden": ()})
    copied = instance.model_copy(update={"employees": (free,)})
    assert [o.duty.day for o in permitted_options(copied)["Ana"]] == [0, 1]
