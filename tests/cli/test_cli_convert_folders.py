"""``scheduler convert`` with formats that have several files for one problem or solution."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "formats" / "inrc2"
PERIOD = FOLDER / "n004w2_1_1-0"


def test_from_a_name_to_the_files_of_the_weeks(run: Any, tmp_path: Path) -> None:
    """A period is named in its folder, and a solution is a folder; costs stay on the way."""
    instance, schedule, back = (tmp_path / name for name in ("i.json", "s.json", "b.json"))
    weeks = tmp_path / "weeks"
    assert run("convert", PERIOD, "--from", "inrc2", "-o", instance).exit_code == 0
    within = ("--time-limit", 20, "--gap", 0.5, "-q")
    assert run("solve", instance, "-o", schedule, *within).exit_code == 0
    given = ("--instance", instance, "-o")
    result = run("convert", schedule, "--to", "inrc2", *given, weeks)
    files = [weeks / f"sol-week{number}.txt" for number in range(2)]
    assert (result.exit_code, result.stdout) == (0, "".join(f"wrote {file}\n" for file in files))
    assert run("convert", weeks, "--from", "inrc2", *given, back).exit_code == 0
    assert run("check", instance, back).exit_code == 0
    first, second = (json.loads(path.read_text(encoding="utf-8")) for path in (schedule, back))
    assert first["objective"] == second["objective"]


def test_several_files_need_a_folder(run: Any, tmp_path: Path) -> None:
    """What has several files cannot be printed; it is said which they are."""
    instance, schedule = tmp_path / "i.json", tmp_path / "s.json"
    assert run("convert", PERIOD, "--from", "inrc2", "-o", instance).exit_code == 0
    schedule.write_text(json.dumps({"instance": "n004w2_1_1-0", "shifts": []}), encoding="utf-8")
    result = run("convert", schedule, "--to", "inrc2", "--instance", instance)
    assert result.exit_code == 2
    assert "sol-week0.txt, sol-week1.txt: name a folder with -o" in result.stderr


def test_what_is_not_said_is_asked_for(run: Any) -> None:
    """A folder with several periods, and a pipe, are refused in one sentence."""
    for place, says in ((FOLDER, "choose among them by a name"), ("-", "a period has several")):
        result = run("convert", place, "--from", "inrc2")
        assert result.exit_code == 2
        assert says in result.stderr
        assert len(result.stderr.splitlines()) == 1
