"""INRC-II: scores to the unit, solutions there and back, and every fault with its line."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from inrc2_by_hand import Period, Row, Rows
from ortools.sat.python import cp_model

from scheduler import Instance, Schedule, check, read, read_schedule, solve, write_solution
from scheduler.engine.polish import shortage_price
from scheduler.errors import InputError
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options
from scheduler.io.formats.format import FormatError
from scheduler.models.finding import CheckReport
from scheduler.models.schedule import Shift

DATA = Path(__file__).parents[2] / "data"
TINY = DATA / "formats" / "inrc2"
BROKEN = json.loads((DATA / "broken" / "inrc2.json").read_text(encoding="utf-8"))
BENCHMARKS = Path(__file__).parents[4] / "shared" / "benchmarks" / "inrc2"
needs_benchmarks = pytest.mark.skipif(
    not BENCHMARKS.exists(), reason="the public instances are not here"
)
TERMS = {
    "Total assignment constraints": ("total_shifts",),
    "Consecutive constraints": (
        "max_consecutive_days",
        "min_consecutive_days",
        "max_consecutive_template_days",
        "min_consecutive_template_days",
    ),
    "Non working days constraints": ("max_consecutive_days_off", "min_consecutive_days_off"),
    "Preferences": ("requests",),
    "Max working weekend": ("max_weekends",),
    "Complete weekends": ("complete_weekends",),
    "Optimal coverage constraints": ("shift_cover",),
}
"""Our terms, by the names of the competition's print-out."""
BY_HAND = ("assignments", "runs", "off", "preferences", "weekends", "complete", "optimal")
"""The same, by the names of the second scorer."""


def components(report: CheckReport) -> dict[str, int]:
    """Give the cost of a schedule as the competition's print-out splits it."""
    return {
        name: int(sum(report.cost.get(term, 0) for term in terms)) for name, terms in TERMS.items()
    }


def by_hand(period: Period, rows: Rows) -> dict[str, int]:
    """Give the same from the second scorer."""
    costs = period.costs(rows)
    return {name: costs[kind] for name, kind in zip(TERMS, BY_HAND, strict=True)}


def schedule_of(instance: Instance, rows: Rows) -> Schedule:
    """Name the shifts of nurses' rows."""
    horizon, shifts = instance.horizon, []
    for nurse, row in rows.items():
        for day, work in enumerate(row):
            if work is not None:
                template = instance.template(work[0])
                start = horizon.minute_at(day, template.start.earliest)
                shifts.append(
                    Shift(
                        employee=nurse,
                        day=horizon.date_of(day),
                        template=work[0],
                        start=horizon.written(start),
                        end=horizon.written(start + template.length.min_minutes),
                        skill=work[1],
                    )
                )
    return Schedule(shifts=tuple(shifts))


def rows_of(instance: Instance, schedule: Schedule) -> Rows:
    """Give the nurses' rows of a schedule."""
    rows: dict[str, list[Any]] = {
        employee.id: [None] * instance.horizon.days for employee in instance.employees
    }
    for shift in schedule.shifts:
        day = instance.horizon.day_of(shift.day)
        if day >= 0:
            rows[shift.employee][day] = (shift.template, shift.skill)
    return {name: tuple(row) for name, row in rows.items()}


@pytest.mark.parametrize("name", ["n004w2_0_0-1", "n004w2_1_1-0"])
def test_schedules_of_the_tiny_period_score_as_by_hand(name: str) -> None:
    """Every rule is the competition's, with its edges: a second scorer, from the texts, agrees."""
    period, instance = Period(TINY, name), read(TINY / name, format="inrc2")
    draw, seen = random.Random(name), {kind: set[int]() for kind in TERMS}
    hard = 0
    for _ in range(120):
        rows = period.random_rows(draw)
        report = check(instance, schedule_of(instance, rows))
        found = components(report)
        assert found == by_hand(period, rows), rows
        assert report.ok != period.breaks_something_hard(rows)
        hard += period.breaks_something_hard(rows)
        for kind, cost in found.items():
            seen[kind].add(cost)
    assert all(len(costs) > 2 for costs in seen.values())
    assert hard > 0


def test_a_period_that_asks_for_nobody() -> None:
    """Where no cover is due, schedules are valid as often as successions are kept."""
    period, instance = Period(TINY, "n004w2_0_7-7"), read(TINY / "n004w2_0_7-7", format="inrc2")
    draw, fine = random.Random(5), 0
    for _ in range(100):
        rows = {name: period.random_rows(draw)[name] for name in period.nurses}
        rows |= dict.fromkeys(list(rows)[draw.randrange(1, 4) :], (None,) * period.days)
        report = check(instance, schedule_of(instance, rows))
        assert report.ok != period.breaks_something_hard(rows)
        assert report.objective == sum(period.costs(rows).values())
        fine += report.ok
    assert 5 < fine < 95


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("twice on a day", "no_overlap"),
        ("a skill that is lacking", "grammar"),
        ("early after the night before the period", "forbidden_successions"),
        ("nobody comes", "shift_cover"),
    ],
)
def test_what_is_hard_is_found(change: str, kind: str) -> None:
    """Each of the competition's hard constraints, broken alone, is reported by its rule."""
    instance = read(TINY / "n004w2_0_7-7", format="inrc2")
    empty: Row = (None,) * 14
    rows = dict.fromkeys((e.id for e in instance.employees), empty)
    if change == "a skill that is lacking":
        rows["Cy"] = (("Early", "Head"), *empty[1:])
    if change == "early after the night before the period":
        rows["Ada"] = (("Early", "Head"), *empty[1:])
    schedule = schedule_of(instance, rows)
    if change == "twice on a day":
        one, other = (
            schedule_of(instance, rows | {"Cy": ((name, "Nurse"), *empty[1:])}).shifts
            for name in ("Early", "Night")
        )
        schedule = Schedule(shifts=(*one, *other))
    if change == "nobody comes":
        instance = read(TINY / "n004w2_0_7-0", format="inrc2")
    assert {violation.kind for violation in check(instance, schedule).violations} == {kind}


def test_the_past_of_a_nurse() -> None:
    """The run before the period is there, day by day; of older days only their work is known."""
    instance = read(TINY / "n004w2_0_0-1", format="inrc2")
    ada, bo, cy, di = instance.employees
    assert [shift.template for shift in ada.history.shifts] == ["Early", "Early", "Night"]
    assert instance.horizon.day_of(bo.history.since) == -5
    assert [shift.template for shift in bo.history.shifts][-4:] == ["Early", *["Late"] * 3]
    assert (instance.horizon.day_of(cy.history.since), cy.history.shifts) == (-6, ())
    assert di.history is None
    rules = instance.rules_of(cy)
    already = {r.kind: r.already for r in rules if "already" in r.model_fields_set}
    assert already == {"total_shifts": 7, "max_weekends": 2}


def test_a_solution_there_and_back(tmp_path: Path) -> None:
    """What we write as files of the weeks, we read as the same shifts, with their skills."""
    instance = read(TINY / "n004w2_0_0-1", format="inrc2")
    period, draw = Period(TINY, "n004w2_0_0-1"), random.Random(2)
    schedule = schedule_of(instance, period.random_rows(draw))
    files = write_solution(instance, schedule, tmp_path / "found", format="inrc2")
    assert [file.name for file in files] == ["sol-week0.txt", "sol-week1.txt"]
    back = read_schedule(tmp_path / "found", format="inrc2", instance=instance)
    assert set(back.shifts) == set(schedule.shifts)
    first = files[0].read_text(encoding="utf-8").splitlines()
    assert first[:3] == ["SOLUTION", "0 n004w2", ""]
    assert first[3] == f"ASSIGNMENTS = {len(first) - 4}"
    together = tmp_path / "all.txt"
    together.write_text("\n".join(file.read_text() for file in files) + "Cost: 1\n")
    assert read_schedule(together, format="inrc2", instance=instance) == back


def test_a_shift_without_its_skill_is_not_written(tmp_path: Path) -> None:
    """A solution file says in which skill somebody works; we do not guess it."""
    instance = read(TINY / "n004w2_0_0-1", format="inrc2")
    rows = {"Cy": (("Early", None), *[None] * 13)}
    [path, _] = write_solution(instance, schedule_of(instance, rows), tmp_path, format="inrc2")
    assert "Cy Mon Early Nurse" in path.read_text().splitlines()
    rows = {"Ada": rows["Cy"]}
    with pytest.raises(FormatError, match="of Ada on 2024-01-01 does not say its skill"):
        write_solution(instance, schedule_of(instance, rows), tmp_path, format="inrc2")


def test_a_solved_schedule_scores_as_by_hand(tmp_path: Path) -> None:
    """Convert, solve, write, read: the files cost what we say, and keep what is hard."""
    name = "n004w2_1_1-0"
    instance = read(TINY / name, format="inrc2")
    result = solve(instance, engine="exact", time_limit=15, workers=2, seed=1)
    assert result.schedule is not None
    write_solution(instance, result.schedule, tmp_path, format="inrc2")
    back = read_schedule(tmp_path, format="inrc2", instance=instance)
    period, rows = Period(TINY, name), rows_of(instance, back)
    assert not period.breaks_something_hard(rows)
    assert result.objective == sum(period.costs(rows).values())
    assert all(work is None or work[1] in period.nurses[n][1] for n in rows for work in rows[n])


def test_a_missing_nurse_is_dear() -> None:
    """Searches that allow shortages for a while leave none to grant a wish, though pay is 0."""
    instance = read(TINY / "n004w2_0_0-1", format="inrc2")
    hundredth = shortage_price(instance, permitted_options(instance))
    assert hundredth * 100 > 5 * 30 * 100


@needs_benchmarks
@pytest.mark.parametrize("name", ["n005w4_1_6-2-9-1", "n030w4_1_6-2-9-1"])
def test_the_model_prices_published_solutions(name: str) -> None:
    """Fixed to a published solution, the model is feasible, and costs what it costs."""
    instance = read(BENCHMARKS / name, format="inrc2")
    solution = read_schedule(BENCHMARKS / "solutions" / name, format="inrc2", instance=instance)
    formulation = Formulation(instance, permitted_options(instance))
    rows = rows_of(instance, solution)
    for block in formulation.employees:
        for choice in block.choices:
            work = rows[block.employee.id][choice.duty.day]
            formulation.model.add(
                choice.worked == (work is not None and work[0] == choice.duty.template)
            )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(formulation.model) == cp_model.OPTIMAL
    assert solver.objective_value == 100 * check(instance, solution).objective


def test_a_folder_of_one_period(tmp_path: Path) -> None:
    """A folder with the files of one period alone needs no name; nor do files beside its folder."""
    for name in ("Sc-n004w2", "H0-n004w2-1", "WD-n004w2-0", "WD-n004w2-1"):
        shutil.copy(TINY / f"{name}.txt", tmp_path)
    expected = read(TINY / "n004w2_1_0-1", format="inrc2")
    assert read(tmp_path, format="inrc2") == expected
    inner = tmp_path / "n004w2"
    inner.mkdir()
    for path in tmp_path.glob("*.txt"):
        path.rename(inner / path.name)
    (tmp_path / "n004w2_1_0-1").mkdir()  # as if its solution were there
    assert read(tmp_path / "n004w2_1_0-1", format="inrc2") == expected


def test_a_scenario_with_another_name_inside(tmp_path: Path) -> None:
    """The name inside is the one that solutions give; that of the files only finds them."""
    for path in TINY.glob("*.txt"):
        text = path.read_text(encoding="utf-8").replace("n004w2", "ward_2")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    instance = read(tmp_path / "n004w2_0_0-1", format="inrc2")
    assert instance.name == "ward_2_0_0-1"
    files = write_solution(instance, Schedule(), tmp_path / "none", format="inrc2")
    assert [file.read_text().splitlines()[1] for file in files] == ["0 ward_2", "1 ward_2"]
    assert read_schedule(tmp_path / "none", format="inrc2", instance=instance) == Schedule()


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("", "PLACE: there are 2 histories and 3 weeks for 2; choose among them by a name, such as "
         "PLACE/n004w2_0_0-1"),
        ("n004w2_1_0", "PLACE: expected 2 weeks, which the scenario has, found 1"),
        ("Sc-n004w2.txt", "PLACE: a period has several files; expected a folder, or a name in it "
         "such as n005w4_1_2-3-3-0"),
        ("n004w3_1_0-1", "PLACE: there is no Sc-n004w3.txt in TINY or TINY/n004w3"),
        ("n004w2_2_9-1", "PLACE: H0-n004w2-2.txt: cannot be read: no such file or directory\n"
         "PLACE: WD-n004w2-9.txt: cannot be read: no such file or directory"),
    ],
)  # fmt: skip
def test_a_period_that_is_not_there(place: str, says: str) -> None:
    """What is missing or ambiguous is said, with a name that would do."""
    path = TINY / place
    with pytest.raises(InputError) as caught:
        read(path, format="inrc2")
    assert str(caught.value) == says.replace("PLACE", str(path)).replace("TINY", str(TINY))


@pytest.mark.parametrize("case", BROKEN, ids=[f"{i}" for i in range(len(BROKEN))])
def test_a_broken_period(case: dict[str, Any], tmp_path: Path) -> None:
    """The file and line, what was found and what was expected, for each fault."""
    for path in TINY.glob("*.txt"):
        shutil.copy(path, tmp_path)
    file = tmp_path / case["file"]
    text = file.read_text(encoding="utf-8")
    assert case["replace"] in text
    file.write_text(text.replace(case["replace"], case["by"], 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "n004w2_0_0-1", format="inrc2")
    assert str(caught.value).split("\n") == [f"{file}: {line}" for line in case["says"]]


def test_faults_of_several_files(tmp_path: Path) -> None:
    """Whoever has to mend three files hears of all of them at once."""
    for path in TINY.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        changed = text if path.name.startswith("Sc") else text.replace("n004w2", "n004w4")
        (tmp_path / path.name).write_text(changed, encoding="utf-8")
    place = tmp_path / "n004w2_0_0-1"
    with pytest.raises(InputError) as caught:
        read(place, format="inrc2")
    assert str(caught.value).split("\n") == [
        f"{place}: {file}.txt, line 2: expected scenario 'n004w2', found 'n004w4'"
        for file in ("H0-n004w2-0", "WD-n004w2-0", "WD-n004w2-1")
    ]


SOLUTION = """SOLUTION
0 n004w2

ASSIGNMENTS = 2
Ada Tue Early Head
Cy Sun Night Nurse

SOLUTION
1 n004w2

ASSIGNMENTS = 0
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("0 n004w2", "0 n005w4", "line 2: a solution of 'n005w4', not of 'n004w2'"),
        ("0 n004w2", "2 n004w2", "line 2: week: expected a whole number from 0 to 1, found '2'"),
        ("0 n004w2", "1 n004w2", "line 8: week 1 stands twice"),
        ("0 n004w2\n", "", "line 1: SOLUTION: expected one row below (week, scenario), found 0"),
        ("SOLUTION\n0", "0", "line 1: expected the heading SOLUTION, found '0 n004w2'\n"
         "line 3: expected SOLUTION with a week before ASSIGNMENTS"),
        ("SOLUTION\n1 n004w2\n\nASSIGNMENTS = 0\n", "", "there is no solution of week 1"),
        ("= 2", "= 3", "line 4: ASSIGNMENTS: expected 3 rows, found 2"),
        ("= 2", "= two", "line 4: ASSIGNMENTS: expected a whole number from 0 to 1000000, "
         "found 'two'"),
        ("ASSIGNMENTS", "ASSIGNMENT", "line 4: unknown heading 'ASSIGNMENT'; did you mean "
         "'ASSIGNMENTS'?"),
        ("Ada ", "Ad ", "line 5: unknown nurse 'Ad'; did you mean 'Ada'?"),
        ("Tue", "Tues", "line 5: unknown day 'Tues'; did you mean 'Tue'?"),
        ("Early", "Day", "line 5: unknown shift type 'Day'; expected one of 'Early', 'Late', "
         "'Night'"),
        ("Head\n", "Chef\n", "line 5: unknown skill 'Chef'; expected one of 'Head', 'Nurse'"),
        ("Early Head", "Early", "line 5: expected 4 values (nurse, day, shift type, skill), "
         "found 3"),
        ("\nASSIGNMENTS = 0\n", "", "line 9: ASSIGNMENTS is missing"),
    ],
)  # fmt: skip
def test_a_broken_solution(old: str, new: str, says: str, tmp_path: Path) -> None:
    """A solution that names what the period does not have is refused, line by line."""
    instance = read(TINY / "n004w2_0_0-1", format="inrc2")
    file = tmp_path / "sol.txt"
    assert old in SOLUTION
    file.write_text(SOLUTION.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_schedule(file, format="inrc2", instance=instance)
    assert str(caught.value).split("\n") == [f"{file}: {line}" for line in says.split("\n")]


def test_files_of_a_solution_that_do_not_fit(tmp_path: Path) -> None:
    """A folder holds every week once."""
    instance = read(TINY / "n004w2_0_0-1", format="inrc2")
    for number in range(2):
        (tmp_path / f"sol-week{number}.txt").write_text(SOLUTION, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_schedule(tmp_path, format="inrc2", instance=instance)
    assert str(caught.value).split("\n") == [
        f"{tmp_path}: week {week} stands in two files, one of them sol-week1.txt" for week in (0, 1)
    ]
    with pytest.raises(InputError, match=r"there are no files such as sol-week0\.txt"):
        read_schedule(TINY, format="inrc2", instance=instance)


def published() -> list[Any]:
    """Give every published solution; most are for patient people."""
    found = sorted(path.name for path in (BENCHMARKS / "solutions").glob("*"))
    return [
        pytest.param(name, marks=[] if i % 10 == 0 else pytest.mark.slow)
        for i, name in enumerate(found)
    ]


def validated(path: Path) -> dict[str, int]:
    """Read the print-out of the competition's own validator."""
    text = path.read_text(encoding="utf-8-sig").replace("\r", "")
    return {name: int(number) for name, number in re.findall(r"^(\w[\w ]+): (\d+)$", text, re.M)}


@needs_benchmarks
@pytest.mark.parametrize("name", published())
def test_published_solutions_score_as_published(name: str, tmp_path: Path) -> None:
    """Public solutions cost what the official validator says, kind by kind, also when rewritten."""
    instance = read(BENCHMARKS / name, format="inrc2")
    assert instance.name == name
    folder = BENCHMARKS / "solutions" / name
    schedule = read_schedule(folder, format="inrc2", instance=instance)
    official = validated(folder / "validator.txt")
    report = check(instance, schedule)
    assert report.ok
    assert report.objective == official["Total cost"]
    assert components(report) == {kind: official[kind] for kind in TERMS}
    write_solution(instance, schedule, tmp_path, format="inrc2")
    back = read_schedule(tmp_path, format="inrc2", instance=instance)
    assert set(back.shifts) == set(schedule.shifts)


def examples() -> list[Path]:
    """Give the solutions that lie beside the instances."""
    return sorted(BENCHMARKS.glob("n*/Solution_H_*"))


@needs_benchmarks
@pytest.mark.parametrize("folder", examples(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_example_solutions_score_as_by_hand(folder: Path) -> None:
    """Solutions that nobody polished, with plenty of everything, cost the same by both scorers."""
    history, weeks = re.fullmatch(r"Solution_H_(\d+)-WD_(.+)", folder.name).groups()
    name = f"{folder.parent.name}_{history}_{weeks}"
    instance, period = read(folder.parent / name, format="inrc2"), Period(folder.parent, name)
    schedule = read_schedule(folder, format="inrc2", instance=instance)
    rows = rows_of(instance, schedule)
    assert not period.breaks_something_hard(rows)
    report = check(instance, schedule)
    assert report.ok
    found = components(report)
    assert found == by_hand(period, rows)
    if (folder / "validator.txt").exists():
        official = validated(folder / "validator.txt")
        assert found == {kind: official[kind] for kind in TERMS}
