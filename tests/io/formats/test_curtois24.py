"""The shift scheduling benchmark: scores to the unit, rosters there and back, faults by line."""

from __future__ import annotations

import csv
import json
import random
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from curtois24_by_hand import Period, Row, rows_of

from scheduler import Instance, Schedule, check, read, read_schedule, solve, write_solution
from scheduler.errors import InputError
from scheduler.io.formats import curtois24
from scheduler.models.schedule import Shift

DATA = Path(__file__).parents[2] / "data"
TINY = DATA / "formats" / "curtois24" / "tiny.txt"
BROKEN = json.loads((DATA / "broken" / "curtois24.json").read_text(encoding="utf-8"))
BENCHMARKS = Path(__file__).parents[4] / "shared" / "benchmarks" / "curtois-24"
needs_benchmarks = pytest.mark.skipif(
    not BENCHMARKS.exists(), reason="the public instances are not here"
)


@pytest.fixture(scope="module")
def tiny() -> Instance:
    """Give the tiny period as an instance."""
    return read(TINY, format="curtois-24")


def schedule_of(instance: Instance, rows: dict[str, Row]) -> Schedule:
    """Name the shifts of rows."""
    horizon, shifts = instance.horizon, []
    for name, row in rows.items():
        for day, shift in enumerate(row):
            if shift is not None:
                start = horizon.minute_at(day, 0)
                end = start + instance.template(shift).length.min_minutes
                shifts.append(
                    Shift(
                        employee=name,
                        day=horizon.date_of(day),
                        template=shift,
                        start=horizon.written(start),
                        end=horizon.written(end),
                    )
                )
    return Schedule(shifts=tuple(shifts))


def test_rosters_of_the_tiny_period_score_as_by_hand(tiny: Instance) -> None:
    """Limits, requests and cover are the benchmark's: a second scorer, from the text, agrees."""
    period, draw = Period(TINY), random.Random(1)
    for _ in range(250):
        rows = period.random_rows(draw)
        report = check(tiny, schedule_of(tiny, rows))
        assert report.ok == period.is_feasible(rows), rows
        assert report.cost.get("requests", 0) == period.requests_cost(rows)
        assert report.cost.get("shift_cover", 0) == period.cover_cost(rows)


def test_each_limit_of_one_person(tiny: Instance) -> None:
    """One roster at a time, limits that few rosters break are judged as by hand as well."""
    period, draw = Period(TINY), random.Random(2)
    verdicts = set()
    for _ in range(250):
        rows = period.random_rows(draw)
        broken = {violation.who for violation in check(tiny, schedule_of(tiny, rows)).violations}
        for name, row in rows.items():
            assert (name not in broken) == period.keeps_limits(name, row), (name, row)
            verdicts.add((name, name in broken))
    assert len(verdicts) == 2 * len(period.staff)


def test_the_converted_instance_is_compact(tiny: Instance) -> None:
    """Shifts whose prices never change take one entry; others one for each day."""
    [floor] = curtois24.instance_of(curtois24.parse(TINY.read_text(), TINY.name))["floors"]
    per_shift = [entry["template"] for entry in floor["cover"]]
    assert (per_shift.count("E"), per_shift.count("d1"), per_shift.count("N")) == (1, 1, 14)
    assert len(tiny.contracts) == 3


def test_a_roster_there_and_back(tiny: Instance, tmp_path: Path) -> None:
    """What is written as a roster is read as the same shifts."""
    schedule = schedule_of(tiny, Period(TINY).random_rows(random.Random(3)))
    [path] = write_solution(tiny, schedule, tmp_path / "roster.txt", format="curtois-24")
    back = read_schedule(path, format="curtois-24", instance=tiny)
    assert set(back.shifts) == set(schedule.shifts)


def test_a_solved_roster_scores_as_by_hand(tiny: Instance) -> None:
    """Convert, solve, write: the roster file costs what we say it costs."""
    result = solve(tiny, engine="exact", time_limit=20, workers=2)
    assert result.status == "optimal"
    assert result.schedule is not None
    period = Period(TINY)
    rows = rows_of(curtois24.write_solution(tiny, result.schedule), period.days)
    assert period.is_feasible(rows)
    assert result.objective == period.requests_cost(rows) + period.cover_cost(rows)


@pytest.mark.parametrize("case", BROKEN, ids=[f"{i}" for i in range(len(BROKEN))])
def test_a_broken_period(case: dict[str, Any]) -> None:
    """The line, what was found and what was expected, for each fault."""
    text = TINY.read_text(encoding="utf-8")
    assert case["replace"] in text
    with pytest.raises(InputError) as caught:
        curtois24.parse(text.replace(case["replace"], case["by"], 1), "tiny.txt")
    assert str(caught.value).split("\n") == [f"tiny.txt: {line}" for line in case["says"]]


def test_garbage_is_refused_line_by_line(tmp_path: Path) -> None:
    """Whatever is done to a file, it is read, or every fault is told with its line."""
    text, draw, path = TINY.read_text(encoding="utf-8"), random.Random(5), tmp_path / "tiny.txt"
    refused = 0
    for _ in range(150):
        letters = list(text)
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(letters))
            letters[place : place + draw.choice([0, 1, 1, 20])] = draw.choice(",|=\n9E-é ")
        path.write_text("".join(letters), encoding="utf-8")
        try:
            read(path, format="curtois-24")
        except InputError as error:
            assert all(re.match(r"line \d+$", fault.path) for fault in error.faults[:50])
            refused += 1
    assert 30 < refused < 150


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Ada:", "Ad:", ["line 1: unknown employee 'Ad'; did you mean 'Ada'?",
                         "line 3: there is no row for employee 'Ada'"]),
        (" Bo", "Ada", ["line 2: 'Ada' has a row in line 1 already; a file holds one roster",
                        "line 3: there is no row for employee 'Bo'"]),
        ("E=", "D=", ["line 1: day 0: unknown shift 'D'; expected one of 'E', 'N', 'd1'"]),
        ("E=", "", ["line 1: expected 2 characters for each of 14 days, 28 in all, found 26"]),
        ("Ada:", "Ada", ["line 1: expected 'ID: cells', found 'Ada E= . . . . . . . . . . . . .'",
                         "line 3: there is no row for employee 'Ada'"]),
    ],
)  # fmt: skip
def test_a_broken_roster(tiny: Instance, old: str, new: str, says: list[str]) -> None:
    """A roster that names what the period does not have is refused, line by line."""
    free = " ." * 13
    text = f"Ada: E={free}\n Bo:  .{free}\n Cy:  .{free}\n"
    with pytest.raises(InputError) as caught:
        curtois24.read_solution(text.replace(old, new, 1), "roster.txt", tiny)
    assert str(caught.value).split("\n") == [f"roster.txt: {line}" for line in says]


def logged() -> list[str]:
    """Instances with logged rosters."""
    return [path.name.split(".")[0] for path in sorted(BENCHMARKS.glob("logged-rosters/*"))]


@needs_benchmarks
@pytest.mark.parametrize("name", logged())
def test_logged_rosters_score_as_logged(name: str) -> None:
    """Public rosters cost what their authors say: in all, for cover, and for requests."""
    instance = read(BENCHMARKS / f"{name}.txt", format="curtois-24")
    log = (BENCHMARKS / "logged-rosters" / f"{name}.txt.out").read_text(encoding="utf-8")
    pattern = r"(.*?)Final solution \(checked for feasibility\): (\d+)\n-- Cover costs  : (\d+)\n"
    found = re.findall(pattern + r"-- Roster costs : (\d+)\n?", log, re.DOTALL)
    assert len(found) == 2
    for text, *costs in found:
        schedule = curtois24.read_solution(text, name, instance)
        report = check(instance, schedule)
        assert report.ok
        scored = (report.objective, report.cost["shift_cover"], report.cost["requests"])
        assert scored == tuple(Decimal(cost) for cost in costs)
        assert curtois24.write_solution(instance, schedule).split() == text.split()


@needs_benchmarks
def test_the_first_instance_is_solved_to_its_optimum() -> None:
    """The model of a converted instance has the optimum that the literature knows."""
    with (BENCHMARKS / "best_known.csv").open(encoding="utf-8") as file:
        best = {row["instance"]: row["upper_bound"] for row in csv.DictReader(file)}
    instance = read(BENCHMARKS / "Instance1.txt", format="curtois-24")
    result = solve(instance, engine="exact", time_limit=60, workers=2)
    assert result.status == "optimal"
    assert result.objective == Decimal(best["Instance1"]) == 607
    assert result.schedule is not None
    period = Period(BENCHMARKS / "Instance1.txt")
    rows = rows_of(curtois24.write_solution(instance, result.schedule), period.days)
    assert period.is_feasible(rows)
    assert period.requests_cost(rows) + period.cover_cost(rows) == 607


@needs_benchmarks
def test_the_largest_instance_is_read(tmp_path: Path) -> None:
    """A year of 150 people and 32 shifts is no trouble."""
    instance = read(BENCHMARKS / "Instance24.txt", format="curtois-24")
    assert (instance.horizon.days, len(instance.employees)) == (364, 150)
    [floor] = instance.floors
    assert len(floor.model_dump()["cover"]) == 32
