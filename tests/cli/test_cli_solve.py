"""`scheduler solve`: what it writes, what it says, and its exit codes."""

import csv
import inspect
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler import solving
from scheduler.cli import main
from scheduler.engine.outcome import nothing_found
from scheduler.models.finding import CheckReport, Violation

QUICK = ("--workers", "1", "--time-limit", "20")


def test_solve_writes_a_schedule_that_checks_clean(run: Any, instance: Path) -> None:
    """The main job: instance file in, checked schedule out, with a readable summary."""
    output = instance.with_name("schedule.json")
    result = run("solve", instance, "-o", output, *QUICK)
    assert result.exit_code == 0
    assert "proved optimal" in result.stdout
    for word in ("Pay", "Total", "✓", "Coverage · counter", "Ana", "gap 0 %", f"wrote {output}"):
        assert word in result.stdout
    assert json.loads(output.read_text())["status"] == "optimal"
    assert run("check", instance, output).exit_code == 0


def test_solve_without_output_says_how_to_keep_the_schedule(run: Any, instance: Path) -> None:
    """Nobody should wait for a schedule and not know that it is gone."""
    result = run("solve", instance, *QUICK)
    assert result.exit_code == 0
    assert "keep the schedule with -o" in result.stdout
    assert [path.name for path in instance.parent.iterdir()] == ["bakery.json"]


def test_solve_takes_standard_input_and_gives_standard_output(run: Any, instance: Path) -> None:
    """Pipes: only the schedule is on standard output, the summary is beside it."""
    result = run("solve", "-", "-o", "-", *QUICK, stdin=instance.read_text())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "optimal"
    assert "proved optimal" in result.stderr


def test_quiet_says_nothing(run: Any, instance: Path) -> None:
    """Scripts get files and an exit code, and no words."""
    output = instance.with_name("schedule.json")
    result = run("solve", instance, "--quiet", "-o", output, *QUICK)
    assert (result.exit_code, result.output) == (0, "")
    assert output.exists()


def test_a_pipe_gets_plain_text(run: Any, instance: Path) -> None:
    """No control codes and no progress in logs; lines fit the width of a page."""
    result = run("solve", instance, *QUICK)
    assert "\x1b" not in result.output
    assert "\r" not in result.output
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_all_files_are_written(run: Any, instance: Path) -> None:
    """Tables, trace and page appear where they were asked for, and are named in the summary."""
    folder = instance.parent / "tables"
    trace, page = instance.with_name("trace.csv"), instance.with_name("page.html")
    result = run("solve", instance, "--csv", folder, "--trace", trace, "--report", page, *QUICK)
    assert result.exit_code == 0
    for path in (folder / "shifts.csv", folder / "coverage.csv", trace, page):
        assert path.exists()
        assert str(path.name) in result.stdout
    rows = list(csv.DictReader(io.StringIO(trace.read_text())))
    assert list(rows[0]) == ["seconds", "cost", "bound"]
    assert float(rows[-1]["cost"]) == float(rows[-1]["bound"])


def test_deterministic_gives_the_same_file_twice(run: Any, instance: Path) -> None:
    """What a planner compares must differ only where the plan differs."""
    texts = []
    for name in ("one.json", "two.json"):
        output = instance.with_name(name)
        assert run("solve", instance, "-o", output, "--deterministic", *QUICK).exit_code == 0
        texts.append(output.read_text())
    assert texts[0] == texts[1]


def test_infeasible_has_its_own_exit_code(run: Any, impossible: Path) -> None:
    """Never a quietly thinner schedule: exit 3, a clear message, and a file only if asked for."""
    result = run("solve", impossible, *QUICK)
    assert result.exit_code == 3
    assert "proved infeasible" in result.stderr
    assert result.stdout == ""
    output, page = impossible.with_name("schedule.json"), impossible.with_name("page.html")
    result = run("solve", impossible, "-o", output, "--report", page, *QUICK)
    assert result.exit_code == 3
    written = json.loads(output.read_text())
    assert (written["status"], written["shifts"]) == ("infeasible", [])
    assert "No schedule can hold all floors" in page.read_text()


def test_no_schedule_in_time_keeps_the_old_file(
    run: Any, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 4, and yesterday's schedule is not replaced by an empty one."""
    real = solving.solve

    def too_short(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        unknown = {"status": "unknown", "stop_reason": "time_limit"}
        return replace(found, **unknown, schedule=None, report=None, objective=None)

    monkeypatch.setattr(solving, "solve", too_short)
    output = instance.with_name("schedule.json")
    output.write_text("yesterday")
    result = run("solve", instance, "-o", output, "--csv", instance.parent / "t", *QUICK)
    assert result.exit_code == 4
    assert "no schedule found" in result.stderr
    assert output.read_text() == "yesterday"


def test_a_schedule_that_the_checker_rejects_is_not_written(
    run: Any, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A solver's mistake is shown with its violations, and never becomes a file."""
    real = solving.solve
    broken = Violation(
        kind="min_rest", who="Ana", when="2026-03-03", amount=60, unit="minute", message="too short"
    )

    def wrong(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        report = CheckReport(violations=(broken,), penalties=(), cost={})
        rejected = {"status": "unknown", "stop_reason": "rejected_by_checker"}
        return replace(found, **rejected, schedule=None, report=report, objective=None)

    monkeypatch.setattr(solving, "solve", wrong)
    output, page = instance.with_name("schedule.json"), instance.with_name("page.html")
    result = run("solve", instance, "-o", output, "--report", page, "--quiet", *QUICK)
    assert result.exit_code == 4
    assert re.search("Ana +60 minute +too short", result.stderr)
    assert not output.exists()
    assert not page.exists()


def test_every_fault_of_the_input_has_a_line(run: Any, instance: Path) -> None:
    """Bad input is exit 2, with file, path and message, and no traceback."""
    data = json.loads(instance.read_text())
    data["employees"][3]["contract"] = "ful"
    data["horizon"]["days"] = 0
    instance.write_text(json.dumps(data))
    result = run("solve", instance)
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert all(line.startswith(f"error: {instance}: ") for line in lines)
    assert any("horizon.days: " in line for line in lines)


def test_names_cannot_steer_the_terminal(run: Any, instance: Path) -> None:
    """Control characters and markup in names are shown, not obeyed."""
    data = json.loads(instance.read_text())
    data["employees"][0]["id"] = "[bold]A\x1b[2J:smile:"
    instance.write_text(json.dumps(data))
    result = run("solve", instance, *QUICK)
    assert result.exit_code == 0
    assert "[bold]A\\x1b[2J:smile:" in result.stdout
    data["employees"][0]["contract"] = "x\x1b[2J\nerror: "
    instance.write_text(json.dumps(data))
    assert "\x1b" not in run("solve", instance).stderr


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "nowhere/schedule.json"),
        ("-o", "."),
        ("-o", "/dev/null"),
        ("-o", "bakery.json"),
        ("-o", "same.csv", "--trace", "same.csv"),
        ("--report", "nowhere/page.html"),
        ("--report", "-"),
        ("--csv", "nowhere/deeper"),
        ("--csv", "bakery.json"),
        ("--trace", "nowhere/trace.csv"),
    ],
)
def test_outputs_are_looked_at_before_the_solve(
    run: Any, instance: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be written, or would overwrite another, costs no solve."""
    monkeypatch.setattr(solving, "solve", lambda *_, **__: pytest.fail("it was solved"))
    monkeypatch.chdir(instance.parent)
    before = instance.read_text()
    result = run("solve", "bakery.json", *options)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert instance.read_text() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_without_permission_is_refused(run: Any, instance: Path) -> None:
    """Permission is looked at before the solve."""
    instance.parent.chmod(0o555)
    result = run("solve", instance, "-o", instance.with_name("schedule.json"))
    instance.parent.chmod(0o755)
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--time-limit", "0"),
        ("--time-limit", "nan"),
        ("--gap", "-1"),
        ("--gap", "nan"),
        ("--workers", "0"),
        ("--seed", "9999999999"),
        ("--engine", "guess"),
        ("--nonsense",),
    ],
)
def test_bad_options_are_bad_usage(run: Any, instance: Path, options: tuple[str, ...]) -> None:
    """Numbers out of range and unknown words are exit 2, before anything starts."""
    assert run("solve", instance, *options).exit_code == 2


def test_the_command_and_the_function_share_their_defaults() -> None:
    """`scheduler solve` and `scheduler.solve` promise the same."""
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(solving.solve).parameters.items()
    }
    options = {option.name: option for option in main.commands["solve"].params}
    for name in ("time_limit", "gap", "seed", "engine"):
        assert options[name].default == defaults[name]
    assert list(options["engine"].type.choices) == list(solving.ENGINES)


def test_start_is_a_schedule_to_begin_with(
    run: Any, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the search finds nothing, yesterday's schedule is written again, and said to be so."""
    first, again = instance.with_name("first.json"), instance.with_name("again.json")
    assert run("solve", instance, "-o", first, *QUICK).exit_code == 0
    monkeypatch.setitem(solving.ENGINES, "auto", lambda _, limits: nothing_found(limits))
    result = run("solve", instance, "--start", first, "-o", again)
    assert result.exit_code == 0
    assert "Nothing cheaper was found than the schedule to begin with." in result.stdout
    shifts = [json.loads(file.read_text())["shifts"] for file in (first, again)]
    assert shifts[0] == shifts[1]


def test_start_has_to_be_a_schedule(run: Any, instance: Path) -> None:
    """An instance in its place, no file, and standard input for both: a message each."""
    assert run("solve", instance, "--start", instance).exit_code == 2
    missing = run("solve", instance, "--start", "nowhere.json")
    assert missing.exit_code == 2 and "nowhere.json" in missing.stderr
    twice = run("solve", "-", "--start", "-", stdin=instance.read_text())
    assert twice.exit_code == 2 and "--start" in twice.stderr
