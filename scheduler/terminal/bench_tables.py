"""Tables of runs, on a terminal or in Markdown, and the page of ``scheduler bench report``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..bench.best_known import Known, read_best_known
from ..bench.comparing import Book, by_file, lines, open_book, refuse_contradictions
from ..bench.improving import add_to_history, history_of, improved, write_best_known
from ..bench.moments import (
    CAVEAT,
    MOMENT_HEADS,
    MOMENT_SUMMARY_HEADS,
    moment_lines,
    moment_row,
    moment_summary,
)
from ..bench.telling import (
    DUEL_HEADS,
    INSTANCE_HEADS,
    PEER_HEADS,
    SUMMARY_HEADS,
    duel,
    duel_score,
    instance_row,
    peer_rows,
    summary_row,
)
from ..errors import Fault, InputError
from ..report.words import money
from .converting import wrote
from .tabular import print_table

if TYPE_CHECKING:
    from rich.console import Console

    from ..bench.runs import Run

WIDE = 240
"""Columns of a table in a pipe or a file."""


def print_comparison(
    paths: Sequence[Path],
    console: Console,
    *,
    best_known: str | None,
    update: str | None,
    at: str | None,
    markdown: bool,
    data: Path | None,
) -> None:
    """Print how one run compares with the best known results, or two with each other."""
    moments = _moments(at)
    book = open_book(paths, best_known, data)
    at_moments = _at_moments(book, moments) if moments else []
    if len(paths) == 2:
        score, rows = duel_score(book), duel(book)
        print_rows(f"{book.files[0]} and {book.files[-1]}", DUEL_HEADS, rows, console, markdown)
        console.print(score)
    else:
        found = lines(book, by_instance)
        print_rows("By instance", INSTANCE_HEADS, map(instance_row, found), console, markdown)
    print_rows("Summary", SUMMARY_HEADS, map(summary_row, lines(book, by_file)), console, markdown)
    for title, heads, cells in at_moments:
        print_rows(title, heads, cells, console, markdown)
    if moments:
        console.print(CAVEAT)
    for reason in book.absent:
        console.print(f"without best known results: {reason}")
    if update is not None:
        console.print(_update(Path(update), book))


def _moments(text: str | None) -> tuple[float, ...]:
    """Read moments off a list of seconds."""
    try:
        found = tuple(float(part) for part in (text or "").split(",") if text is not None)
    except ValueError:
        found = (0.0,)
    if not all(0 < at < math.inf for at in found):
        message = f"expected seconds such as 60,300,600, found '{text}'"
        raise InputError("--at", [Fault("", message)])
    return found


Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""Title, heads, rows."""


def _at_moments(book: Book, moments: Sequence[float]) -> list[Table]:
    """Give tables of what runs had at moments: by instance, and in all."""
    found = moment_lines(book, moments, lambda name, run: (name, *by_instance(name, run)))
    first = 0 if len(book.files) > 1 else 1  # one file need not be named in every row
    rows = [moment_row(line)[first:] for line in found]
    sums = [moment_summary(line) for line in moment_lines(book, moments, by_file)]
    return [
        ("At moments", ("runs", *MOMENT_HEADS)[first:], rows),
        ("Summary of moments", MOMENT_SUMMARY_HEADS, sums),
    ]


def by_instance(_: str, run: Run) -> tuple[str, ...]:
    """Tell lines apart by instance, engine and limit."""
    return (run.instance, run.engine, f"{run.time_limit:g}")


def _update(path: Path, book: Book) -> str:
    """Write what is better than a table says to it."""
    known = read_best_known(path) if path.exists() else {}
    refuse_contradictions(str(path), known, book.runs)
    found = (
        (run.instance, Known(run.cost, run.bound, run.status == "infeasible"), _by(run))
        for _, run in book.runs
    )
    better, news = improved(known, found)
    if not news:
        return f"nothing is better than {path} says"
    write_best_known(path, better)
    add_to_history(path, news)
    told = [
        f"{e.instance}: {e.what}{'' if e.value is None else f' {money(e.value)}'}" for e in news
    ]
    return "\n".join([*told, wrote(path, history_of(path)).rstrip()])


def _by(run: Run) -> str:
    version = f"servicefloor {run.servicefloor}"
    return f"{run.engine}, {run.time_limit:g} s, seed {run.seed}, {version}"


def print_peers(path: Path, console: Console, *, markdown: bool) -> None:
    """Print what each way to solve the same work came to."""
    book = open_book([path])
    print_rows("The same work", PEER_HEADS, peer_rows(book), console, markdown)


def write_page(
    paths: Sequence[Path],
    output: Path,
    *,
    best_known: str | None,
    at: str | None,
    data: Path | None,
) -> str:
    """Write the page of some runs."""
    moments = _moments(at)
    from ..bench.page import runs_html
    from ..io.text import write_text

    write_text(output, runs_html(open_book(paths, best_known, data), moments))
    return wrote(output)


def print_rows(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]] | map[tuple[str, ...]],
    console: Console,
    markdown: bool,
) -> None:
    """Print a table; in a pipe it is as wide as it must be."""
    if not markdown:
        if not console.is_terminal:
            console.width = WIDE
        console.print(title, style="bold")
        print_table(heads, rows, console, numbers=range(3, len(heads)))
        return
    for cells in (heads, ["---"] * len(heads), *rows):
        console.file.write(f"| {' | '.join(cells)} |\n")
    console.file.write("\n")
