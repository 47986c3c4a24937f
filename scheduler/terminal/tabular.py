"""Plain tables on a terminal or in a pipe, with every text taken literally."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Literal

from rich.box import Box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from ..report.words import printable

PIPED_WIDTH = 100
RULED = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""A line under the heads, and nothing else."""


def console_for(stream: IO[str]) -> Console:
    """Make a console that takes every name literally, and sends no control codes into a pipe."""
    tty = stream.isatty()
    return Console(
        file=stream,
        width=None if tty else PIPED_WIDTH,
        force_terminal=tty,
        color_system="auto" if tty else None,
        markup=False,
        emoji=False,
        highlight=False,
    )


def print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    console: Console,
    numbers: Sequence[int] = (),
) -> None:
    """Print rows under their heads, indented; columns of `numbers` are set to the right."""
    table = Table(
        box=RULED, show_header=any(heads), show_edge=False, pad_edge=False, header_style="dim"
    )
    for position, head in enumerate(heads):
        side: Literal["left", "right"] = "right" if position in numbers else "left"
        table.add_column(head, justify=side, overflow="fold")
    for row in rows:
        table.add_row(*map(printable, row))
    with console.capture() as capture:
        console.print(Padding(table, (0, 0, 0, 2)))
    lines = [line.rstrip() for line in capture.get().splitlines()]
    console.file.write("\n".join(lines) + "\n")
