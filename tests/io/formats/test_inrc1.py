"""INRC-I: scores to the unit, solutions there and back, and every fault with its line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from inrc1_by_hand import Period, Row

from scheduler import Instance, Schedule, check, read, solve
from scheduler.errors import InputError
from scheduler.io.formats.inrc1 import instance_of, parse, read_solution, write_solution
from scheduler.models.schedule import Shift

DATA = Path(__file__).parents[2] / "data"
TINY = DATA / "formats" / "inrc1" / "tiny.xml"
BENCHMARKS = Path(__file__).parents[4] / "shared" / "benchmarks" / "inrc1"
BROKEN = json.loads((DATA / "broken" / "inrc1.json").read_text(encoding="utf-8"))


def data_of(path: Path) -> dict[str, Any]:
    """Convert a period."""
    return instance_of(parse(path.read_text(encoding="utf-8-sig"), path.name))


def instance_at(path: Path) -> Instance:
    """Read a period as an instance."""
    return read(path, format="inrc1")


def schedule_of(instance: Instance, rows: dict[str, Row]) -> Schedule:
    """Name the shifts of nurses' rows."""
    horizon = instance.horizon
    shifts = []
    for nurse, row in rows.items():
        for day, name in enumerate(row):
            if name is not None:
                template = instance.template(name)
                start = horizon.minute_at(day, template.start.earliest)
                end = start + template.length.min_minutes
                shifts.append(
                    Shift(
                        employee=nurse,
                        day=horizon.date_of(day),
                        template=name,
                        start=horizon.written(start),
                        end=horizon.written(end),
                    )
                )
    return Schedule(shifts=tuple(shifts))


def test_every_schedule_of_the_tiny_period_scores_as_by_hand() -> None:
    """The rules we convert to are the competition's: a second scorer, from the XML, agrees."""
    period, instance = Period(TINY), instance_at(TINY)
    costs = []
    for i, rows in enumerate(period.schedules()):
        if i % 29 == 0:
            report = check(instance, schedule_of(instance, rows))
            assert report.ok
            assert report.objective == period.cost(rows), rows
            costs.append(report.objective)
    assert len(set(costs)) > 50


def test_a_solved_period_scores_as_by_hand() -> None:
    """Convert, solve, write: the solution costs what we say, and there is no cheaper one."""
    period, instance = Period(TINY), instance_at(TINY)
    result = solve(instance, engine="exact", time_limit=20, workers=2)
    assert result.status == "optimal"
    assert result.schedule is not None
    text = write_solution(instance, result.schedule)
    back = read_solution(text, "solution.xml", instance)
    best = min(period.cost(rows) for rows in period.schedules())
    assert check(instance, back).objective == result.objective == best


def test_the_cover_of_the_tiny_period() -> None:
    """A date's cover goes before its weekday's, shift by shift; what is not named gets nobody."""
    period = Period(TINY)
    [floor] = data_of(TINY)["floors"]
    found = {(row["day"], row["template"]): row["minimum"] for row in floor["cover"]}
    expected = {
        (day.isoformat(), shift): period.asked(day, shift)
        for day in period.days
        for shift in period.shifts
    }
    assert found == expected
    assert all(row["minimum"] == row["maximum"] for row in floor["cover"])
    assert found["2010-01-10", "N"] == 1


def test_the_text_form_says_the_same() -> None:
    """Both forms of a period are read as one record."""
    text = TINY.with_suffix(".txt").read_text(encoding="utf-8")
    assert parse(text, "tiny.txt") == parse(TINY.read_text(encoding="utf-8"), "tiny.xml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("SKILLS = 2", "SKILLS = 3", "line 8: SKILLS: expected 3 rows, found 2"),
        ("SKILLS = 2", "SKILS = 2", "line 8: unknown section SKILS; did you mean 'SKILLS'?"),
        ("E, Early, 06:30:00,", "E, 06:30:00,", "line 17: expected 6 values (ID, Description, "
         "StartTime, EndTime, number of skills, skills), found 5"),
        ("N, Night, 22:30:00", "N, Night, 22h30", "line 19: <StartTime>: expected a time such as "
         "'06:30:00', found '22h30'"),
        ("(1|2|5)", "(1|5)", "line 25: MaxNumAssignments: expected values such as (1|3|20), "
         "found '(1|5)'"),
        ("(1|12), (0|0)", "(1|12), (1|1)", "line 25: TwoFreeDaysAfterNightShifts is not supported"),
        ("2, 0 1;", "3, 0 1;", "line 25: expected 3 names, found 2: '0 1'"),
        ("2 (N|Any) (E|Any)", "3 (N|Any) (E|Any)", "line 32: expected 3 entries, found 2"),
        ("Bea, Bea, full", "Bea, Bea, ful", "line 40: unknown contract 'ful'; did you mean "
         "'full'?"),
        ("Tuesday, E, 1;", "Tuesday, E, 1", "line 50: expected ';' at the end, found "
         "'Tuesday, E, 1'"),
    ],
)  # fmt: skip
def test_a_broken_text_form(old: str, new: str, says: str) -> None:
    """The line, what was found and what was expected, as in the other form."""
    text = TINY.with_suffix(".txt").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError) as caught:
        parse(text.replace(old, new, 1), "tiny.txt")
    assert str(caught.value).split("\n")[0] == f"tiny.txt: {says}"


def test_a_solution_there_and_back() -> None:
    """What we write as a solution file, we read as the same shifts."""
    instance = instance_at(TINY)
    schedule = schedule_of(instance, next(Period(TINY).schedules()))
    text = write_solution(instance, schedule)
    back = read_solution(text, "solution.xml", instance)
    assert set(back.shifts) == set(schedule.shifts)


@pytest.mark.parametrize("case", BROKEN, ids=[f"{i}" for i in range(len(BROKEN))])
def test_a_broken_period(case: dict[str, Any]) -> None:
    """The line, what was found and what was expected, for each fault."""
    text = TINY.read_text(encoding="utf-8")
    assert case["replace"] in text
    with pytest.raises(InputError) as caught:
        parse(text.replace(case["replace"], case["by"], 1), "tiny.xml")
    assert str(caught.value).split("\n") == [f"tiny.xml: {line}" for line in case["says"]]


ASSIGNMENT = """<Assignment>
<Date>2010-01-08</Date><Employee>Ada</Employee><ShiftType>E</ShiftType>
</Assignment>"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("tiny", "huge", "line 1: a solution of 'huge', not of 'tiny'"),
        ("Ada", "Ad", "line 3: unknown employee 'Ad'; did you mean 'Ada'?"),
        (">E<", ">L<", "line 3: unknown shift 'L'; expected one of 'DH', 'E', 'N'"),
        ("2010-01-08", "2010-02-08", "line 2: 2010-02-08 is not in the period"),
        ("2010-01-08", "Friday", "line 3: <Date>: expected a date such as '2010-01-31', "
         "found 'Friday'"),
        ("Assignment", "Asignment", "line 2: unknown element <Asignment> in <Solution>; did you "
         "mean 'Assignment'?"),
        ("<Solution>", "<Solution/>", "line 1: broken XML: junk after document element at "
         "column 12"),
        ("<Employee>Ada</Employee>", "", "line 2: <Assignment> has no <Employee>"),
    ],
)  # fmt: skip
def test_a_broken_solution(old: str, new: str, says: str) -> None:
    """A solution that names what the period does not have is refused."""
    head = "<SchedulingPeriodID>tiny</SchedulingPeriodID>"
    text = f"<Solution>{head}\n{ASSIGNMENT}</Solution>"
    with pytest.raises(InputError) as caught:
        read_solution(text.replace(old, new), "solution.xml", instance_at(TINY))
    assert str(caught.value) == f"solution.xml: {says}"


def published() -> list[Any]:
    """Give every published solution whose period is there; most are for patient people."""
    if not BENCHMARKS.exists():
        return [pytest.param(None, marks=pytest.mark.skip("the public instances are not here"))]
    found = sorted(BENCHMARKS.glob("solutions/*_tak.xml"))
    names = [path.stem.removesuffix("_tak") for path in found]
    there = [name for name in names if any(BENCHMARKS.glob(f"{name}.???"))]
    return [
        pytest.param(name, marks=[] if i % 8 == 0 else pytest.mark.slow)
        for i, name in enumerate(there)
    ]


@pytest.mark.parametrize("name", published())
def test_published_solutions_score_as_published(name: str) -> None:
    """Public solutions cost what their authors say, to the unit, and meet the cover exactly."""
    with (BENCHMARKS / "best_known.csv").open(encoding="utf-8") as file:
        best = {row["instance"]: int(row["upper_bound"]) for row in csv.DictReader(file)}
    [path] = BENCHMARKS.glob(f"{name}.???")
    instance = instance_at(path)
    solution = BENCHMARKS / "solutions" / f"{name}_tak.xml"
    schedule = read_solution(solution.read_text(encoding="utf-8-sig"), solution.name, instance)
    report = check(instance, schedule)
    assert report.ok
    assert report.objective == best[name]
    short = Schedule(shifts=schedule.shifts[1:])
    assert [found.kind for found in check(instance, short).violations] == ["shift_cover"]
