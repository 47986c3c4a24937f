"""solve(): the one door."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import version
from typing import Literal

from .checking import check
from .engine.auto import run_auto
from .engine.budget import OutOfTimeError
from .engine.columns.run import run_columns
from .engine.exact import run_exact
from .engine.outcome import Interrupt, Limits, Outcome, Progress, nothing_found
from .errors import Fault, InputError
from .models.instance import Instance
from .models.result import Result
from .models.schedule import Schedule

Engine = Literal["auto", "exact", "columns"]
ENGINES: dict[str, Callable[[Instance, Limits], Outcome]] = {
    "auto": run_auto,
    "exact": run_exact,
    "columns": run_columns,
}


def solve(
    instance: Instance,
    *,
    time_limit: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    workers: int | None = None,
    engine: Engine = "auto",
    deterministic: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    interrupt: Interrupt | None = None,
    start: Schedule | None = None,
) -> Result:
    """Find a schedule of least cost, and prove how good it is.

    Parameters
    ----------
    instance
        What to plan.
    time_limit
        Seconds; in deterministic mode, units of the solver's deterministic time (about as long).
    gap
        Stop once the cost is proved within this share of the best possible one.
    seed
        Seed of the search.
    workers
        Threads; all cores, if left out.
    engine
        ``"exact"``: everything in one model; ``"columns"``: whole rosters of one person, tied
        together by prices; ``"auto"``: the engine that suits the instance.
    deterministic
        Give the same schedule twice, whatever else the machine does.
    on_progress
        Called with each better schedule or bound, from a thread of the solver.
    interrupt
        Set it from elsewhere to stop; the best schedule so far is kept.
    start
        A schedule to begin with, of this instance or one like it; used where the engine polishes.
        If it keeps every promise, what is returned costs no more.

    Returns
    -------
    Result
        Status, schedule, cost, bound, and the checker's report. Infeasible is a result too.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    InputError
        If the numbers of the instance are too large for the solver.
    """
    if not (time_limit > 0 and gap >= 0) or (workers is not None and workers < 1):
        raise ValueError("expected time_limit > 0, gap >= 0 and workers >= 1")
    if engine not in ENGINES:
        raise ValueError(f"unknown engine '{engine}'; expected one of {', '.join(ENGINES)}")
    limits = Limits(
        time_limit=time_limit,
        gap=gap,
        seed=seed,
        workers=workers or os.cpu_count() or 1,
        deterministic=deterministic,
        interrupt=interrupt or Interrupt(),
        on_progress=on_progress or (lambda _: None),
        start=start,
    )
    started = time.perf_counter()
    try:
        outcome = ENGINES[engine](instance, limits)
    except OutOfTimeError:
        outcome = nothing_found(limits)
    except OverflowError as error:
        raise InputError(instance.name, [Fault("", str(error))]) from None
    return _result(instance, outcome, limits, engine, time.perf_counter() - started)


def _result(
    instance: Instance, outcome: Outcome, limits: Limits, engine: str, seconds: float
) -> Result:
    report = None if outcome.schedule is None else check(instance, outcome.schedule)
    result = Result(
        instance=instance,
        status=outcome.status,
        stop_reason=outcome.stop_reason,
        schedule=outcome.schedule,
        objective=None if report is None else report.objective,
        bound=None if outcome.bound is None else Decimal(outcome.bound) / 100,
        report=report,
        seconds=None if limits.deterministic else round(seconds, 3),
        seed=limits.seed,
        engine=engine,
        versions={
            "servicefloor": version("servicefloor"),
            "ortools": version("ortools"),
            "python": platform.python_version(),
        },
        trace=outcome.trace,
        size=outcome.size,
        notes=outcome.notes,
    )
    if report is not None and not report.ok:
        # A schedule that breaks a promise is no schedule, whatever the engine says of it.
        result = replace(
            result,
            status="unknown",
            stop_reason="rejected_by_checker",
            schedule=None,
            objective=None,
        )
    if limits.start is not None and result.stop_reason != "rejected_by_checker":
        result = _with_start(result, limits.start)
    if (
        result.bound is not None
        and result.objective is not None
        and result.bound > result.objective
    ):
        # The schedule itself refutes the proof.
        note = f"the bound {result.bound} lies above the checked cost, and was left out"
        return replace(result, status="feasible", bound=None, notes=(*result.notes, note))
    return result


def _with_start(result: Result, start: Schedule) -> Result:
    """Keep the schedule that was given, unless a cheaper one was found."""
    report = check(result.instance, start)
    cost = result.objective
    if not report.ok or (cost is not None and cost <= report.objective):
        return result
    is_proved = result.bound is not None and result.bound == report.objective
    return replace(
        result,
        status="optimal" if is_proved else "feasible",
        stop_reason="time_limit" if result.status == "infeasible" else result.stop_reason,
        schedule=start,
        objective=report.objective,
        report=report,
        notes=("nothing cheaper was found than the schedule to begin with",),
    )
