"""Many replications, on all cores; the results come in order, whoever computes them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from ..engine.outcome import Interrupt
from .setting import Setting
from .tally import Questions, Tally, tally

POLL_SECONDS = 0.1
FEW_CONTACTS = 50_000
"""Contacts up to which other processes are not worth their start."""
AHEAD = 3
"""Replications for each worker that are under way or wait to be counted."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every replication has in common."""

    setting: Setting
    questions: tuple[Questions, ...]
    seed: int


def run_all(
    task: Task, replications: int, workers: int | None, interrupt: Interrupt
) -> Iterator[Tally]:
    """Give the tallies of replications 0, 1, …, in order.

    Parameters
    ----------
    workers
        Processes; all cores, if None. Neither their number nor their speed changes a result.
    interrupt
        Set it to stop after the replications that are done.
    """
    chosen = min(workers or os.cpu_count() or 1, replications)
    expected = sum(sum(queue.arrivals) + queue.backlog for queue in task.setting.queues)
    few = workers is None and expected * replications <= FEW_CONTACTS
    done = 0
    if chosen > 1 and not few and not _must_play_alone():
        try:
            for found in _in_processes(task, replications, chosen, interrupt):
                yield found
                done += 1
            return
        except (BrokenProcessPool, OSError):
            pass  # no other processes here: go on in this one
    for replication in range(done, replications):
        if interrupt.is_set():
            return
        yield _play(task, replication)


def _play(task: Task, replication: int) -> Tally:
    return tally(task.setting, task.questions, task.seed, replication)


def _in_processes(
    task: Task, replications: int, workers: int, interrupt: Interrupt
) -> Iterator[Tally]:
    pool = ProcessPoolExecutor(workers, _context(), initializer=_prepare, initargs=(task,))
    try:
        waiting: deque[Future[Tally]] = deque()
        for replication in range(replications + workers * AHEAD):
            if replication < replications:
                waiting.append(pool.submit(_play_mine, replication))
            if len(waiting) > workers * AHEAD or (waiting and replication >= replications):
                found = _result(waiting.popleft(), interrupt)
                if found is None:
                    return
                yield found
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[Tally], interrupt: Interrupt) -> Tally | None:
    while not interrupt.is_set():
        try:
            return future.result(timeout=POLL_SECONDS)
        except NotYet:
            continue
    return None


def _context() -> multiprocessing.context.BaseContext:
    """Fork where that is the custom: a script then needs no guard around its own start."""
    default = multiprocessing.get_start_method(allow_none=True)
    return multiprocessing.get_context(default or ("fork" if sys.platform == "linux" else "spawn"))


def _must_play_alone() -> bool:
    """Tell whether this process may have no children.

    Where processes cannot be forked and the caller's script has no guard around its start, a new
    process runs the script once more. It must not play everything: it ends, and its parent, which
    sees the pool broken, plays alone.
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise SystemExit(1)
    return multiprocessing.parent_process() is not None and multiprocessing.current_process().daemon


_TASK: Task | None = None
"""What this process plays, if it is a worker."""


def _prepare(task: Task) -> None:
    """Keep the task, leave Ctrl-C to the parent, and end with it, however it ends."""
    global _TASK
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _TASK = task


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _play_mine(replication: int) -> Tally:
    assert _TASK is not None
    return _play(_TASK, replication)
