"""What ``scheduler bench list``, ``run`` and ``generate`` do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Fault, InputError
from ..report.words import money, percent
from . import exits
from .converting import wrote
from .signals import stopping_on_signals
from .tabular import print_table

if TYPE_CHECKING:
    from rich.console import Console

    from ..bench.runs import Run


def list_suites(console: Console, data: Path | None) -> None:
    """List the shipped suites, and whether their instances are at hand."""
    from ..bench.suite import load_suite, sources, suite_names

    rows = []
    for name in suite_names():
        suite, beside = load_suite(name)
        try:
            count = str(len(sources(suite, beside, data)))
        except InputError:
            count = "absent"
        rows.append((name, count, suite.title))
    print_table(("suite", "instances", ""), rows, console, numbers=[1])


def list_instances(name: str, console: Console, data: Path | None) -> None:
    """List the instances of a suite with their best known results."""
    from ..bench.best_known import Known
    from ..bench.known_of import known_of
    from ..bench.suite import load_suite, sources

    suite, beside = load_suite(name)
    found = sources(suite, beside, data)
    _, known = known_of(name, data)
    rows = []
    for source in found:
        best = known.get(source.name, Known())
        state = "infeasible" if best.infeasible else "proved" if best.is_proved else ""
        rows.append((source.name, money(best.cost), money(best.bound), state))
    console.print(suite.title, style="bold")
    print_table(("instance", "best cost", "best bound", ""), rows, console, numbers=[1, 2])


def run_suite(
    names: Sequence[str],
    output: Path,
    *,
    source: str | None = None,
    data: Path | None = None,
    seeds: str | None = None,
    retry: bool = False,
    peers: bool = False,
    **options: Any,
) -> int:
    """Run a suite, and tell of each run as it ends.

    Parameters
    ----------
    names, output
        The suite, or instance files; and the file of runs.
    source
        Foreign format of the instance files.
    peers
        Run our engine and all peers, whatever the suite says.
    **options
        Fields of `Manner`.

    Returns
    -------
    The exit code.
    """
    from ..bench.choosing import chosen
    from ..bench.peers import PEERS
    from ..bench.planning import Manner, available_cores, plan_jobs, threads_each
    from ..bench.runner import run_jobs
    from ..bench.runs import RunFile

    given = {key: value for key, value in options.items() if value not in (None, ())}
    if peers:
        given["engines"] = ("auto", *PEERS)
    manner = Manner(seeds=_numbers(seeds), **given)
    suite, found = chosen(names, source, data)
    workers = threads_each(manner, available_cores())
    jobs = plan_jobs(suite, found, manner, workers)
    _prepare(output, manner.schedules)
    with stopping_on_signals(manner.interrupt):
        count, stopped = 0, False
        for run, left in run_jobs(jobs, RunFile(output), manner, retry=retry):
            count += 1
            sys.stderr.write(f"{_told(run)}; {left} to come\n")
            stopped = left > 0
        if count == 0 and not manner.interrupt.is_set():
            sys.stderr.write(f"nothing to do: all {len(jobs)} runs are in {output}\n")
            return exits.DONE
        if stopped or count == 0:
            sys.stderr.write(f"interrupted; the runs that are done are in {output}\n")
            return exits.ABORTED
        return exits.DONE


def _numbers(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and len(part) < 10 for part in parts):
        message = f"expected whole numbers below a billion, such as 0,1,2, found '{text}'"
        raise InputError("--seeds", [Fault("", message)])
    return tuple(int(part) for part in parts)


def _prepare(output: Path, schedules: Path | None) -> None:
    if not output.parent.is_dir():
        message = f"cannot be written: there is no folder '{output.parent}'"
        raise InputError(str(output), [Fault("", message)])
    if schedules is not None:
        _make_folder(schedules)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InputError(str(folder), [Fault("", f"cannot be written: {why}")]) from None


def _told(run: Run) -> str:
    about = f"{run.instance}  {run.engine}, {run.time_limit:g} s, seed {run.seed}: {run.status}"
    parts = [about]
    if run.cost is not None:
        parts.append(f"cost {money(run.cost)}")
    if run.bound is not None:
        parts.append(f"bound {money(run.bound)}")
    if run.gap is not None:
        parts.append(f"gap {percent(run.gap)}")
    if run.seconds is not None:
        parts.append(f"{run.seconds:.1f} s")
    return ", ".join([*parts, *([run.message] if run.message else [])])


def write_teams(
    names: tuple[str, ...], folder: Path, *, people: int | None, planted: bool, **size: Any
) -> str:
    """Make teams, and say what was written."""
    from pydantic import ValidationError

    from ..bench.own import TEAMS, compact_json
    from ..bench.suite import unknown
    from ..bench.team import TeamPlan
    from ..io.text import write_text

    plans = {plan.name: plan for plan in TEAMS}
    for name in names:
        if name not in plans:
            raise unknown("instance", name, list(plans))
    chosen = [plans[name] for name in names] or list(plans.values())
    if people is not None:
        size["interval_minutes"] = int(size["interval_minutes"])
        try:
            chosen = [TeamPlan(people=people, **size)]
        except ValidationError as error:
            message = str(error.errors()[0]["msg"])
            raise InputError("--days", [Fault("", message)]) from None
    _make_folder(folder)
    written = []
    for plan in chosen:
        instance, schedule = plan.planted()
        written.append(folder / f"{plan.name}.json")
        write_text(written[-1], compact_json(instance.model_dump(mode="json", exclude_unset=True)))
        if planted:
            written.append(folder / f"{plan.name}.planted.json")
            shifts = {"instance": plan.name, **schedule.model_dump(mode="json", exclude_none=True)}
            write_text(written[-1], compact_json(shifts))
    return wrote(*written)
