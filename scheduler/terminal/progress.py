"""Live progress on a terminal: elapsed time, best cost, bound and gap."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from ..models.result import relative_gap
from ..report.words import money, percent

if TYPE_CHECKING:
    from ..engine.outcome import Progress

REFRESHES_PER_SECOND = 5


class ProgressLine:
    """One line that is drawn anew while a solve runs, and wiped away at its end.

    It is drawn on standard error, and only where a person sees it.

    Parameters
    ----------
    quiet
        Draw nothing.
    console
        Where to draw; standard error, if left out.
    """

    def __init__(self, *, quiet: bool = False, console: Console | None = None) -> None:
        self._latest: Progress | None = None
        self._started = time.monotonic()
        self._live: Live | None = None
        if not quiet and (console is not None or (sys.stderr.isatty() and sys.stdout.isatty())):
            self._live = Live(
                console=console or Console(stderr=True),
                get_renderable=self.line,
                refresh_per_second=REFRESHES_PER_SECOND,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )

    def update(self, progress: Progress) -> None:
        """Take note of an event; called from a thread of the solver, so it draws nothing."""
        self._latest = progress

    def line(self) -> Text:
        """Give the line as it is now."""
        parts = [f"{time.monotonic() - self._started:6.1f} s"]
        if self._latest is None:
            return Text("  ".join([*parts, "building the model"]), no_wrap=True)
        point = self._latest.point
        gap = relative_gap(point.cost, point.bound)
        parts += [
            self._latest.phase,
            f"best cost {money(point.cost)}",
            f"bound {money(point.bound)}",
            f"gap {'–' if gap is None else percent(gap)}",
            "(Ctrl-C keeps the best so far)",
        ]
        return Text("  ".join(parts), no_wrap=True, overflow="ellipsis")

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()
