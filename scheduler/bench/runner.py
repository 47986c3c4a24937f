"""Running jobs: several at once, a row for each, and nothing twice."""

from __future__ import annotations

import platform
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from ..models.result import TracePoint
from .digests import refuse_changed
from .job import Job
from .planning import Manner, available_cores, key_of
from .processes import Ended, run_process
from .runs import FAILED, Run, RunFile, Trace


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

    Raises
    ------
    InputError
        If rows of the file are of another instance than the one that has their name now.
    """
    done = file.open()
    kept = [run for run in done if not (retry and run.status in FAILED)]
    refuse_changed(str(file.path), kept, [job.source for job in jobs])
    if len(kept) < len(done):
        file.rewrite(kept, file.traces())
    known = {run.key for run in kept}
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
