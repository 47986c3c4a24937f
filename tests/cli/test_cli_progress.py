"""The progress line: drawn for a person, and for nobody else."""

import io
from decimal import Decimal

import pytest
from rich.console import Console

from scheduler.engine.outcome import Progress
from scheduler.models.result import TracePoint
from scheduler.terminal.progress import ProgressLine


def test_the_line_tells_cost_bound_and_gap() -> None:
    """A planner who waits sees whether waiting pays."""
    line = ProgressLine(quiet=True)
    assert "building" in line.line().plain
    line.update(Progress("exact", TracePoint(1.0, None, Decimal(90))))
    assert "best cost –" in line.line().plain
    line.update(Progress("exact", TracePoint(2.0, Decimal(100), Decimal(90))))
    for word in ("exact", "best cost 100.00", "bound 90.00", "gap 10.0 %"):
        assert word in line.line().plain


def test_it_draws_on_a_terminal_and_wipes_itself_away() -> None:
    """The line is live, and leaves the summary alone."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=120)
    with ProgressLine(console=console) as line:
        line.update(Progress("exact", TracePoint(2.0, Decimal(100), Decimal(90))))
    assert "best cost 100.00" in file.getvalue()
    assert file.getvalue().endswith("\x1b[2K")


def test_it_is_silent_in_a_pipe(capfd: pytest.CaptureFixture[str]) -> None:
    """Logs get no control codes."""
    with ProgressLine() as line:
        line.update(Progress("exact", TracePoint(2.0, Decimal(100), Decimal(90))))
    assert capfd.readouterr() == ("", "")
