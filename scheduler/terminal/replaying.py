"""What ``scheduler simulate`` does: read, play under signals and progress, write, sum up."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..errors import InputError
from ..simulation.reading import SCHEDULE
from . import exits
from .outputs import Outputs
from .replay_summary import print_replay
from .signals import stopping_on_signals
from .tabular import console_for

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from ..simulation.replay import Replay

TABLES = ("replay_floors.csv", "replay_intervals.csv", "replay_days.csv")


def run_replay(
    instance: str, schedule: str, outputs: Outputs, *, as_json: bool, **options: Any
) -> int:
    """Replay a schedule file, and write what was asked for.

    Parameters
    ----------
    instance, schedule
        Paths; one of them may be ``-``.
    outputs
        What to write, and where.
    as_json
        Print everything as JSON instead of a summary.
    **options
        Passed on to `scheduler.simulate`.

    Returns
    -------
    The exit code.
    """
    from ..engine.outcome import Interrupt
    from ..io.files import read, read_schedule
    from ..report.replay_exports import write_replay
    from ..simulation.simulating import simulate

    outputs.prepare(instance)
    given, planned, interrupt = read(instance), read_schedule(schedule), Interrupt()
    with stopping_on_signals(interrupt):
        with ReplayBar(options["replications"]) as bar, _naming(schedule):
            replay = simulate(
                given, planned, on_progress=bar.update, interrupt=interrupt, **options
            )
        written = write_replay(replay, report=outputs.report, folder=outputs.csv)
    if as_json:
        sys.stdout.write(json.dumps(replay.to_dict(), indent=1, ensure_ascii=False) + "\n")
    else:
        print_replay(replay, written, console_for(sys.stdout))
    return _exit_code(replay)


@contextmanager
def _naming(schedule: str) -> Iterator[None]:
    """Name the file in errors about a schedule."""
    try:
        yield
    except InputError as error:
        source = schedule if error.source == SCHEDULE else error.source
        raise InputError(source, list(error.faults)) from None


def _exit_code(replay: Replay) -> int:
    return exits.VIOLATIONS if replay.outcome == "not held" else exits.DONE


class ReplayBar:
    """A bar on standard error while replications are played, where a person sees it.

    It is begun with the first replication: processes are forked before there is a second thread.

    Parameters
    ----------
    total
        Replications.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._visible = sys.stderr.isatty() and sys.stdout.isatty()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def update(self, done: int) -> None:
        """Draw how many replications are done."""
        if not self._visible:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar.start()
            self._task = self._bar.add_task("replications", total=self._total)
        if self._task is not None:
            self._bar.update(self._task, completed=done)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
