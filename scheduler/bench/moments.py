"""What runs had at given moments: several time limits, read off the course of one longer run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..errors import Fault, InputError
from ..report.words import money
from .comparing import Book
from .curves import Standing, gap_to, standing, worst_median
from .runs import FAILED, Run
from .telling import share

CAVEAT = (
    "The final cost is the checker's. Costs before it are as the engine told them: they count only "
    "in runs whose last schedule the checker accepts, and never below its cost. Medians over all "
    "runs of a line, in which a run without a schedule is the worst; moments after a run's limit "
    "are left out."
)
CLOSE = 0.01
"""Gap that a column of the summary counts."""
MOMENT_HEADS = (
    *("instance", "engine", "limit s", "at s", "solved", "cost", "bound", "gap", "to best"),
    "otherwise",
)
MOMENT_SUMMARY_HEADS = (
    *("runs", "suite", "engine", "limit s", "at s", "count", "solved", "proved"),
    *(f"within {CLOSE:.0%}", "median gap", "median to best"),
)


@dataclass(frozen=True)
class MomentLine:
    """What runs of one kind had at a moment; medians, in which the unsolved are the worst."""

    about: tuple[str, ...]
    at: float
    """Seconds."""
    runs: int
    solved: int
    """With a schedule at that moment."""
    proved: int
    close: int
    """With a gap of at most `CLOSE`."""
    cost: Decimal | None
    bound: Decimal | None
    gap: float | None
    """None where the median run has no schedule or no bound, as with all medians."""
    known_gap: float | None
    never: int
    """Runs that have no schedule for another reason than time."""
    otherwise: str
    """Which these are."""


def moment_lines(
    book: Book, moments: Sequence[float], about: Callable[[str, Run], tuple[str, ...]]
) -> list[MomentLine]:
    """Sum up what runs had at each moment that lies within their limit.

    Parameters
    ----------
    moments
        Seconds.
    about
        What tells lines apart, from the name of the file and the run.

    Raises
    ------
    InputError
        If no run was given as much time as the first moment asks for.
    """
    longest = max((run.time_limit for _, run in book.runs), default=0.0)
    if min(moments) > longest:
        what = f"no run was given {min(moments):g} s; the longest limit is {longest:g} s"
        raise InputError("--at", [Fault("", what)])
    groups: dict[tuple[tuple[str, ...], float], list[tuple[str, Run]]] = defaultdict(list)
    for name, run in book.runs:
        for at in sorted(set(moments)):
            if at <= run.time_limit:
                groups[about(name, run), at].append((name, run))
    return [_line(key, at, group, book) for (key, at), group in groups.items()]


def _line(
    about: tuple[str, ...], at: float, group: Sequence[tuple[str, Run]], book: Book
) -> MomentLine:
    stood = [(run, standing(run, book.traces.get((n, run.key), ()), at)) for n, run in group]
    gaps = [found.gap for _, found in stood]
    ends = [end for run, _ in stood if (end := _end(run))]
    return MomentLine(
        about=about,
        at=at,
        runs=len(stood),
        solved=sum(found.cost is not None for _, found in stood),
        proved=gaps.count(0),
        close=sum(gap is not None and gap <= CLOSE for gap in gaps),
        cost=worst_median([found.cost for _, found in stood], Decimal("Infinity")),
        bound=worst_median([found.bound for _, found in stood], Decimal("-Infinity")),
        gap=worst_median(gaps, float("inf")),
        known_gap=worst_median([_to_known(run, found, book) for run, found in stood], float("inf")),
        never=len(ends),
        otherwise=", ".join(f"{ends.count(end)} {end}" for end in dict.fromkeys(ends)),
    )


def _to_known(run: Run, found: Standing, book: Book) -> float | None:
    known = book.known.get((run.suite, run.instance))
    if found.cost is None or known is None or known.cost is None:
        return None
    return gap_to(found.cost, known.cost)


def _end(run: Run) -> str:
    """Say why a run has no schedule, if it is not for want of time."""
    names = {"infeasible": "infeasible", "violations": "broken", "timeout": "timeout"}
    return names.get(run.status, "failed" if run.status in FAILED else "")


def moment_row(line: MomentLine) -> tuple[str, ...]:
    """Give the cells of one instance at a moment; what is not there yet is said to be so."""
    unsolved = "–" if line.never == line.runs else "none yet"
    return (
        *line.about,
        f"{line.at:g}",
        f"{line.solved} of {line.runs}",
        unsolved if line.cost is None else money(line.cost),
        money(line.bound),
        share(line.gap),
        share(line.known_gap),
        line.otherwise,
    )


def moment_summary(line: MomentLine) -> tuple[str, ...]:
    """Give the cells of all runs of a kind at a moment."""
    counts = (line.runs, line.solved, line.proved, line.close)
    gaps = share(line.gap), share(line.known_gap)
    return (*line.about, f"{line.at:g}", *map(str, counts), *gaps)
