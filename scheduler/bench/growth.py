"""How the time to a proved gap grows with people, days and a finer grid."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .comparing import Book
from .curves import course, worst_median
from .runs import Run, Trace
from .suite import is_chosen

FEWEST = 3
"""Sizes from which on an exponent is fitted."""
AXES = ("people", "days", "intervals per hour")


@dataclass(frozen=True, slots=True)
class Point:
    """An instance, and what it took; medians over its runs, in which the unknown is the worst."""

    way: tuple[str, ...]
    """What all points of a curve have in common: file, suite, engine and limit."""
    instance: str
    size: tuple[float, ...]
    """One number for each of `AXES`."""
    runs: int
    reached: int
    """Runs that proved the gap."""
    seconds: float | None
    """Until the gap was proved; None where the median run never did."""
    end_gap: float | None
    """At the end."""
    peak_mb: float | None
    """Memory of the run that needed most."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Instances that differ in one size only."""

    axis: int
    """Position in `AXES`."""
    way: tuple[str, ...]
    others: tuple[float, ...]
    """The other sizes, in the order of `AXES`."""
    points: tuple[Point, ...]
    """Smallest first."""

    @property
    def name(self) -> str:
        """What is the same for all points: ``"7 days, 4 intervals per hour"``."""
        names = [name for axis, name in enumerate(AXES) if axis != self.axis]
        return ", ".join(
            f"{size:g} {'day' if (size, name) == (1, 'days') else name}"
            for size, name in zip(self.others, names, strict=True)
        )

    @property
    def reached(self) -> tuple[Point, ...]:
        """The points that proved the gap; only they are fitted."""
        return tuple(point for point in self.points if point.seconds is not None)

    def times(self) -> list[tuple[float, float]]:
        """Give size and seconds of what is fitted."""
        return [(p.size[self.axis], p.seconds) for p in self.points if p.seconds is not None]

    def memory(self) -> list[tuple[float, float]]:
        """Give size and megabytes of all points of which they are known."""
        return [(p.size[self.axis], p.peak_mb) for p in self.points if p.peak_mb is not None]


def seconds_to_gap(run: Run, trace: Trace, gap: float) -> float | None:
    """Give the seconds until a gap was proved, as far as the checked cost bears the course out."""
    for since, stands in course(run, trace):
        if stands.gap is not None and stands.gap <= gap:
            return since
    if run.gap is not None and run.gap <= gap:
        return run.ended
    return None


def points(book: Book, gap: float, only: Sequence[str] = ()) -> tuple[list[Point], list[Run]]:
    """Give a point for each instance and way to solve, and the runs whose size is not known.

    Parameters
    ----------
    gap
        What is to be proved, as a share of the cost.
    only
        Patterns of instance names; all, if there are none.
    """
    groups: dict[tuple[tuple[str, ...], str, tuple[float, ...]], list[tuple[str, Run]]]
    groups, sizeless = defaultdict(list), []
    for name, run in book.runs:
        if not is_chosen(run.instance, only):
            continue
        if run.people and run.days and run.interval_minutes:
            size = float(run.people), float(run.days), 60 / run.interval_minutes
            way = (name, run.suite, run.engine, f"{run.time_limit:g}")
            groups[way, run.instance, size].append((name, run))
        else:
            sizeless.append(run)
    return [_point(*about, group, book, gap) for about, group in groups.items()], sizeless


def _point(
    way: tuple[str, ...],
    instance: str,
    size: tuple[float, ...],
    group: Sequence[tuple[str, Run]],
    book: Book,
    gap: float,
) -> Point:
    times = [seconds_to_gap(r, book.traces.get((name, r.key), ()), gap) for name, r in group]
    return Point(
        way=way,
        instance=instance,
        size=size,
        runs=len(group),
        reached=sum(found is not None for found in times),
        seconds=worst_median(times, math.inf),
        end_gap=worst_median([run.gap for _, run in group], math.inf),
        peak_mb=max((run.peak_mb for _, run in group if run.peak_mb is not None), default=None),
    )


def curves(found: Sequence[Point]) -> list[Curve]:
    """Put points together that differ in one size only, where there are at least two sizes."""
    return [curve for axis in range(len(AXES)) for curve in _along(axis, found)]


def _along(axis: int, found: Sequence[Point]) -> Iterator[Curve]:
    groups: Mapping[tuple[tuple[str, ...], tuple[float, ...]], list[Point]] = defaultdict(list)
    for point in found:
        groups[point.way, point.size[:axis] + point.size[axis + 1 :]].append(point)
    for (way, others), group in groups.items():
        if len({point.size[axis] for point in group}) > 1:
            ordered = sorted(group, key=lambda point: point.size[axis])
            yield Curve(axis, way, others, tuple(ordered))


@dataclass(frozen=True, slots=True)
class Fit:
    """amount ≈ factor × size ^ exponent."""

    exponent: float
    factor: float

    def at(self, size: float) -> float:
        """Give the amount at a size."""
        return float(self.factor * size**self.exponent)


def fit(pairs: Sequence[tuple[float, float]]) -> Fit | None:
    """Fit a power law by least squares of the logarithms; None for fewer than `FEWEST` sizes."""
    known = [(size, amount) for size, amount in pairs if size > 0 and amount > 0]
    if len({size for size, _ in known}) < FEWEST:
        return None
    logs = np.log(np.array(known))
    exponent, intercept = np.polyfit(logs[:, 0], logs[:, 1], 1)
    return Fit(float(exponent), float(np.exp(intercept)))
