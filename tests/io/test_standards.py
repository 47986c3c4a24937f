"""Service standards: one file for many instances, which floors hold for whom, in which order."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from toys import MONDAY, calling, make_instance

from scheduler import InputError, Instance, check, read, solve, write_instance
from scheduler.io.text import load_json
from scheduler.terminal.schema import standards_schema

FOLDER = Path(__file__).parents[2] / "instances"
SHIPPED = FOLDER / "standards" / "access-strategy.json"
SHARING = ("advice-line-week", "contact-centre-week")

Json = dict[str, Any]

LEVEL: Json = {"kind": "service_level", "target": 0.7, "within_seconds": 60}
STAFFED: Json = {"kind": "opening"}
DEMAND: Json = {
    "kind": "arrivals",
    "handle_time_seconds": 240,
    "pattern": [{"start": "07:00", "end": "18:00", "arrivals": 4}],
}


def _bakery(**changes: Any) -> Json:
    """Give the bakery with calls instead of customers at the counter, and no floor of its own."""
    data = copy.deepcopy(load_json(FOLDER / "bakery.json"))
    data["services"][0] = {**data["services"][0], "demand": DEMAND, **changes.pop("service", {})}
    return {**data, "floors": [], **changes}


def _write(path: Path, value: Json) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def _shared(folder: Path, *standards: Json) -> None:
    _write(folder / "shared.json", {"description": "Shared.", "standards": list(standards)})


def _faults(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(path)
    return [str(fault) for fault in caught.value.faults]


def _told(instance: Instance) -> list[tuple[str, str]]:
    return [(floor.kind, floor.subject) for floor in instance.all_floors]


def test_one_file_serves_two_instances(tmp_path: Path) -> None:
    """A number changed in the shared file changes what both plans promise."""
    service = {"standard": "calls"}
    paths = [
        _write(
            tmp_path / f"{name}.json",
            _bakery(service=service, standards_file="shared.json", name=name),
        )
        for name in ("north", "south")
    ]
    for target in (0.7, 0.9):
        _shared(tmp_path, {"id": "calls", "floors": [{**LEVEL, "target": target}]})
        for path in paths:
            [floor] = read(path).all_floors
            assert (floor.subject, floor.target) == ("counter", target)  # type: ignore[attr-defined]


def test_the_shipped_strategy_is_shared() -> None:
    """Two shipped instances take their promises from the same file, and use all of it."""
    known = {standard["id"] for standard in load_json(SHIPPED)["standards"]}
    used: set[str | None] = set()
    for name in SHARING:
        assert load_json(FOLDER / f"{name}.json")["standards_file"] == "standards/" + SHIPPED.name
        instance = read(FOLDER / f"{name}.json")
        assert ("opening", "phones") in _told(instance)
        used |= {service.standard for service in instance.services}
    assert used | {"open line"} == known


def test_own_floors_come_first_and_all_hold(tmp_path: Path) -> None:
    """A standard adds to an instance's floors and replaces none; the same floor counts once."""
    same = {**LEVEL, "service": "counter"}
    _shared(tmp_path, {"id": "lines", "services": ["counter"], "floors": [STAFFED, LEVEL]})
    data = _bakery(
        service={"standard": "calls"},
        standards_file="shared.json",
        standards=[{"id": "calls", "floors": [{**LEVEL, "target": 0.6}]}],
        floors=[{"kind": "coverage", "service": "counter", "staff": 1}, same],
    )
    instance = read(_write(tmp_path / "bakery.json", data))
    assert [(f.kind, getattr(f, "target", None)) for f in instance.all_floors] == [
        ("coverage", None),
        ("service_level", 0.7),
        ("service_level", 0.6),
        ("opening", None),
    ]
    assert [standard.id for standard in instance.standards] == ["calls", "lines"]


def test_a_standard_holds_for_each_service_that_uses_it() -> None:
    """Named by a service or naming it: either way once, and for nobody else."""
    data = _bakery(service={"standard": "calls"})
    counter = data["services"][0]
    data["services"] += [{**counter, "id": "orders"}, {**counter, "id": "cakes"}]
    del data["services"][2]["standard"]
    data["standards"] = [
        {"id": "calls", "services": ["orders", "counter"], "floors": [LEVEL]},
        {"id": "door", "services": ["cakes"], "floors": [STAFFED]},
    ]
    instance = Instance.model_validate(data)
    assert _told(instance) == [
        ("service_level", "counter"),
        ("service_level", "orders"),
        ("opening", "cakes"),
    ]
    assert instance.floors_on("cakes") == (instance.all_floors[2],)


def test_a_floor_of_the_team_may_stand_in_a_standard() -> None:
    """What names no service, such as a presence, holds once however many services use it."""
    data = _bakery(service={"standard": "calls"})
    data["services"].append({**data["services"][0], "id": "orders"})
    presence = {"kind": "presence", "skill": "counter", "at_least": 1}
    data["standards"] = [{"id": "calls", "floors": [LEVEL, presence]}]
    assert _told(Instance.model_validate(data)).count(("presence", "counter")) == 1


def test_standards_survive_writing(tmp_path: Path) -> None:
    """An instance that is written carries its standards with it, and needs the file no more."""
    _shared(tmp_path, {"id": "calls", "floors": [LEVEL, STAFFED]})
    data = _bakery(service={"standard": "calls"}, standards_file="shared.json")
    instance = read(_write(tmp_path / "bakery.json", data))
    (tmp_path / "elsewhere").mkdir()
    write_instance(instance, tmp_path / "elsewhere" / "bakery.json")
    again = read(tmp_path / "elsewhere" / "bakery.json")
    assert again == instance
    assert again.all_floors == instance.all_floors
    assert again.standards_file is None


def _an_hour_of_calls(**changes: Any) -> Instance:
    service = calling("calls", "calls", 9, 4, 6)
    return make_instance(
        horizon={"start": MONDAY, "days": 1, "interval_minutes": 60},
        templates=[{"id": "day", "start": "08:00", "length": 180}],
        employees=[{"id": name, "skills": {"calls": 1.0}} for name in ("Ana", "Ben", "Chi")],
        pay={"hourly_rate": 20},
        skills=["calls"],
        services=[{**service, **changes.pop("service", {})}],
        **changes,
    )


def test_a_standard_is_solved_and_checked_as_if_written_out() -> None:
    """The floors of a standard bind the plan like the instance's own: same cost, same verdict."""
    opening = {"kind": "opening", "service": "calls"}
    standards = [{"id": "voice", "floors": [LEVEL]}]
    named = _an_hour_of_calls(service={"standard": "voice"}, standards=standards, floors=[opening])
    spelled = _an_hour_of_calls(floors=[{**LEVEL, "service": "calls"}, opening])
    found = solve(named, engine="exact", time_limit=10, workers=1)
    same = solve(spelled, engine="exact", time_limit=10, workers=1)
    assert found.status == same.status == "optimal"
    assert found.objective == same.objective == 120
    assert found.schedule is not None
    assert check(spelled, found.schedule).ok
    nobody = found.schedule.model_copy(update={"shifts": ()})
    kinds = {violation.kind for violation in check(named, nobody).violations}
    assert kinds == {"service_level", "opening"}


STRATEGY: Json = {"standards": [{"id": "calls", "floors": [LEVEL]}]}
ABANDONMENT = {"kind": "abandonment", "at_most": 0.05}
BROKEN: dict[str, tuple[Any, str]] = {
    "not there": (None, "cannot be read: no such file or directory"),
    "no JSON": ('{"standards": [', "broken JSON: expecting value at line 1, column 16"),
    "nothing": ("", "the file is empty"),
    "a list": ([], "expected an object, found a list"),
    "a strange field": (
        {**STRATEGY, "standrds": []},
        "standrds: unknown field; did you mean 'standards'?",
    ),
    "a strange field of a floor": (
        {"standards": [{"id": "calls", "floors": [{**LEVEL, "targt": 1}]}]},
        "standards[0].floors[0].targt: unknown field; did you mean 'target'?",
    ),
    "an unknown kind": (
        {"standards": [{"id": "calls", "floors": [{"kind": "waits"}]}]},
        "standards[0].floors[0].kind: unknown floor kind 'waits'; did you mean 'wait'?",
    ),
    "a service in a floor": (
        {"standards": [{"id": "calls", "floors": [{**LEVEL, "service": "counter"}]}]},
        "standards[0].floors[0]: a standard's floor is for every service that uses it: "
        "leave 'service' out",
    ),
    "no standard": (
        {"standards": []},
        "standards: expected at least one entry, found none",
    ),
    "an id twice": (
        {"standards": STRATEGY["standards"] * 2},
        "standards[1].id: 'calls' is the id of standards[0] already",
    ),
    "an id of the instance": (
        {"standards": [*STRATEGY["standards"], {"id": "own", "floors": [LEVEL]}]},
        "standards[1].id: 'own' is the id of this instance's standards[0]",
    ),
    "an unknown service": (
        {"standards": [{"id": "calls", "services": ["countre"], "floors": [LEVEL]}]},
        "standards[0].services[0]: unknown service 'countre'; did you mean 'counter'?",
    ),
    "a floor that does not fit the service": (
        {"standards": [{"id": "calls", "floors": [LEVEL, ABANDONMENT]}]},
        "standards[0].floors[1]: the demand of 'counter' has no patience_seconds: nobody would "
        "ever give up, and the promise would mean nothing",
    ),
    "a weaker day": (
        {"standards": [{"id": "calls", "floors": [LEVEL, {**LEVEL, "scope": "day"}]}]},
        "standards[0].floors[1]: another floor promises 70% in every interval, which implies the "
        "70% of the day: one is wrong",
    ),
    "another version": (
        {**STRATEGY, "schema_version": 2},
        "schema_version: expected 1, found 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_of_standards(name: str, tmp_path: Path) -> None:
    """One line names the instance's field, the file, and the place in that file."""
    content, message = BROKEN[name]
    if content is not None:
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / "shared.json").write_text(text, encoding="utf-8")
    own = [{"id": "own", "floors": [STAFFED]}]
    data = _bakery(service={"standard": "calls"}, standards_file="shared.json", standards=own)
    found = _faults(_write(tmp_path / "bakery.json", data))
    assert found == [f"standards_file: {tmp_path / 'shared.json'}: {message}"]


def test_a_misspelt_standard_of_a_file(tmp_path: Path) -> None:
    """A service that names no standard is told the nearest of the shared ones, once."""
    _shared(tmp_path, {"id": "calls", "floors": [LEVEL]})
    data = _bakery(service={"standard": "cals"}, standards_file="shared.json")
    assert _faults(_write(tmp_path / "bakery.json", data)) == [
        "services[0].standard: unknown service standard 'cals'; did you mean 'calls'?"
    ]


def test_standards_are_loaded_by_reading_only() -> None:
    """Python that validates an instance itself is told that nobody opened the file."""
    with pytest.raises(ValueError, match=r"loaded by scheduler\.read\(\)"):
        Instance.model_validate(_bakery(standards_file="shared.json"))


def test_the_schema_of_standards() -> None:
    """Editors accept the shipped file, with remarks, and mark what the reader would refuse."""
    schema = standards_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    jsonschema.validate(shipped, schema)
    for wrong in (
        {**shipped, "standrds": []},
        {"standards": []},
        {"standards": [{"id": "calls", "floors": [{**LEVEL, "service": "phones"}]}]},
        {"standards": [{"id": "calls", "floors": [{**LEVEL, "target": 80}]}]},
        {"standards": [{"floors": [LEVEL]}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)
