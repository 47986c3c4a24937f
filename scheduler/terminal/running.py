"""What ``scheduler solve`` does: read, solve under signals and progress, write, sum up."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import exits
from .outputs import STDOUT, Outputs
from .progress import ProgressLine
from .signals import stopping_on_signals
from .summary import print_summary
from .tabular import console_for

if TYPE_CHECKING:
    from ..models.result import Result


def run(instance: str, outputs: Outputs, *, start: str | None, quiet: bool, **options: Any) -> int:
    """Solve an instance file, and write what was asked for.

    Parameters
    ----------
    instance
        Path of the instance, or ``-``.
    outputs
        What to write, and where.
    start
        Path of a schedule to begin with, or ``-``.
    quiet
        Print nothing but errors.
    **options
        Passed on to `scheduler.solve`, or to `scheduler.solve_verified`.

    Returns
    -------
    The exit code.
    """
    outputs.prepare(instance)
    result, written = _solve_and_write(instance, start, outputs, quiet, options)
    if not quiet or result.stop_reason == "rejected_by_checker":
        # Standard output is kept for a schedule, and for the summary of one.
        aside = outputs.schedule == STDOUT or result.schedule is None
        print_summary(result, written, console_for(sys.stderr if aside else sys.stdout))
    return _exit_code(result)


def _solve_and_write(
    path: str, start: str | None, outputs: Outputs, quiet: bool, options: dict[str, Any]
) -> tuple[Result, list[Path]]:
    """Solve, and write while a signal still only stops the search, so that nothing gets lost."""
    from ..engine.outcome import Interrupt
    from ..io.files import read, read_schedule, schedule_json

    instance, interrupt = read(path), Interrupt()
    options["start"] = None if start is None else read_schedule(start)
    solve = _way_to_solve(options)
    with stopping_on_signals(interrupt):
        with ProgressLine(quiet=quiet) as progress:
            result = solve(instance, on_progress=progress.update, interrupt=interrupt, **options)
        if result.stop_reason == "rejected_by_checker":
            return result, []
        if outputs.schedule == STDOUT and result.status != "unknown":
            sys.stdout.write(schedule_json(result))
        return result, outputs.write(result)


def _way_to_solve(options: dict[str, Any]) -> Callable[..., Result]:
    """Choose between solving once, and until a replay is satisfied; each has its own options."""
    given = {name: options.pop(name) for name in ("confidence", "replications", "no_show")}
    if not options.pop("verify_by_simulation"):
        from ..solving import solve

        return solve
    from ..simulation.closing import solve_verified

    options |= {name: value for name, value in given.items() if value is not None}
    return lambda *args, **kwargs: solve_verified(*args, **kwargs).result


def _exit_code(result: Result) -> int:
    if result.schedule is not None:
        return exits.DONE
    return exits.INFEASIBLE if result.status == "infeasible" else exits.NO_SCHEDULE
