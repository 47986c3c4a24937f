"""Digests: the same instance wherever it comes from, and no two instances under one name."""

import sys
from pathlib import Path

import pytest

from scheduler import InputError, Instance, read
from scheduler.bench import processes
from scheduler.bench.comparing import open_book
from scheduler.bench.digests import digest_of, refuse_changed
from scheduler.bench.job import Job
from scheduler.bench.planning import Manner
from scheduler.bench.processes import run_process
from scheduler.bench.runner import run_jobs
from scheduler.bench.runs import COLUMNS, LATER, Run, RunFile
from scheduler.bench.source import Source
from scheduler.bench.team import TeamPlan
from scheduler.engine.outcome import Interrupt

INSTANCES = Path(__file__).parents[2] / "instances"
BAKERY = INSTANCES / "bakery.json"


def _run(digest: str, instance: str = "bakery", seed: int = 0) -> Run:
    return Run("mine", instance, "auto", 2.0, seed, "unknown", digest=digest)


def _file(path: Path, *runs: Run) -> Path:
    file = RunFile(path)
    file.open()
    for run in runs:
        file.add(run, ())
    return path


def test_a_digest_is_of_what_is_meant() -> None:
    """A made team and its file are one instance, whatever the order of keys or the description."""
    made = TeamPlan(people=10, days=1, variant="slack").instance()
    assert digest_of(made) == digest_of(read(INSTANCES / "suite" / "team-10x1-slack.json"))
    record = read(BAKERY).model_dump(mode="json", exclude_none=True)
    turned = dict(reversed(record.items())) | {"description": "other words"}
    assert digest_of(Instance.model_validate(turned)) == digest_of(read(BAKERY))


def test_a_digest_notices_every_change() -> None:
    """A wage, or one kind of rule instead of another with the same numbers."""
    record = read(BAKERY).model_dump(mode="json", exclude_none=True)
    digests = {digest_of(Instance.model_validate(record))}
    contract = record["contracts"][0]
    contract["pay"]["hourly_rate"] = 99
    digests.add(digest_of(Instance.model_validate(record)))
    for kind in ("max_consecutive_days", "min_consecutive_days_off"):
        contract["rules"] = [{"kind": kind, "days": 2}]
        digests.add(digest_of(Instance.model_validate(record)))
    assert len(digests) == 4


def test_rows_say_of_which_instance_they_are(tmp_path: Path) -> None:
    """The process tells before it solves, so that a run that ends badly has its digest too."""
    ended = run_process(Job("s", Source("x", str(BAKERY)), "auto", 0.01, 0, 1), 60, Interrupt())
    assert ended is not None
    assert ended.result["digest"] == digest_of(read(BAKERY))
    assert (ended.result["interval_minutes"], ended.result["people"]) == (30, 5)


def test_a_crash_keeps_what_was_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Digest and size of what could not be solved."""
    told = 'print(\'{"about": {"digest": "ab", "people": 3}}\', flush=True)'
    code = f"import os; {told}; os.kill(os.getpid(), 9)"
    monkeypatch.setattr(processes, "COMMAND", (sys.executable, "-c", code))
    jobs = [Job("s", Source("x", str(BAKERY)), "auto", 1.0, 0, 1)]
    ((run, _),) = run_jobs(jobs, RunFile(tmp_path / "r.csv"), Manner())
    assert (run.status, run.digest, run.people) == ("crash", "ab", 3)


def test_a_file_is_not_gone_on_with_for_another_instance(tmp_path: Path) -> None:
    """Neither its rows nor new ones would be of one instance; the file stays as it was."""
    path = _file(tmp_path / "r.csv", _run("0123"))
    jobs = [Job("mine", Source("bakery", str(BAKERY)), "auto", 2.0, seed, 1) for seed in (0, 1)]
    with pytest.raises(InputError) as caught:
        list(run_jobs(jobs, RunFile(path), Manner()))
    now = digest_of(read(BAKERY))
    assert str(caught.value) == (
        f"{path}: 'bakery' is another instance than that of its rows (digest {now}, there 0123); "
        "write to another file, or take these rows out"
    )
    assert len(RunFile(path).runs()) == 1


def test_a_refusal_loses_no_failure(tmp_path: Path) -> None:
    """Rows that --retry would run again are taken out only once it goes on."""
    crash = Run("mine", "bakery", "auto", 2.0, 1, "crash", digest="0123")
    path = _file(tmp_path / "r.csv", _run("0123"), crash)
    jobs = [Job("mine", Source("bakery", str(BAKERY)), "auto", 2.0, 1, 1)]
    with pytest.raises(InputError):
        list(run_jobs(jobs, RunFile(path), Manner(), retry=True))
    assert [run.status for run in RunFile(path).runs()] == ["unknown", "crash"]


def test_rows_of_the_same_instance_and_of_others_are_fine(tmp_path: Path) -> None:
    """So are rows without a digest, and files that are broken now: their run tells."""
    bakery, broken = Source("bakery", str(BAKERY)), Source("gone", str(tmp_path / "gone.json"))
    done = [_run(digest_of(read(BAKERY))), _run(""), _run("12", "other"), _run("34", "gone")]
    refuse_changed("r.csv", done, [bakery, broken])


def test_different_instances_of_one_name_are_not_compared(tmp_path: Path) -> None:
    """Which name, in which files, with which digests; rows without one are believed."""
    one = _file(tmp_path / "one.csv", _run("aa"), _run("bb", "shop"))
    other = _file(tmp_path / "two.csv", _run("cc"), _run("cc", seed=1), _run("bb", "shop"))
    with pytest.raises(InputError) as caught:
        open_book([one, other])
    assert str(caught.value) == (
        "two: 'bakery' is another instance in two (mine, digest cc) than in one (mine, digest aa): "
        "their runs cannot be compared"
    )
    third = _file(tmp_path / "three.csv", _run(""))
    assert len(open_book([one, third]).runs) == 3


def test_older_files_are_read_and_gone_on_with(tmp_path: Path) -> None:
    """They lack columns; once they are opened for more runs they have them."""
    path = _file(tmp_path / "r.csv", _run(""))
    older = [name for name in COLUMNS if name not in LATER]
    cells = _run("").cells()
    rows = (older, [cells[name] for name in older])
    path.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    assert RunFile(path).runs() == [_run("")]
    RunFile(path).open()
    assert path.read_text(encoding="utf-8").startswith(",".join(COLUMNS))
    assert RunFile(path).runs() == [_run("")]
