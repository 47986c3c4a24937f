"""Comparing runs: with the best known results, and with each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import mean, median

from ..errors import InputError
from .best_known import Found, Known, read_best_known, refuse_impossible
from .curves import gap_to, primal_integral, worst_median
from .digests import refuse_mixed
from .known_of import known_of
from .runs import FAILED, Key, Run, RunFile, Trace
from .suite import suite_names

Name = tuple[str, str]
"""Suite and instance."""


@dataclass(frozen=True)
class Book:
    """Everything that is compared: runs, their courses, and what is known."""

    runs: tuple[tuple[str, Run], ...]
    """Each with the name of its file."""
    traces: Mapping[tuple[str, Key], Trace]
    known: Mapping[Name, Known]
    absent: tuple[str, ...] = ()
    """Suites whose table of best known results is not at hand, and why."""
    files: tuple[str, ...] = ()

    def best(self, name: Name) -> Decimal | None:
        """Give the best cost of an instance: the known one, or that of these runs if it is less."""
        costs = [run.cost for _, run in self.runs if (run.suite, run.instance) == name]
        known = self.known.get(name, Known()).cost
        return min((cost for cost in [*costs, known] if cost is not None), default=None)


def open_book(
    paths: Sequence[Path], best_known: str | None = None, data: Path | None = None
) -> Book:
    """Read runs, and what is known of their instances.

    Parameters
    ----------
    best_known
        A table to use instead of the suites' own.
    data
        Folder of the public sets.

    Raises
    ------
    InputError
        If a file is broken, an instance is not the same in all runs, or a table claims a cost below
        a bound that one of the runs proved.
    """
    runs: list[tuple[str, Run]] = []
    traces: dict[tuple[str, Key], Trace] = {}
    names = names_of(paths)
    for path, name in names.items():
        file = RunFile(path)
        runs += [(name, run) for run in file.runs()]
        traces |= {(name, key): trace for key, trace in file.traces().items()}
    refuse_mixed(runs)
    known: dict[Name, Known] = {}
    absent: list[str] = []
    for suite in dict.fromkeys(run.suite for _, run in runs):
        table, entries = _known(suite, best_known, data, absent)
        refuse_contradictions(table, entries, [pair for pair in runs if pair[1].suite == suite])
        known |= {(suite, name): entry for name, entry in entries.items()}
    return Book(tuple(runs), traces, known, tuple(absent), tuple(names.values()))


def names_of(paths: Sequence[Path]) -> dict[Path, str]:
    """Name each file once: by its stem, or by its path where two have the same stem."""
    unique = list(dict.fromkeys(paths))
    stems = [path.stem for path in unique]
    return {p: p.stem if stems.count(p.stem) == 1 else str(p.with_suffix("")) for p in unique}


def _known(
    suite: str, best_known: str | None, data: Path | None, absent: list[str]
) -> tuple[str, dict[str, Known]]:
    if best_known is not None:
        return best_known, read_best_known(Path(best_known))
    try:
        return known_of(suite, data)
    except InputError as error:
        if suite not in suite_names():
            absent.append(f"{suite}: no shipped suite; say with --best-known what is known of it")
        elif "absent" in str(error):
            absent.append(str(error))
        else:
            raise
        return "", {}


def refuse_contradictions(
    table: str, entries: Mapping[str, Known], runs: Sequence[tuple[str, Run]]
) -> None:
    """Refuse a table of best known results that runs prove wrong; see `refuse_impossible`."""
    bounds: dict[str, Found] = {}
    costs: dict[str, Found] = {}
    for name, run in runs:
        by = f"{name} ({run.engine}, {run.time_limit:g} s, seed {run.seed})"
        bound, cost = bounds.get(run.instance), costs.get(run.instance)
        if run.bound is not None and (bound is None or run.bound > bound.value):
            bounds[run.instance] = Found(run.bound, by)
        if run.cost is not None and (cost is None or run.cost < cost.value):
            costs[run.instance] = Found(run.cost, by)
    refuse_impossible(table, entries, bounds, costs)


@dataclass(frozen=True)
class Average:
    """A mean, and how many runs it leaves out because they have no value."""

    value: float | None
    of: int
    left_out: int

    @classmethod
    def over(cls, values: Sequence[float | None]) -> Average:
        """Average the values that are known."""
        known = [value for value in values if value is not None]
        return cls(mean(known) if known else None, len(known), len(values) - len(known))


@dataclass(frozen=True)
class Line:
    """What several runs of one kind came to; runs that did not end well are counted apart."""

    about: tuple[str, ...]
    runs: int
    solved: int
    """With a schedule that the checker accepts."""
    proved: int
    """Of these, proved optimal."""
    infeasible: int
    """Proved."""
    none_found: int
    broken: int
    """Schedules with violations."""
    timeouts: int
    failures: int
    """Crashes and broken files."""
    own_gap: Average
    known_gap: Average
    integral: Average
    cost: Decimal | None = None
    """Median, as the gaps below: what a run does not have is the worst there is."""
    gap: float | None = None
    to_best: float | None = None
    spent: float | None = None
    """Median primal integral."""
    bound: Decimal | None = None
    """The highest."""
    best: Decimal | None = None
    first_seconds: float | None = None
    seconds: float | None = None


def by_file(name: str, run: Run) -> tuple[str, ...]:
    """Tell lines apart by file, suite, engine and limit."""
    return (name, run.suite, run.engine, f"{run.time_limit:g}")


def lines(book: Book, about: Callable[[str, Run], tuple[str, ...]]) -> list[Line]:
    """Sum runs up that are alike.

    Parameters
    ----------
    about
        What tells lines apart, from the name of the file and the run.
    """
    groups: dict[tuple[str, ...], list[tuple[str, Run]]] = defaultdict(list)
    for name, run in book.runs:
        groups[about(name, run)].append((name, run))
    return [_line(key, group, book) for key, group in groups.items()]


def _line(about: tuple[str, ...], group: Sequence[tuple[str, Run]], book: Book) -> Line:
    runs = [run for _, run in group]
    statuses = [run.status for run in runs]
    own_gaps = [run.gap for run in runs]
    known_gaps = [_known_gap(run, book) for run in runs]
    integrals = [_integral(name, run, book) for name, run in group]
    bests = {book.best((run.suite, run.instance)) for run in runs}
    return Line(
        about=about,
        runs=len(runs),
        solved=sum(run.cost is not None for run in runs),
        proved=statuses.count("optimal"),
        infeasible=statuses.count("infeasible"),
        none_found=statuses.count("unknown"),
        broken=statuses.count("violations"),
        timeouts=statuses.count("timeout"),
        failures=sum(status in FAILED and status != "timeout" for status in statuses),
        own_gap=Average.over(own_gaps),
        known_gap=Average.over(known_gaps),
        integral=Average.over(integrals),
        cost=worst_median([run.cost for run in runs], Decimal("Infinity")),
        gap=worst_median(own_gaps, math.inf),
        to_best=worst_median(known_gaps, math.inf),
        spent=worst_median(integrals, math.inf),
        bound=max((run.bound for run in runs if run.bound is not None), default=None),
        best=bests.pop() if len(bests) == 1 else None,
        first_seconds=_median([run.first_seconds for run in runs]),
        seconds=_median([run.seconds for run in runs]),
    )


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _known_gap(run: Run, book: Book) -> float | None:
    """Give the gap to the best known cost, negative where it was beaten; None without either."""
    known = book.known.get((run.suite, run.instance), Known()).cost
    return None if run.cost is None or known is None else gap_to(run.cost, known)


def _integral(name: str, run: Run, book: Book) -> float | None:
    best = book.best((run.suite, run.instance))
    if best is None:
        return None
    return primal_integral(run, book.traces.get((name, run.key), ()), best)
