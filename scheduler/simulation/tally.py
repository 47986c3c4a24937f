"""Counting a replication: what happened to the customers of every slot."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .play import Play, Played
from .setting import Setting

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = dict[str, Floats]
"""Amounts by slot, under a name."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is to be counted of one queue besides the usual."""

    within_seconds: tuple[float, ...] = ()
    """Times within which a contact is answered in time."""
    due_seconds: tuple[tuple[Floats, float], ...] = ()
    """Deadlines by slot, and that of the backlog, of each `response` floor."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What is counted over the whole replication."""

    contacts: int
    overtime_seconds: float
    late_break_seconds: float
    breaks: int
    settled: tuple[int, ...]
    """Contacts that ended, by queue, where it is luck whether they are resolved."""
    resolved: tuple[int, ...]
    """Those of them that were."""


@dataclass(frozen=True)
class Tally:
    """One replication in numbers.

    Attributes
    ----------
    counts
        For each queue, by the slot in which customers arrive: `offered` = `answered` + `abandoned`
        + `turned_away` + `left`; `wait_answered` and `wait_all`, in seconds; by the slot in which
        it is spent: `busy` (contacts' time ÷ places of an agent) and `staffed`, in seconds.
        ``in_time T`` and ``short T``: answered, and gone, after at most T seconds.
        ``due i`` and ``late i``: deferrable contacts due in the horizon, and those of them that
        were done later; the backlog is counted in the first slot.
    carried_in
        Backlog by queue; it is counted in nothing else but `busy`, `due` and `late`.
    totals
        What has no slot.
    """

    counts: tuple[Counts, ...]
    carried_in: tuple[int, ...]
    totals: Totals = field(default_factory=lambda: Totals(0, 0.0, 0.0, 0, (), ()))


def tally(setting: Setting, questions: tuple[Questions, ...], seed: int, replication: int) -> Tally:
    """Play a replication, and count."""
    played = Play(setting, seed, replication).run()
    contacts = played.contacts
    whose = np.array(contacts.queue, dtype=np.int64)
    times = {
        name: np.array(getattr(contacts, name), dtype=np.float64)
        for name in ("arrived", "deadline", "begun", "ended", "turned_away")
    }
    counts = tuple(
        _count(setting, q, questions[q], {n: t[whose == q] for n, t in times.items()}, played)
        for q in range(len(setting.queues))
    )
    totals = Totals(
        contacts=len(whose),
        overtime_seconds=played.overtime_seconds,
        late_break_seconds=played.late_break_seconds,
        breaks=played.breaks,
        settled=tuple(contacts.settled),
        resolved=tuple(contacts.resolved),
    )
    return Tally(counts, tuple(queue.backlog for queue in setting.queues), totals)


def _count(
    setting: Setting, q: int, questions: Questions, times: dict[str, Floats], played: Played
) -> Counts:
    queue, slots, step = setting.queues[q], setting.slots, setting.step_seconds
    slot = np.minimum(times["arrived"] // step, slots - 1).astype(np.int64)
    fresh = np.arange(len(slot)) >= queue.backlog
    found = _fates(times, setting.end)
    counts = {name: _by_slot(slot, amount * fresh, slots) for name, amount in found.items()}
    wait, answered = found["wait_all"], found["answered"] > 0
    gone = ~answered & (found["left"] == 0)
    for within in questions.within_seconds:
        soon = (wait <= within) & fresh
        counts[f"in_time {within:g}"] = _by_slot(slot, soon & answered, slots)
        counts[f"short {within:g}"] = _by_slot(slot, soon & gone, slots)
    for i, (due, backlog_due) in enumerate(questions.due_seconds):
        limit = np.where(fresh, due[slot], backlog_due)
        owed = np.isfinite(limit)
        counts[f"due {i}"] = _by_slot(slot, owed, slots)
        counts[f"late {i}"] = _by_slot(slot, owed & ~(times["ended"] <= limit), slots)
    served = answered
    busy = seconds_by_slot(times["begun"][served], times["ended"][served], step, slots)
    there = np.array([s[1:] for s in played.stretches if s[0] == q], dtype=np.float64)
    there = there.reshape(-1, 2)
    counts["busy"] = busy / queue.places
    counts["staffed"] = seconds_by_slot(there[:, 0], there[:, 1], step, slots)
    return counts


def _fates(times: dict[str, Floats], end: float) -> Counts:
    """Tell of each contact how it went, and how long the customer waited.

    Who is still in line when nobody is left to serve gives up in the end, if ever they do; others
    are left over, and have waited until the horizon's end.
    """
    answered = ~np.isnan(times["begun"])
    gives_up = ~answered & ~(times["turned_away"] < times["deadline"])
    gives_up &= np.isfinite(times["deadline"])
    turned_away = ~answered & ~gives_up & ~np.isnan(times["turned_away"])
    until = np.where(answered, times["begun"], times["deadline"])
    until = np.where(turned_away, times["turned_away"], until)
    left = ~answered & ~gives_up & ~turned_away
    wait = np.maximum(0.0, np.where(left, end, until) - times["arrived"])
    return {
        "offered": np.ones(len(wait)),
        "answered": answered.astype(np.float64),
        "abandoned": gives_up.astype(np.float64),
        "turned_away": turned_away.astype(np.float64),
        "left": left.astype(np.float64),
        "wait_answered": np.where(answered, wait, 0.0),
        "wait_all": wait,
    }


def _by_slot(slot: NDArray[np.int64], amount: Floats | Bools, slots: int) -> Floats:
    return np.bincount(slot, weights=amount, minlength=slots)[:slots].astype(np.float64)


def seconds_by_slot(starts: Floats, ends: Floats, step: float, slots: int) -> Floats:
    """Add up what stretches of time have in common with each slot.

    Every stretch gives the rest of its first slot, the beginning of its last one, and whole slots
    between; if both are the same, one whole slot too much is taken off again.
    """
    starts, ends = np.clip(starts, 0.0, slots * step), np.clip(ends, 0.0, slots * step)
    first, last = (starts // step).astype(np.int64), (ends // step).astype(np.int64)
    whole = np.cumsum(
        np.bincount(first + 1, minlength=slots + 2) - np.bincount(last, minlength=slots + 2)
    )
    parts = np.bincount(first, (first + 1) * step - starts, slots + 2)
    parts = parts + np.bincount(last, ends - last * step, slots + 2)
    found: Floats = np.maximum(whole * step + parts, 0.0)[:slots]
    return found
