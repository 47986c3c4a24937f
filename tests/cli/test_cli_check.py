"""`scheduler check`: verdict, violations and cost."""

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler import read, solve, write_schedule


@pytest.fixture
def schedule(instance: Path) -> Path:
    """Solve the bakery."""
    path = instance.with_name("schedule.json")
    write_schedule(solve(read(instance), time_limit=20, workers=1), path)
    return path


@pytest.fixture
def broken(schedule: Path) -> Path:
    """Take a shift away, and put a stranger in."""
    data = json.loads(schedule.read_text())
    data["shifts"].pop()
    data["shifts"].append({**data["shifts"][0], "employee": "[red]Zoe"})
    path = schedule.with_name("broken.json")
    path.write_text(json.dumps(data))
    return path


def test_a_clean_schedule_is_exit_0(run: Any, instance: Path, schedule: Path) -> None:
    """The cost by term and the penalties that are in it are told."""
    result = run("check", instance, schedule)
    assert result.exit_code == 0
    for word in ("Pay", "Requests", "Total", "1,029.00", "Eva", "No hard rule or floor is broken"):
        assert word in result.stdout


def test_violations_are_exit_5(run: Any, instance: Path, broken: Path) -> None:
    """Every violation is listed in its group, with who, when and how much; names are literal."""
    result = run("check", instance, broken)
    assert result.exit_code == 5
    assert "coverage (" in result.stdout
    assert "grammar (1)" in result.stdout
    assert "[red]Zoe" in result.stdout
    assert "missing person-interval" in result.stdout
    assert "\x1b" not in result.stdout


def test_json_holds_everything(run: Any, instance: Path, broken: Path) -> None:
    """Programs get the checker's report as it is."""
    result = run("check", instance, broken, "--json")
    assert result.exit_code == 5
    report = json.loads(result.stdout)
    assert set(report) == {"violations", "penalties", "cost"}
    assert {found["kind"] for found in report["violations"]} == {"coverage", "grammar"}


def test_either_file_can_come_from_a_pipe(run: Any, instance: Path, schedule: Path) -> None:
    """`-` is standard input, for one of the two."""
    assert run("check", "-", schedule, stdin=instance.read_text()).exit_code == 0
    assert run("check", instance, "-", stdin=schedule.read_text()).exit_code == 0
    assert run("check", "-", "-", stdin="").exit_code == 2


def test_a_file_that_is_no_schedule_is_bad_input(run: Any, instance: Path) -> None:
    """Mixed-up arguments give a line, not a traceback."""
    result = run("check", instance, instance)
    assert result.exit_code == 2
    assert f"error: {instance}: " in result.stderr
    result = run("check", instance, "-", stdin="{")
    assert "error: standard input: broken JSON" in result.stderr
    assert run("check", instance, instance.with_name("none.json")).exit_code == 2
