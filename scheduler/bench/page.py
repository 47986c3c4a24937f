"""The page of a benchmark: tables, profiles over all instances, and gaps over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from ..report.markup import Markup, table, tag
from ..report.page import document
from ..report.parts import figure, more, section
from ..report.words import counted
from .comparing import Book, by_file, lines
from .curves import Step, bound_steps, first_within, primal_steps
from .figures import SMALLEST, courses_figure, mean_course_figure, profile_figure
from .moments import (
    CAVEAT,
    MOMENT_HEADS,
    MOMENT_SUMMARY_HEADS,
    moment_lines,
    moment_row,
    moment_summary,
)
from .runs import Run, Trace
from .telling import INSTANCE_HEADS, SUMMARY_HEADS, instance_row, summary_row

CLOSE = 0.01
"""Gap to the best known cost that one profile asks for."""
MOST_COURSES = 60
"""Instances whose courses are drawn."""


def runs_html(book: Book, moments: Sequence[float] = ()) -> str:
    """Make a self-contained page of runs.

    Parameters
    ----------
    book
        The runs, and what is known of their instances.
    moments
        Seconds after which it also tells what runs had; see `moment_lines`.
    """
    return document("Benchmark", *_body(book, moments))


def _way(book: Book, name: str, run: Run) -> str:
    """Name a way to solve by what differs: file, engine, limit."""
    engines = {run.engine for _, run in book.runs}
    limits = {run.time_limit for _, run in book.runs}
    parts = [name] if len(book.files) > 1 else []
    parts += [run.engine] if len(engines) > 1 or not parts else []
    parts += [f"{run.time_limit:g} s"] if len(limits) > 1 else []
    return ", ".join(parts)


def _body(book: Book, moments: Sequence[float]) -> Iterator[Markup]:
    runs = [run for _, run in book.runs]
    suites = ", ".join(dict.fromkeys(run.suite for run in runs))
    versions = sorted(
        {
            f"servicefloor {r.servicefloor}, OR-Tools {r.ortools}, Python {r.python}, "
            f"{r.workers} workers on {r.cores} cores"
            + (f", {r.parallel} runs at once" if r.parallel > 1 else "")
            for r in runs
        }
    )
    yield tag(
        "header",
        tag("h1", f"Benchmark: {suites}"),
        tag("p", f"{len(runs)} runs of {len({r.instance for r in runs})} instances."),
        *(tag("p", line, class_="soft") for line in (*versions, *book.absent)),
        tag("p", "Costs are the checker's; gaps are shares of the cost."),
    )
    yield section(
        "Summary",
        table("Means leave out what has no value", SUMMARY_HEADS, _sums(book), range(3, 12)),
    )
    yield _profiles(book)
    yield _times(book)
    if moments:
        yield _at_moments(book, moments)
    yield _instances(book)


def _sums(book: Book) -> list[tuple[str, ...]]:
    return [summary_row(line) for line in lines(book, by_file)]


def _values(book: Book, of: Callable[[str, Run], float | None]) -> dict[str, list[float | None]]:
    """Give a value of each run, by way to solve."""
    found: dict[str, list[float | None]] = {}
    for name, run in book.runs:
        found.setdefault(_way(book, name, run), []).append(of(name, run))
    return found


def _steps(
    book: Book, name: str, run: Run, of: Callable[[Run, Trace, Decimal], list[Step]]
) -> list[Step]:
    best = book.best((run.suite, run.instance))
    trace = book.traces.get((name, run.key), ())
    return [(0.0, 1.0)] if best is None else of(run, trace, best)


def _profiles(book: Book) -> Markup:
    def ratio(_: str, run: Run) -> float | None:
        best = book.best((run.suite, run.instance))
        if run.cost is None or not best:
            return None
        return float(run.cost / best) - 1

    def until_close(name: str, run: Run) -> float | None:
        return first_within(_steps(book, name, run, primal_steps), CLOSE)

    gaps: dict[str, Any] = {"smallest": SMALLEST, "tick_format": ".2~%"}
    near, proof = _values(book, ratio), _values(book, lambda _, run: run.gap)
    soon = _values(book, until_close)
    drawings = (
        (
            "How many runs come how near to the best known cost",
            profile_figure(near, "cost ÷ best − 1", **gaps),
            "ratio",
        ),
        (
            "How many runs prove which gap by themselves",
            profile_figure(proof, "(cost − bound) ÷ cost", **gaps),
            "proof",
        ),
        (
            f"How soon runs come within {CLOSE:.0%} of the best known cost",
            profile_figure(soon, "seconds", smallest=0.1, tick_format="~g"),
            "soon",
        ),
    )
    parts: list[str] = []
    for heading, drawing, name in drawings:
        parts += [tag("h3", heading), figure(drawing, f"profile-{name}", heading)]
    words = (
        "Each line is the share of all runs, those without a schedule included, that reach what "
        "is asked for at the bottom: further up and further left is better."
    )
    return section("Profiles", tag("p", words), *parts)


def _times(book: Book) -> Markup:
    """Draw gaps over time: the mean, then each instance."""
    mean: dict[str, list[Sequence[Step]]] = {}
    each: dict[str, dict[str, tuple[Sequence[Step], Sequence[Step]]]] = {}
    limit = max(run.time_limit for _, run in book.runs)
    unknown = 0
    for name, run in book.runs:
        if book.best((run.suite, run.instance)) is None:
            unknown += 1
            continue
        way = _way(book, name, run)
        primal = _steps(book, name, run, primal_steps)
        mean.setdefault(way, []).append(primal)
        dual = _steps(book, name, run, bound_steps)
        each.setdefault(run.instance, {}).setdefault(way, (primal, dual))
    if not mean:
        return section("Gaps over time", tag("p", "No run has a schedule."))
    words = (
        "The gap between the cost found so far and the best known cost; a run without a schedule "
        "counts as 100 %, and a shorter run stays where it ended. Of several seeds the first is "
        "drawn below."
    )
    if unknown:
        words += f" Left out: {counted(unknown, 'run')} of instances of which no cost is known."
    first = dict(list(each.items())[:MOST_COURSES])
    left = len(each) - len(first)
    note = [tag("p", f"{left} more instances are not drawn.")] if left else []
    return section(
        "Gaps over time",
        tag("p", words),
        figure(mean_course_figure(mean, limit), "mean-course", words),
        tag("h3", "Instance by instance: cost (line) and bound (dots), against the best known"),
        figure(courses_figure(first, limit), "courses", "Both gaps over time for each instance."),
        *note,
    )


def _at_moments(book: Book, moments: Sequence[float]) -> Markup:
    """Tell what runs had at moments: in all, and instance by instance."""
    heads = (MOMENT_HEADS[0], "by", *MOMENT_HEADS[2:])
    sums = moment_lines(book, moments, by_file)
    found = moment_lines(
        book, moments, lambda n, run: (run.instance, _way(book, n, run), f"{run.time_limit:g}")
    )
    each = table("Medians of several seeds", heads, map(moment_row, found), range(3, 9))
    words = "What runs had after so many seconds"
    return section(
        "At moments",
        tag("p", CAVEAT),
        table(words, MOMENT_SUMMARY_HEADS, map(moment_summary, sums), range(3, 11)),
        more("All rows", each),
    )


def _instances(book: Book) -> Markup:
    found = lines(book, lambda n, run: (run.instance, _way(book, n, run), f"{run.time_limit:g}"))
    heads = (INSTANCE_HEADS[0], "by", *INSTANCE_HEADS[2:])
    rows = [instance_row(line) for line in found]
    numbers = range(3, len(heads) - 1)
    return section(
        "Instances", more("All rows", table("Medians of several seeds", heads, rows, numbers))
    )
