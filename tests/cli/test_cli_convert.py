"""``scheduler convert``: foreign files in, schedules back out, and what it says to bad usage."""

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import convert
from scheduler.io.formats import FORMATS

DATA = Path(__file__).parents[1] / "data" / "formats"
TINY = DATA / "curtois24" / "tiny.txt"


@pytest.fixture
def tiny(run: Any, tmp_path: Path) -> Path:
    """Convert the tiny period of the shift scheduling benchmark."""
    path = tmp_path / "tiny.json"
    result = run("convert", TINY, "--from", "curtois-24", "-o", path)
    assert (result.exit_code, result.stdout) == (0, f"wrote {path}\n")
    return path


def test_from_a_foreign_file_to_its_solution(run: Any, tiny: Path, tmp_path: Path) -> None:
    """Convert, solve, convert back, and once more: the check is content with all of it."""
    schedule, roster, back = (tmp_path / name for name in ("s.json", "r.txt", "b.json"))
    assert run("solve", tiny, "-o", schedule, "--time-limit", 20, "-q").exit_code == 0
    given = ("--instance", tiny, "-o")
    assert run("convert", schedule, "--to", "curtois-24", *given, roster).exit_code == 0
    assert roster.read_text(encoding="utf-8").startswith("Ada: ")
    assert run("convert", roster, "--from", "curtois-24", *given, back).exit_code == 0
    assert run("check", tiny, back).exit_code == 0
    first, second = (json.loads(path.read_text(encoding="utf-8")) for path in (schedule, back))
    assert first["objective"] == second["objective"]
    assert first["shifts"] == second["shifts"]


def test_standard_input_and_output(run: Any) -> None:
    """A pipe does as well as files."""
    result = run("convert", "-", "--from", "curtois-24", stdin=TINY.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["horizon"]["days"] == 14


def test_the_help_names_every_format() -> None:
    """Whoever asks for help sees what can be read."""
    assert all(known.id in (convert.help or "") for known in FORMATS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["x.txt"], "give one of --from and --to"),
        (["x.txt", "--from", "inrc1", "--to", "inrc1"], "give one of --from and --to"),
        (["x.txt", "--to", "inrc1"], "needs the --instance that"),
        (["x.txt", "--from", "curtois"], "unknown format 'curtois'; did you mean 'curtois-24'? "
                                         "known formats: "),
        (["x.txt", "--from", "excel"], "unknown format 'excel'; expected one of 'curtois-24', "),
        (["x.txt", "--from", "inrc1"], "x.txt: cannot be read: no such file or directory"),
        ([TINY, "--from", "inrc1"], "tiny.txt: line 1: broken XML"),
    ],
)  # fmt: skip
def test_bad_usage(run: Any, arguments: list[str], says: str) -> None:
    """Each mistake gets one sentence and exit code 2."""
    result = run("convert", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_a_schedule_of_something_else_is_refused(run: Any, tiny: Path, tmp_path: Path) -> None:
    """A solution file cannot hold what the instance does not have."""
    shift = {"employee": "Zoe", "day": "2024-01-02", "template": "E",
             "start": "2024-01-02T00:00", "end": "2024-01-02T08:00"}  # fmt: skip
    path = tmp_path / "schedule.json"
    path.write_text(json.dumps({"instance": "tiny", "shifts": [shift]}), encoding="utf-8")
    result = run("convert", path, "--to", "curtois-24", "--instance", tiny)
    assert result.exit_code == 2
    assert result.stderr == f"error: {path}: 2024-01-02, Zoe: there is no such employee\n"
