"""What is known before the first customer comes: shifts, breaks, plans, opening and closing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from .customers import absence, comes
from .setting import NOTHING, Setting, Turn


class What(IntEnum):
    """Kinds of events, in the order in which they take effect at the same moment.

    Whoever goes, goes before others come or turn to something else; so nobody takes a contact at
    the very moment of a break.
    """

    CLOSES = 0
    OPENS = 1
    ENDS = 2
    LEAVES = 3
    PAUSES = 4
    TURNS = 5
    RETURNS = 6
    STARTS = 7
    EMPTIES = 8


class Event(NamedTuple):
    """Something that happens to an agent or a queue at a known time."""

    time: float
    what: What
    who: int
    """Agent, or queue where it is about one."""
    value: float = 0.0
    """Length of a break, or the queue to turn to."""


def agenda(setting: Setting, seed: int, replication: int) -> list[Event]:
    """List everything that is known, in order of time."""
    present = comes(setting, seed, replication)
    luck = absence(setting, seed, replication)
    events = list(_hours(setting))
    for a, agent in enumerate(setting.agents):
        turns = [turn for turn in agent.turns if present[a][turn.day]]
        for turn in turns:
            events += _turn(a, turn)
        if luck is not None:
            events += _absences(setting, a, turns, luck[a].tolist())
    return sorted(events)


def _hours(setting: Setting) -> Iterator[Event]:
    """Open and close; a queue that stays open to the horizon's end is never closed."""
    for q, queue in enumerate(setting.queues):
        if queue.deferrable or not queue.open_spans:
            continue
        if queue.open_spans[0][0] > 0:
            yield Event(0.0, What.CLOSES, q)
        for start, end in queue.open_spans:
            yield Event(start, What.OPENS, q)
            if end < setting.end:
                yield Event(end, What.CLOSES, q)
                yield Event(end, What.EMPTIES, q)


def _turn(a: int, turn: Turn) -> Iterator[Event]:
    yield Event(turn.start, What.STARTS, a)
    yield Event(turn.end, What.ENDS, a)
    for start, length in turn.breaks:
        yield Event(start, What.PAUSES, a, length)
    ends = turn.start
    yield Event(turn.start, What.TURNS, a, _plan_at(turn, turn.start))
    for start, end, queue in turn.work:
        if start > ends:
            yield Event(ends, What.TURNS, a, NOTHING)
        if start > turn.start:
            yield Event(start, What.TURNS, a, queue)
        ends = end
    if turn.work and ends < turn.end:
        yield Event(ends, What.TURNS, a, NOTHING)


def _plan_at(turn: Turn, moment: float) -> int:
    return next((q for start, end, q in turn.work if start <= moment < end), NOTHING)


def _absences(setting: Setting, a: int, turns: list[Turn], luck: list[float]) -> Iterator[Event]:
    """Send an agent away in some intervals, by the shrinkage of what they are planned for."""
    step = setting.step_seconds
    away: set[int] = set()
    for turn in turns:
        for start, end, q in turn.work:
            share = setting.queues[q].shrinkage if q >= 0 else 0.0
            first, beyond = max(0, int(start // step)), min(setting.slots, int(-(-end // step)))
            away.update(slot for slot in range(first, beyond) if luck[slot] < share)
    for _, run in groupby(enumerate(sorted(away)), key=lambda pair: pair[1] - pair[0]):
        slots = [slot for _, slot in run]
        yield Event(slots[0] * step, What.LEAVES, a)
        yield Event((slots[-1] + 1) * step, What.RETURNS, a)
