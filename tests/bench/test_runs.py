"""Files of runs: rows that survive, rows that are broken, and runs that end badly."""

import os
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from scheduler import InputError
from scheduler.bench import processes
from scheduler.bench.job import Job
from scheduler.bench.planning import Manner, plan_jobs, threads_each
from scheduler.bench.processes import run_process
from scheduler.bench.runner import run_jobs
from scheduler.bench.runs import COLUMNS, Run, RunFile
from scheduler.bench.source import Source
from scheduler.bench.suite import Suite
from scheduler.engine.outcome import Interrupt
from scheduler.models.result import TracePoint

RUN = Run(
    "s",
    "team, with a comma",
    "auto",
    1.5,
    3,
    "feasible",
    "time_limit",
    Decimal("10.50"),
    Decimal("9.00"),
    violations=0,
    seconds=1.625,
    people=4,
    message='said "no"\nand more',
)
TRACE = (TracePoint(0.5, None, Decimal(1)), TracePoint(1.25, Decimal("10.5"), Decimal(9)))


def test_a_row_survives_its_file(tmp_path: Path) -> None:
    """What is written is read again, the course too; what is unknown stays unknown."""
    file = RunFile(tmp_path / "runs.csv")
    assert file.open() == []
    file.add(RUN, TRACE)
    assert file.runs() == [RUN]
    assert file.traces() == {RUN.key: TRACE}
    assert file.runs()[0].first_seconds is None
    assert COLUMNS.index("gap") == COLUMNS.index("bound") + 1


def test_a_course_without_a_row_goes_away(tmp_path: Path) -> None:
    """A run that was cut off between both files is run again, and its course counts once."""
    file = RunFile(tmp_path / "runs.csv")
    file.open()
    file.add(RUN, TRACE)
    lines = file.path.read_text(encoding="utf-8").splitlines()
    file.path.write_text(f"{lines[0]}\n", encoding="utf-8")
    assert file.open() == []
    assert file.traces() == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "line 1: this is no file of runs: no column suite"),
        ("{heads}\n{cells},extra\n", "line 2: expected"),
        ("{heads}\n{status}\n", "line 2: status: expected one of optimal, feasible"),
        ("{heads}\n{cost}\n", "line 2: cost: expected a number, found 'dear'"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    """Line, column, and what was expected."""
    good = dict.fromkeys(COLUMNS, "") | {
        "suite": "s",
        "time_limit": "1",
        "seed": "0",
        "status": "unknown",
        "workers": "1",
        "parallel": "1",
        "cores": "1",
    }
    rows = {
        "cells": good,
        "status": good | {"status": "fine"},
        "cost": good | {"cost": "dear"},
    }
    filled = {name: ",".join(row.values()) for name, row in rows.items()}
    path = tmp_path / "runs.csv"
    path.write_text(text.format(heads=",".join(COLUMNS), **filled), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        RunFile(path).runs()
    assert words in str(caught.value)


def _job(path: Path, seconds: float = 1) -> Job:
    return Job("s", Source("x", path=str(path)), "auto", seconds, 0, 1)


def _python(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(processes, "COMMAND", (sys.executable, "-c", code))


def test_a_crash_says_what_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last line of the errors, or the signal; the course that was told is kept."""
    _python(monkeypatch, "import sys; sys.exit('no more memory')")
    ended = run_process(_job(tmp_path), 5, Interrupt())
    assert ended is not None
    assert ended.result == {"status": "crash", "message": "no more memory"}
    told = 'print(\'{"point": [1.0, null, "7.5"]}\', flush=True)'
    _python(monkeypatch, f"import os; {told}; os.kill(os.getpid(), 11)")
    ended = run_process(_job(tmp_path), 5, Interrupt())
    assert ended is not None
    assert ended.result == {"status": "crash", "message": "killed by SIGSEGV"}
    assert ended.trace == (TracePoint(1.0, None, Decimal("7.5")),)


def test_who_does_not_stop_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A timeout is a row, and what the process started ends with it."""
    child = "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', "
    pid = tmp_path / "pid"
    write = f"open({str(pid)!r}, 'w').write(str(p.pid))"
    _python(monkeypatch, f"{child}'import time; time.sleep(60)']); {write}; time.sleep(60)")
    ended = run_process(_job(tmp_path, 0.5), 1.5, Interrupt())
    assert ended is not None and ended.result["status"] == "timeout"
    assert ended.seconds < 20
    if sys.platform == "linux" and pid.exists():
        state = Path(f"/proc/{pid.read_text(encoding='utf-8')}/stat")
        until = time.monotonic() + 10
        while _is_alive(state) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _is_alive(state)


def _is_alive(state: Path) -> bool:
    try:
        return state.read_text(encoding="utf-8").split()[2] not in "ZX"
    except OSError:
        return False


def test_an_interrupt_leaves_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What did not end is run again the next time."""
    _python(monkeypatch, "import time; time.sleep(60)")
    interrupt = Interrupt()
    interrupt.set()
    assert run_process(_job(tmp_path), 5, interrupt) is None


def test_failures_do_not_end_the_suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every job has a row, several at once too; --retry runs only the failures again."""
    _python(monkeypatch, "import sys; sys.exit('gone')")
    jobs = [
        Job("s", Source(f"i{n}", path="x"), "auto", 1.0, seed, 1) for n in (1, 2) for seed in (0, 1)
    ]
    file = RunFile(tmp_path / "runs.csv")
    manner = Manner(parallel=2)
    assert sorted(left for _, left in run_jobs(jobs, file, manner)) == [0, 1, 2, 3]
    assert {(run.instance, run.seed, run.status) for run in file.runs()} == {
        (f"i{n}", seed, "crash") for n in (1, 2) for seed in (0, 1)
    }
    assert list(run_jobs(jobs, file, manner)) == []
    assert len(list(run_jobs(jobs, file, manner, retry=True))) == 4
    assert len(file.runs()) == 4


def test_threads_are_counted_against_cores() -> None:
    """Without a word, cores are shared; more threads than cores are refused."""
    assert threads_each(Manner(), 8) == 8
    assert threads_each(Manner(parallel=3), 8) == 2
    assert threads_each(Manner(workers=4, parallel=2), 8) == 4
    with pytest.raises(InputError, match="4 workers × 3 parallel runs = 12 threads on 8 cores"):
        threads_each(Manner(workers=4, parallel=3), 8)
    with pytest.raises(InputError, match="1 workers × 3 parallel runs = 3 threads on 2 cores"):
        threads_each(Manner(parallel=3), 2)
    assert threads_each(Manner(workers=4, parallel=3, oversubscribe=True), 8) == 4


def test_a_plan_has_every_combination() -> None:
    """Limits, instances, engines and seeds; what is asked for replaces what the suite says."""
    suite = Suite(title="t", name="s", time_limits=(1, 2), seeds=(0, 1, 2), engines=("auto",))
    found = [Source("one", path="1"), Source("two", path="2")]
    assert len(plan_jobs(suite, found, Manner(), 1)) == 2 * 2 * 3
    manner = Manner(
        only=("t*",), seeds=(5, 5), time_limits=(9.0,), engines=("exact", "pyworkforce")
    )
    jobs = plan_jobs(suite, found, manner, 1)
    assert [(j.source.name, j.engine, j.seed, j.time_limit) for j in jobs] == [
        ("two", "exact", 5, 9.0),
        ("two", "pyworkforce", 5, 9.0),
    ]
    with pytest.raises(InputError, match="unknown instance; did you mean 'two'"):
        plan_jobs(suite, found, Manner(only=("one", "twoo")), 1)
    assert len(plan_jobs(suite, found, Manner(only=("one", "t*")), 1)) == 2 * 2 * 3
    with pytest.raises(InputError, match="unknown engine; did you mean 'exact'"):
        plan_jobs(suite, found, Manner(engines=("exakt",)), 1)


def test_a_job_survives_the_way_to_its_process() -> None:
    """What is asked for arrives."""
    job = Job("s", Source("x", "a.txt", "curtois-24"), "exact", 2.5, 7, 2, "out.json")
    assert Job.of_json(job.to_json()) == job
    assert os.fspath(job.source.path or "") == "a.txt"
