"""People per shift, with and without skills, in whole solves of a ward that has no services."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from toys import EARLY, LATE, MONDAY, NIGHT, make_instance, person

from scheduler import Instance, Schedule, check, solve
from scheduler.engine import auto
from scheduler.report.exports import write_tables
from scheduler.report.page import report_html
from scheduler.report.promises import keeping, promises_of

PEOPLE = [
    person("Ana", head=1.0, nurse=1.0),
    person("Ben", head=1.0, nurse=1.0, trainee=1.0),
    person("Chi", nurse=1.0),
    person("Dan", nurse=1.0, trainee=1.0),
    person("Eva", nurse=1.0),
    person("Fay", head=1.0, nurse=1.0),
    person("Gil", trainee=1.0),
]
COVER = [
    {"template": "early", "skill": "head", "minimum": 1, "maximum": 1},
    {"template": "early", "skill": "nurse", "minimum": 1, "preferred": 2, "weight_under": 30},
    {"template": "late", "minimum": [1, 1, 1, 2]},
    {"template": "night", "preferred": 1, "weight_under": 12.5, "weight_over": 40},
    {"template": "night", "day": MONDAY, "maximum": 0},
]  # fmt: skip


def ward(cover: list[dict[str, Any]], **floor: Any) -> Instance:
    """Give four days of a ward with limits on everybody's week."""
    return make_instance(
        horizon={"start": MONDAY, "days": 4, "interval_minutes": 60},
        templates=[EARLY, LATE, NIGHT],
        skills=["head", "nurse", "trainee"],
        employees=PEOPLE,
        services=[],
        floors=[{"kind": "shift_cover", "cover": cover, **floor}],
        rules=[
            {"kind": "min_rest", "rest_minutes": 660},
            {"kind": "total_shifts", "max_shifts": 3},
            {"kind": "max_consecutive_days", "days": 2, "weight": 5},
        ],
    )


@pytest.mark.parametrize("engine", ["exact", "auto", "polish"])
def test_engines_plan_shifts_and_skills(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every engine keeps the limits, names a skill where one is asked for, and agrees on cost."""
    if engine == "polish":
        monkeypatch.setattr(auto, "rosters_decide", lambda _: False)
        monkeypatch.setattr(auto, "is_small", lambda *_: False)
    seconds = 4 if engine == "polish" else 20  # polishing proves nothing: it takes all its time
    result = solve(
        ward(COVER), time_limit=seconds, workers=2, engine="exact" if engine == "exact" else "auto"
    )
    assert result.schedule is not None
    assert check(result.instance, result.schedule).ok
    if engine != "polish":
        assert result.status == "optimal"
    for shift in result.schedule.shifts:
        assert (shift.skill is not None) == (shift.template == "early")
    heads = Counter(s.day for s in result.schedule.shifts if s.skill == "head")
    assert sorted(heads.values()) == [1, 1, 1, 1]
    assert not any(s.template == "night" and s.day.isoformat() == MONDAY
                   for s in result.schedule.shifts)  # fmt: skip


def test_reports_without_services(tmp_path: Path) -> None:
    """A page and tables can be made of a plan in which nobody serves a service."""
    result = solve(ward(COVER), time_limit=10, workers=2)
    page = report_html(result)
    assert "Shift cover · early, late, night" in page
    assert "Staff against need" not in page
    assert "People per shift and day" in page
    assert "early as head" in page
    write_tables(result, tmp_path)
    assert "Ana" in (tmp_path / "shifts.csv").read_text(encoding="utf-8")


def test_what_a_preferred_number_costs_is_told() -> None:
    """Whoever reads that a floor is held also reads where people are off what was preferred."""
    cover = [{"template": "early", "minimum": 1, "preferred": 8, "weight_under": 1}]
    result = solve(ward(cover), time_limit=10, workers=2)
    assert result.schedule is not None
    [promise] = promises_of(result.instance, result.schedule)
    assert keeping(promise) == "held in every shift; 4 shifts at a price"


def working(instance: Instance, **skills: str | None) -> Schedule:
    """Give the early shift of the first day to some people, in these skills."""
    result = solve(instance, time_limit=10, workers=2)
    assert result.schedule is not None
    [model, *_] = [s for s in result.schedule.shifts if s.template == "early"]
    return Schedule(
        shifts=tuple(
            model.model_copy(update={"employee": name, "skill": skill})
            for name, skill in skills.items()
        )
    )


def messages(instance: Instance, schedule: Schedule) -> list[str]:
    """Say what is violated."""
    return [f"{v.who}: {v.message}" for v in check(instance, schedule).violations]


def test_a_shift_that_names_no_skill() -> None:
    """It counts for the person's only skill; of somebody with several, for none."""
    instance = ward([{"template": "early", "day": MONDAY, "skill": "nurse", "minimum": 2}])
    assert messages(instance, working(instance, Chi=None, Eva=None)) == []
    assert messages(instance, working(instance, Chi=None, Ana=None)) == [
        "early as nurse: 1 of 2 people"
    ]
    assert messages(instance, working(instance, Chi=None, Ana="nurse")) == []
    assert messages(instance, working(instance, Chi=None, Ana="head")) == [
        "early as nurse: 1 of 2 people"
    ]


def test_nobody_works_in_a_skill_they_lack() -> None:
    """A schedule cannot make a head nurse of a trainee."""
    instance = ward([{"template": "early", "day": MONDAY, "skill": "head", "minimum": 1}])
    assert messages(instance, working(instance, Gil="head")) == [
        "Gil: works in the skill 'head' without having it"
    ]


def test_lists_follow_the_days() -> None:
    """The n-th number of a list is for the n-th day, and dates go before it."""
    cover = [
        {"template": "early", "minimum": [1, 2, 0, 3], "maximum": [1, 2, 0, 3]},
        {"template": "early", "day": "2026-03-05", "minimum": 1, "maximum": 1},
        {"template": "late", "maximum": 0},
        {"template": "night", "maximum": 0},
    ]
    result = solve(ward(cover), time_limit=10, workers=2)
    assert result.schedule is not None
    people = Counter(shift.day.day for shift in result.schedule.shifts)
    assert people == {2: 1, 3: 2, 5: 1}


def test_too_few_people_is_infeasible() -> None:
    """More heads than there are cannot be had, whoever else is there."""
    cover = [{"template": "early", "skill": "head", "minimum": 4}]
    assert solve(ward(cover), time_limit=10, workers=2).status == "infeasible"
    weighted = solve(ward(cover, weight=9), time_limit=10, workers=2)
    assert weighted.report is not None
    assert weighted.report.cost["shift_cover"] == 9 * 4 + 9 * 3
