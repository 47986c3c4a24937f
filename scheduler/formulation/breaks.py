"""Implicit breaks: how many of a profile take a break when, never who.

Options of one day whose breaks lie at the same distances from their starts form a *group*. Sorted
by start, the k-th person of the group takes the k-th beginning of every break (first in, first
out). Windows and spacing move with the start, so this keeps every limit, and counts are exact:
with C_b(t) the beginnings of break b up to t, L_b(t) and E_b(t) the people whose latest and
earliest beginning is at most t,

- L_b(t) ≤ C_b(t) ≤ E_b(t), which keeps the windows;
- C_{b+1}(t) ≤ C_b(t − minutes_b − min_work) and C_{b+1}(t) ≥ C_b(t − minutes_b − max_work), which
  keep the stretches of work between two breaks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from ..models.shift import BreakSpan
from .expressions import Expr, total
from .options import Option


@dataclass(frozen=True, slots=True, eq=False)
class Headcount:
    """An option, and how many people of a profile work it."""

    option: Option
    people: cp_model.IntVar


class BreakGroup:
    """Beginnings of the breaks of options that differ by their start (or what follows) only.

    Parameters
    ----------
    model
        Where variables and constraints go.
    heads
        The group's options with their headcounts.
    step
        Minutes in an interval: breaks begin on the grid.
    most
        No more people than this are on any shift of the day.
    """

    def __init__(
        self, model: cp_model.CpModel, heads: Sequence[Headcount], step: int, most: int
    ) -> None:
        self.heads = sorted(heads, key=lambda head: (head.option.duty.start, head.option.duty.end))
        self.breaks: tuple[BreakSpan, ...] = heads[0].option.breaks
        self.begun: list[dict[int, cp_model.IntVar]] = []
        """For each break, the number of people who begin it, by minute."""
        self.begun_until: list[dict[int, cp_model.IntVar]] = []
        """For each break, the number of people who have begun it, by minute, in order."""
        self._minutes: list[list[int]] = []
        self._step = step
        for position in range(len(self.breaks)):
            self.begun.append(self._post_windows(model, position, most))
        for position in range(1, len(self.breaks)):
            self._post_spacing(model, position)

    def _post_windows(
        self, model: cp_model.CpModel, position: int, most: int
    ) -> dict[int, cp_model.IntVar]:
        span = self.breaks[position]
        earliest: dict[int, list[Expr]] = defaultdict(list)
        latest: dict[int, list[Expr]] = defaultdict(list)
        for head in self.heads:
            earliest[head.option.duty.start + span.earliest].append(head.people)
            latest[head.option.duty.start + span.latest].append(head.people)
        minutes = sorted(
            {minute for head in self.heads for minute in self.beginnings(head, position)}
        )
        begun = {minute: model.new_int_var(0, most, "") for minute in minutes}
        until: dict[int, cp_model.IntVar] = {}
        can: list[Expr] = []
        must: list[Expr] = []
        until[minutes[0]] = begun[minutes[0]]
        for minute, following in pairwise(minutes):
            # A variable for every count keeps rows short: written out, they would be most of it.
            until[following] = model.new_int_var(0, most, "")
            model.add(until[following] == until[minute] + begun[following])
        model.add(until[minutes[-1]] == total(head.people for head in self.heads))
        for minute, following in pairwise(minutes):
            can += earliest.get(minute, [])
            must += latest.get(minute, [])
            # Counts only grow, so each limit needs a row just before or when it moves.
            if following in earliest:
                model.add(until[minute] <= total(can))
            if minute in latest:
                model.add(until[minute] >= total(must))
        self.begun_until.append(until)
        self._minutes.append(minutes)
        return begun

    def _post_spacing(self, model: cp_model.CpModel, position: int) -> None:
        before, here = self.breaks[position - 1], self.breaks[position]
        shortest, longest = self.heads[0].option.spacing
        if before.latest + before.minutes + shortest > here.earliest:
            for minute in self.begun[position]:
                gone = self.until(position - 1, minute - before.minutes - shortest)
                model.add(self.until(position, minute) <= gone)
        if before.earliest + before.minutes + longest < here.latest:
            for minute in self.begun[position - 1]:
                due = self.until(position, minute + before.minutes + longest)
                model.add(due >= self.until(position - 1, minute))

    def beginnings(self, head: Headcount, position: int) -> range:
        """Minutes at which a break of one of the group's options may begin."""
        start, span = head.option.duty.start, self.breaks[position]
        return range(start + span.earliest, start + span.latest + 1, self._step)

    @property
    def counts(self) -> Iterator[cp_model.IntVar]:
        """Variables that count who begins a break at a minute, and by a minute."""
        for begun, until in zip(self.begun, self.begun_until, strict=True):
            yield from begun.values()
            yield from until.values()

    def until(self, position: int, minute: int) -> Expr:
        """C_b(t): people who have begun a break by a minute."""
        minutes = self._minutes[position]
        place = bisect_right(minutes, minute)
        return self.begun_until[position][minutes[place - 1]] if place else 0

    def resting(self) -> Iterator[tuple[int, cp_model.IntVar]]:
        """Every (minute, variable): that many people rest in the interval from this minute."""
        for span, begun in zip(self.breaks, self.begun, strict=True):
            for minute, variable in begun.items():
                for resting in range(minute, minute + span.minutes, self._step):
                    yield resting, variable


def break_groups(heads: Iterable[Headcount]) -> list[list[Headcount]]:
    """Partition a day's options with breaks into groups."""
    groups: dict[object, list[Headcount]] = defaultdict(list)
    for head in heads:
        if head.option.breaks:
            groups[head.option.breaks, head.option.spacing].append(head)
    return list(groups.values())
