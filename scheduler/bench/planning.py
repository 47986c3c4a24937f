"""What a suite asks for: every instance, engine, limit and seed once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.outcome import Interrupt
from ..errors import Fault, InputError
from ..solving import ENGINES
from .job import Job
from .peers import PEERS
from .runs import Key
from .source import Source
from .suite import Suite, is_chosen, unknown

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
    only: Sequence[str] = ()
    """Patterns of instance names; all instances, if there are none."""
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
        If no instance is called like one of `only`, or there is no such engine.
    """
    names = [source.name for source in found]
    for pattern in manner.only:
        if not any(is_chosen(name, [pattern]) for name in names):
            raise unknown("instance", pattern, names)
    chosen = [source for source in found if is_chosen(source.name, manner.only)]
    engines = [*ENGINES, *PEERS, DESIGN]
    for engine in manner.engines or suite.engines:
        if engine not in engines:
            raise unknown("engine", engine, engines)
    jobs = (
        Job(
            *(suite.name, source, engine, limit, seed, workers),
            _schedule(manner.schedules, f"{source.name}.{engine}-{limit:g}s-seed{seed}"),
        )
        for limit in manner.time_limits or suite.time_limits
        for source in chosen
        for engine in manner.engines or suite.engines
        for seed in manner.seeds or suite.seeds
    )
    return list({key_of(job): job for job in jobs}.values())


def _schedule(folder: Path | None, name: str) -> str | None:
    """Say where a schedule goes: a name that is a path becomes a file's."""
    return None if folder is None else str(folder.resolve() / f"{name.replace('/', '_')}.json")


def key_of(job: Job) -> Key:
    """Give what tells its run apart."""
    return (job.suite, job.source.name, job.engine, job.time_limit, job.seed)
