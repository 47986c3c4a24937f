"""`scheduler design`: from problems, instances and other formats; files, faults, signals."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scheduler import check_design, read_problem
from scheduler.io.designs import read_design

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "data" / "formats" / "shift_design" / "tiny.dzn"
EXAMPLE = ROOT / "instances" / "design" / "ambulance-dispatch.json"
TELL_WHEN_FOUND = """
import sys
from scheduler.cli import main
from scheduler.terminal.progress import ProgressLine

def update(self, progress):
    if progress.point.cost is not None:
        print("found", file=sys.stderr, flush=True)

ProgressLine.update = update
main()
"""


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    """Write a small problem."""
    data = {
        "name": "kiosk",
        "interval_minutes": 60,
        "days": 2,
        "demand": [0] * 8 + [1] * 4 + [2] * 4 + [0] * 8 + [0] * 8 + [1] * 8 + [0] * 8,
        "templates": [
            {
                "id": "any",
                "start": {"earliest": "08:00", "latest": "12:00", "step_minutes": 60},
                "length": {"min_minutes": 240, "max_minutes": 480, "step_minutes": 60},
                "tags": ["kiosk"],
            }
        ],
        "weight_shift": 10,
        "weight_over": 3,
    }
    path = tmp_path / "kiosk.json"
    path.write_text(json.dumps(data))
    return path


def test_a_problem_and_its_files(run: Any, problem: Path) -> None:
    """Design, tables and templates are written; the checker agrees with what they say."""
    output, folder = problem.with_name("design.json"), problem.with_name("tables")
    done = run("design", problem, "-o", output, "--csv", folder, "--workers", 1)
    assert done.exit_code == 0, done.output
    assert "kiosk: proved optimal" in done.output
    found = read_design(output)
    assert found.status == "optimal"
    assert found.objective == found.bound == 20
    assert [(s.id, s.people) for s in found.shifts] == [
        ("any-0800-480", (1, 1)),
        ("any-1200-240", (1, 0)),
    ]
    assert [(t.id, t.days, t.tags) for t in found.templates] == [
        ("any-0800-480", ("mon", "tue"), ("kiosk",)),
        ("any-1200-240", ("mon",), ("kiosk",)),
    ]
    assert check_design(read_problem(problem), found.shifts).ok
    rows = list(csv.DictReader((folder / "design_shifts.csv").read_text().splitlines()))
    assert [(row["shift"], row["day"], row["people"]) for row in rows][:2] == [
        ("any-0800-480", "1", "1"),
        ("any-0800-480", "2", "1"),
    ]
    cover = list(csv.DictReader((folder / "design_cover.csv").read_text().splitlines()))
    assert [row["people"] for row in cover] == [row["demand"] for row in cover]


def test_an_instance_before_its_people(run: Any, instance: Path) -> None:
    """The demand of an instance is covered out of its templates, and the problem can be kept."""
    kept = instance.with_name("problem.json")
    done = run("design", instance, "--problem", kept, "--workers", 1, "-o", "-", "--gap", 0.5)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    bakery = json.loads(instance.read_text())
    families = {template["id"] for template in bakery["templates"]}
    assert {shift["template"] for shift in found["shifts"]} <= families
    assert all(slot["people"] >= slot["demand"] for slot in found["cover"])
    assert read_problem(kept).weight_under is None


def test_wishes_take_the_place_of_the_file(run: Any, problem: Path) -> None:
    """Weights and limits of the command line go before those of the file."""
    done = run("design", problem, "--max-shifts", 1, "--weight-over", "0.25", "--workers", 1)
    assert "proved optimal" in done.output
    assert "1 shift, and who starts them" in done.output
    assert "Over cover 1.00" in " ".join(done.output.split())


def test_other_formats(run: Any, tmp_path: Path) -> None:
    """A shift design file is designed at once, and converted there and back."""
    done = run("design", TINY, "--from", "shift-design", "--workers", 1, "--gap", 0.3, "-q")
    assert (done.exit_code, done.output) == (0, "")
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.dzn"
    assert run("convert", TINY, "--from", "shift-design", "-o", ours).exit_code == 0
    assert run("convert", ours, "--to", "shift-design", "-o", theirs).exit_code == 0
    assert read_problem(theirs, "shift-design").demand == read_problem(ours).demand


def test_what_cannot_be(run: Any, problem: Path) -> None:
    """Limits that contradict each other are proved to do so: exit code 3."""
    data = json.loads(problem.read_text())
    data["max_people"] = 1
    data["max_shifts"] = 1
    problem.write_text(json.dumps(data))
    done = run("design", problem, "--workers", 1)
    assert done.exit_code == 3
    assert "proved infeasible" in done.stderr


BROKEN = [
    ({"interval_minutes": 50}, "interval_minutes: expected minutes that divide a day evenly"),
    ({"demand": [1, 2]}, "demand: expected 48 values, one for each interval, found 2"),
    ({"weight_shift": -1}, "weight_shift: expected a number greater than or equal to 0, found -1"),
    ({"weigth_over": 1}, "weigth_over: unknown field; did you mean 'weight_over'?"),
    ({"demand": [1] + [0] * 47}, "demand[0]: no shift covers Mon 00:00, and nobody may be missing"),
    ({"min_people": 3, "max_people": 2}, "max_people: 2 is less than min_people 3"),
    (
        {"templates": [{"id": "a", "start": "08:10", "length": 480}]},
        "templates[0].start: 490 is no multiple of the interval of 60 minutes",
    ),
    (
        {"templates": [{"id": "a", "start": "08:00", "length": 480}] * 2},
        "templates[1].id: 'a' is the id of templates[0] already",
    ),
]


@pytest.mark.parametrize(("change", "says"), BROKEN, ids=[says for _, says in BROKEN])
def test_broken_problems(run: Any, problem: Path, change: dict[str, Any], says: str) -> None:
    """Bad input: exit code 2, a line for each fault with its place, nothing else."""
    problem.write_text(json.dumps({**json.loads(problem.read_text()), **change}))
    done = run("design", problem)
    assert done.exit_code == 2
    assert f"error: {problem}: {says}" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--weight-over", "much"], "expected an amount such as 12.50, found 'much'"),
        (["--from", "inrc1"], "files of 'inrc1' hold an instance, no design problem"),
        (["--from", "shift-desing"], "did you mean 'shift-design'?"),
        (["--service", "phones"], "a design problem has no services to choose from"),
        (["-o", "nowhere/design.json"], "there is no folder 'nowhere'"),
    ],
    ids=str,
)
def test_bad_usage(run: Any, problem: Path, arguments: list[str], says: str) -> None:
    """Wrong options are refused before anything is searched."""
    done = run("design", problem, *arguments)
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.split())


def test_an_unknown_service(run: Any, instance: Path) -> None:
    """Services are named by the instance."""
    done = run("design", instance, "--service", "countre")
    assert done.exit_code == 2
    assert "services: unknown service 'countre'; did you mean 'counter'?" in done.stderr


def test_the_first_signal_keeps_the_best(tmp_path: Path) -> None:
    """Ctrl-C loses nothing: exit 0, a design that checks clean, and no search left behind."""
    data = json.loads(EXAMPLE.read_text())
    data |= {"weight_shift": 10, "weight_under": 5, "weight_over": 4, "max_shifts": None}
    data["demand"] = [3 + (7 * i * i) % 11 for i in range(len(data["demand"]))]
    path, output = tmp_path / "long.json", tmp_path / "design.json"
    path.write_text(json.dumps(data))
    command = [sys.executable, "-c", TELL_WHEN_FOUND, "design", str(path), "-o", str(output)]
    process = subprocess.Popen(
        [*command, "--workers", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "found\n"
    process.send_signal(signal.SIGINT)
    stdout, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    found = read_design(output)
    assert found.stop_reason == "interrupted"
    assert "interrupted" in stdout
    report = check_design(read_problem(path), found.shifts)
    assert report.ok
    assert report.objective == found.objective
