"""Running a suite: every instance, engine, limit and seed once, each in its own process."""

from __future__ import annotations

import os
import platform
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..engine.outcome import Interrupt
from ..errors import Fault, InputError
from ..models.result import TracePoint
from ..solving import ENGINES
from .job import Job
from .peers import PEERS
from .processes import Ended, run_process
from .runs import FAILED, Key, Run, RunFile, Trace
from .source import Source
from .suite import Suite, unknown

DESIGN = "design"
"""Stands for the engine of problems that ask for shifts, not for people."""
GRACE_SECONDS = 120.0
"""Beyond the time limit, for reading, building the model, and checking."""


@dataclass(frozen=True)
class Manner:
    """How a suite is run; what is None is as the suite says."""

    time_limits: Sequence[float] | None = None
    seeds: Sequence[int] | None = None
    engines: Sequence[str] | None = None
    only: str | None = None
    """Pattern of instance names."""
    workers: int | None = None
    """Threads of each run; the cores divided among the runs, if left out."""
    parallel: int = 1
    """Runs at once."""
    oversubscribe: bool = False
    """Whether more threads than cores are wanted."""
    grace_seconds: float = GRACE_SECONDS
    schedules: Path | None = None
    """Folder for the schedules."""
    interrupt: Interrupt = field(default_factory=Interrupt)


def available_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads_each(manner: Manner, cores: int) -> int:
    """Give the threads of each run.

    Raises
    ------
    InputError
        If all runs together have more threads than there are cores, which would make every time
        a time of something else.
    """
    workers = manner.workers or max(1, cores // manner.parallel)
    if workers * manner.parallel > cores and not manner.oversubscribe:
        message = (
            f"{workers} workers × {manner.parallel} parallel runs = "
            f"{workers * manner.parallel} threads on {cores} cores: times would not be comparable; "
            "--oversubscribe runs them all the same"
        )
        raise InputError("--workers", [Fault("", message)])
    return workers


def plan_jobs(suite: Suite, found: Sequence[Source], manner: Manner, workers: int) -> list[Job]:
    """List everything that a suite asks for.

    Raises
    ------
    InputError
        If no instance is called like `only`, or there is no such engine.
    """
    names = [source.name for source in found]
    chosen = [s for s in found if manner.only is None or fnmatchcase(s.name, manner.only)]
    if not chosen:
        raise unknown("instance", str(manner.only), names)
    engines = [*ENGINES, *PEERS, DESIGN]
    for engine in manner.engines or suite.engines:
        if engine not in engines:
            raise unknown("engine", engine, engines)
    return [
        Job(suite.name, source, engine, limit, seed, workers, _schedule(manner, source, engine))
        for limit in manner.time_limits or suite.time_limits
        for source in chosen
        for engine in manner.engines or suite.engines
        for seed in manner.seeds or suite.seeds
    ]


def _schedule(manner: Manner, source: Source, engine: str) -> str | None:
    if manner.schedules is None:
        return None
    return str(manner.schedules.resolve() / f"{source.name.replace('/', '_')}.{engine}.json")


def key_of(job: Job) -> Key:
    """Give what tells its run apart."""
    return (job.suite, job.source.name, job.engine, job.time_limit, job.seed)


def run_jobs(
    jobs: Sequence[Job], file: RunFile, manner: Manner, *, retry: bool = False
) -> Iterator[tuple[Run, int]]:
    """Run what is not done yet, and write each row as its run ends.

    Parameters
    ----------
    retry
        Run again what ended without a result.

    Yields
    ------
    Each run, and how many are still to come.
    """
    done = file.open()
    if retry and any(run.status in FAILED for run in done):
        traces = file.traces()
        done = [run for run in done if run.status not in FAILED]
        file.rewrite(done, traces)
    known = {run.key for run in done}
    waiting = [job for job in jobs if key_of(job) not in known]
    cores = available_cores()
    ended = _ended(waiting, lambda job: _performed(job, manner, cores), manner)
    for left, (run, trace) in enumerate(ended, start=1):
        file.add(run, trace)
        yield run, len(waiting) - left


def _ended(
    jobs: Sequence[Job], perform: Callable[[Job], tuple[Run, Trace] | None], manner: Manner
) -> Iterator[tuple[Run, Trace]]:
    """Perform jobs, several at once, in the order in which they end."""
    waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
    found: queue.SimpleQueue[tuple[Run, Trace] | BaseException | None] = queue.SimpleQueue()
    for job in jobs:
        waiting.put(job)

    def work() -> None:
        try:
            while not manner.interrupt.is_set():
                got = perform(waiting.get_nowait())
                if got is not None:
                    found.put(got)
        except queue.Empty:
            pass
        except BaseException as error:
            found.put(error)
        found.put(None)  # this thread has ended

    threads = [threading.Thread(target=work, daemon=True) for _ in range(manner.parallel)]
    for thread in threads:
        thread.start()
    left = len(threads)
    try:
        while left:
            got = found.get()
            if isinstance(got, BaseException):
                raise got
            if got is None:
                left -= 1
            else:
                yield got
    finally:
        if left:
            manner.interrupt.set()
        for thread in threads:
            thread.join()


def _performed(job: Job, manner: Manner, cores: int) -> tuple[Run, Trace] | None:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    ended = run_process(job, manner.grace_seconds, manner.interrupt)
    if ended is None:
        return None
    run = _run_of(job, ended)
    return replace(run, parallel=manner.parallel, cores=cores, started=started), ended.trace


def _run_of(job: Job, ended: Ended) -> Run:
    names = {field.name for field in fields(Run)}
    said: dict[str, Any] = {k: v for k, v in ended.result.items() if k in names}
    for name in ("cost", "bound", "violating_cost"):
        if said.get(name) is not None:
            said[name] = Decimal(said[name])
    if said["status"] in FAILED:
        said["seconds"] = round(ended.seconds, 3)
        said["bound"] = _last_bound(ended.trace)
    if said.get("peak_mb") is None and ended.peak_mb is not None:
        said["peak_mb"] = round(ended.peak_mb, 1)
    suite, instance, engine, limit, seed = key_of(job)
    return Run(
        suite=suite,
        instance=instance,
        engine=engine,
        time_limit=limit,
        seed=seed,
        workers=job.workers,
        servicefloor=version("servicefloor"),
        ortools=version("ortools"),
        python=platform.python_version(),
        **said,
    )


def _last_bound(trace: Sequence[TracePoint]) -> Decimal | None:
    """Give the highest bound that was told before the end: what is proved stays proved."""
    return max((p.bound for p in trace if p.bound is not None), default=None)
