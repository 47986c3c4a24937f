"""Shift design files: what they say, there and back, every fault with its line, known optima."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scheduler import DesignProblem, InputError, design, read_problem
from scheduler.io.formats.shift_design import parse, problem_of, write_problem

DATA = Path(__file__).parents[2] / "data"
TINY = DATA / "formats" / "shift_design" / "tiny.dzn"
BROKEN = json.loads((DATA / "broken" / "shift_design.json").read_text(encoding="utf-8"))
BENCHMARKS = Path(__file__).parents[4] / "shared" / "benchmarks" / "shift-design"
PROVED_FIRST = {
    "DataSet1/RandomExample1.dzn": 480,
    "DataSet1/RandomExample3.dzn": 600,
    "DataSet3/RandomExample25.dzn": 13020,
}


def test_what_a_file_says() -> None:
    """Demand, starts, lengths and weights are taken over; weights of minutes become intervals'."""
    problem = read_problem(TINY, "shift-design")
    assert problem.demand == (1, 1, 4, 3, 5, 4, 2, 3)
    assert problem.cyclic
    assert [(shift.start, shift.minutes) for shift in problem.candidates][:4] == [
        (360, 360),
        (360, 540),
        (360, 720),
        (720, 360),
    ]
    assert len(problem.candidates) == 15
    assert problem.weight_under == 90
    assert problem.weight_over == 180
    assert problem.weight_shift == 100


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["by"])
def test_broken_files(case: dict[str, Any]) -> None:
    """Each fault is named with its line, what was found and what was expected."""
    text = TINY.read_text(encoding="utf-8")
    assert case["replace"] in text
    with pytest.raises(InputError) as caught:
        parse(text.replace(case["replace"], case["by"], 1), "tiny.dzn")
    assert [str(fault) for fault in caught.value.faults] == case["says"]


def test_there_and_back() -> None:
    """A problem that the format can say is written so that it is read again."""
    problem = read_problem(TINY, "shift-design")
    again = problem_of(parse(write_problem(problem), "tiny.dzn"))
    assert DesignProblem.model_validate(again) == problem


def test_what_the_format_cannot_say() -> None:
    """Limits that the format does not know are refused, each by its place."""
    problem = read_problem(TINY, "shift-design")
    changed = {"cyclic": False, "weight_under": None, "max_shifts": 3, "max_people": 2}
    with pytest.raises(InputError) as caught:
        write_problem(problem.model_copy(update=changed))
    assert [fault.path for fault in caught.value.faults] == list(changed)


def _known() -> dict[str, int]:
    with (BENCHMARKS / "best_known.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["proven_optimal"] == "yes"]
    return {row["instance"]: int(row["upper_bound"]) for row in rows}


@pytest.mark.skipif(not BENCHMARKS.exists(), reason="the public shift design set is not here")
@pytest.mark.parametrize(("name", "cost"), PROVED_FIRST.items(), ids=str)
def test_known_optima(name: str, cost: int) -> None:
    """The known optima of the public set are found and proved."""
    problem = read_problem(BENCHMARKS / name, "shift-design")
    found = design(problem, time_limit=100, workers=1)
    assert found.status == "optimal"
    assert found.objective == found.bound == cost == _known()[name]


@pytest.mark.slow
@pytest.mark.skipif(not BENCHMARKS.exists(), reason="the public shift design set is not here")
@pytest.mark.parametrize(
    ("name", "cost"),
    [
        ("DataSet1/RandomExample2.dzn", 300),
        ("DataSet1/RandomExample4.dzn", 450),
        ("DataSet2/RandomExample26.dzn", 1020),
        ("DataSet2/RandomExample28.dzn", 300),
        ("DataSet2/RandomExample30.dzn", 1020),
        ("DataSet3/RandomExample22.dzn", 12600),
        ("DataSet3/RandomExample23.dzn", 8280),
    ],
    ids=str,
)
def test_optima_proved_here(name: str, cost: int) -> None:
    """What was once proved optimal is proved again."""
    found = design(read_problem(BENCHMARKS / name, "shift-design"), time_limit=150)
    assert (found.status, found.objective) == ("optimal", Decimal(cost))
