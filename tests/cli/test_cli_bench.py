"""The commands `scheduler bench`: run, resume, compare, report, and what is said of mistakes."""

import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scheduler import check, read, read_schedule
from scheduler.bench.runs import Run, RunFile
from scheduler.cli import main

SUITE = """
title = "Mine"
files = ["bakery.json", "broken.json"]
best_known = "known.csv"
time_limits = [2]
"""


def _bench(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["bench", *map(str, arguments)])


@pytest.fixture
def suite(instance: Path) -> Path:
    """Make a suite of a good file and a broken one."""
    folder = instance.parent
    (folder / "broken.json").write_text("{", encoding="utf-8")
    known = "instance,cost,bound\nbakery,1029,1029\n"
    (folder / "known.csv").write_text(known, encoding="utf-8")
    path = folder / "mine.toml"
    path.write_text(SUITE, encoding="utf-8")
    return path


def test_from_run_to_page(suite: Path) -> None:
    """A broken file is a row; a second run has nothing to do; tables and page follow."""
    runs, page, keep = (suite.parent / name for name in ("r.csv", "page.html", "keep"))
    done = _bench("run", suite, "--workers", 1, "--schedules", keep, "-o", runs)
    assert done.exit_code == 0, done.output
    assert "broken.json: broken JSON" in done.output and "0 to come" in done.output
    good, broken = RunFile(runs).runs()
    assert (good.instance, good.violations, good.people) == ("bakery", 0, 5)
    assert good.cost is not None and good.status in ("optimal", "feasible")
    assert good.peak_mb is not None and good.peak_mb > 10
    assert (broken.status, broken.cost) == ("bad_input", None)
    assert RunFile(runs).traces()[good.key]
    kept = read_schedule(keep / "bakery.auto-2s-seed0.json")
    report = check(read(suite.parent / "bakery.json"), kept)
    assert report.objective == good.cost

    assert "nothing to do: all 2 runs" in _bench("run", suite, "-o", runs).output
    compared = _bench("compare", runs)
    assert compared.exit_code == 0, compared.output
    assert "1,029.00" in compared.output
    assert "| bakery | auto | 2 |" in _bench("compare", runs, "--markdown").output
    assert _bench("compare", runs, runs).exit_code == 0
    assert _bench("report", runs, "-o", page).exit_code == 0
    assert "Benchmark: mine" in page.read_text(encoding="utf-8")


def _solved(suite: Path) -> Path:
    """Write what a run of the bakery leaves."""
    cost = Decimal("1029.00")
    size = {"people": 5, "days": 3, "interval_minutes": 30, "seconds": 1.5}
    run = Run("mine", "bakery", "auto", 2.0, 0, "optimal", cost=cost, bound=cost, **size)  # type: ignore[arg-type]
    file = RunFile(suite.parent / "r.csv")
    file.open()
    file.add(run, ())
    return file.path


def test_moments_of_a_run(suite: Path) -> None:
    """Two tables more, and what their costs are worth; with two runs each row names its file."""
    runs, page = _solved(suite), suite.parent / "page.html"
    done = _bench("compare", runs, "--at", "1,2", "--markdown")
    assert done.exit_code == 0, done.output
    assert "| bakery | auto | 2 | 1 | 0 of 1 | none yet |" in done.output
    assert "| bakery | auto | 2 | 2 | 1 of 1 | 1,029.00 |" in done.output
    assert "as the engine told them" in done.output
    shutil.copy(runs, suite.parent / "other.csv")
    both = _bench("compare", runs, suite.parent / "other.csv", "--at", "2", "--markdown")
    assert "| other | bakery | auto | 2 | 2 |" in both.output
    assert _bench("report", runs, "--at", "1", "-o", page).exit_code == 0
    assert "At moments" in page.read_text(encoding="utf-8")


def test_growth_of_a_run(suite: Path) -> None:
    """Tables, and a picture; one instance alone is no curve."""
    picture = suite.parent / "growth.svg"
    done = _bench("growth", _solved(suite), "-o", picture, "--markdown")
    assert done.exit_code == 0, done.output
    assert "| bakery | r | auto | 2 | 5 | 3 | 2 | 1 of 1 | 1.5 | 0.00% | – |" in done.output
    assert "nothing grows here" in done.output
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_files_are_run_without_a_suite(suite: Path) -> None:
    """Whoever has files needs no TOML; a changed file is refused under its old rows."""
    bakery, runs = suite.parent / "bakery.json", suite.parent / "r.csv"
    arguments = ("run", bakery, suite.parent / "broken.json", "--time-limit", 2, "-o", runs)
    done = _bench(*arguments, "--workers", 1)
    assert done.exit_code == 0, done.output
    assert [(run.suite, run.instance) for run in RunFile(runs).runs()] == [
        ("files", "bakery"),
        ("files", "broken"),
    ]
    text = bakery.read_text(encoding="utf-8")
    bakery.write_text(text.replace('"hourly_rate": ', '"hourly_rate": 1'), encoding="utf-8")
    done = _bench(*arguments)
    assert done.exit_code == 2 and "'bakery' is another instance" in done.output


def test_what_is_better_is_taken_over(suite: Path) -> None:
    """A table is made of runs, and the same runs do not change it again."""
    runs, table = _solved(suite), suite.parent / "new.csv"
    first = _bench("compare", runs, "--update", table)
    assert "bakery: cost 1,029.00" in first.output
    text = table.read_text(encoding="utf-8")
    assert "nothing is better" in _bench("compare", runs, "--update", table).output
    assert table.read_text(encoding="utf-8") == text


def test_a_claim_below_a_proof_is_refused(suite: Path) -> None:
    """Exit code 2, with line, claim and proof."""
    runs = _solved(suite)
    (suite.parent / "known.csv").write_text("instance,cost,bound\nbakery,900,\n", encoding="utf-8")
    done = _bench("compare", runs, "--best-known", suite.parent / "known.csv")
    assert done.exit_code == 2
    assert "line 2: 'bakery' claims a cost of 900, below the bound 1029.00" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "curtis-24"], "unknown suite; did you mean 'curtois-24'?"),
        (["run", "shipped", "--only", "bakry", "-o", "r.csv"], "did you mean 'bakery'?"),
        (["run", "shipped", "--engine", "atuo", "-o", "r.csv"], "did you mean 'auto'?"),
        (["run", "shipped", "--seeds", "0,x", "-o", "r.csv"], "expected whole numbers"),
        (["run", "shipped", "--seeds", "9999999999", "-o", "r.csv"], "below a billion"),
        (["run", "shipped", "--workers", "999", "-o", "r.csv"], "999 workers × 1 parallel runs"),
        (["run", "shipped", "-o", "no/r.csv"], "there is no folder 'no'"),
        (["run", "inrc1", "--data", "nowhere", "-o", "r.csv"], "'nowhere/inrc1'"),
        (["run", "none.json", "-o", "r.csv"], "there is no such file, and no such suite"),
        (["compare", "none.csv"], "cannot be read"),
        (["compare", "none.csv", "--at", "1,x"], "--at: expected seconds such as 60,300,600"),
        (["report", "none.csv", "--at", "0", "-o", "p.html"], "expected seconds"),
        (["verified", "--no-shows", "2"], "expected chances below 1"),
        (["generate", "team-10x2-slack", "-o", "."], "did you mean 'team-10x28-slack'?"),
        (["generate", "--people", "10", "--days", "9", "-o", "."], "whole weeks, found 9 days"),
    ],
)
def test_mistakes_are_named(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, exit code 2, and no file of runs."""
    monkeypatch.chdir(tmp_path)
    done = _bench(*arguments)
    assert done.exit_code == 2, done.output
    assert words in done.output and done.output.startswith("error: ")
    assert done.output.count("\n") == 1
    assert not (tmp_path / "r.csv").exists()


def test_lists() -> None:
    """Every suite, and the instances of one with what is known."""
    done = _bench("list")
    assert done.exit_code == 0 and "teams" in done.output and "curtois-24" in done.output
    assert "team-200x28-tight" in _bench("list", "teams").output


def test_teams_are_made(tmp_path: Path) -> None:
    """Of the suite, or of any size; the planted schedule checks clean."""
    done = _bench("generate", "team-10x1-slack", "-o", tmp_path, "--planted")
    assert done.exit_code == 0, done.output
    instance = read(tmp_path / "team-10x1-slack.json")
    schedule = read_schedule(tmp_path / "team-10x1-slack.planted.json")
    assert check(instance, schedule).ok
    done = _bench("generate", "-o", tmp_path, "--people", 8, "--days", 1, "--seed", 5)
    assert len(read(tmp_path / "team-8x1-slack-s5.json").employees) == 8


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_keeps_what_is_done(suite: Path) -> None:
    """The row of the run that is done stays; the one that is not done is run again."""
    folder = suite.parent
    text = 'title = "x"\nfiles = ["broken.json"]\ntime_limits = [60]\n'
    team = 'generated = [{ people = 60, days = 28, variant = "tight" }]\n'
    suite.write_text(text + team, encoding="utf-8")
    runs = folder / "r.csv"
    command = [sys.executable, "-m", "scheduler", "bench", "run", str(suite), "-o", str(runs)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 60
        while not (runs.exists() and RunFile(runs).runs()) and time.monotonic() < until:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "interrupted" in errors
    assert [run.instance for run in RunFile(runs).runs()] == ["broken"]
