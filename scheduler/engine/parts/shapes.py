"""Shapes of neighbourhoods: which choices of whom are free at once.

Each shape takes the model, the choices to choose among, the plan, how many of them to free, and a
source of chance. Whoever is freed on a day may also keep what they work then.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from ..layout import Layout
from ..program import Indices, Mask
from .incumbent import Incumbent

NEAR_START, NEAR_END, SLIGHTLY = 90, 45, 30
"""Minutes: how near to a moment shifts start or end; and by how much they move, once or twice
that, unless starts are farther apart."""
WEEK = 7
AT_SHORTAGES = 0.7
"""How often something short is looked at, while there is."""

Shape = Callable[[Layout, Mask, Incumbent, int, random.Random], Mask]


def near_a_moment(
    layout: Layout, among: Mask, plan: Incumbent, size: int, draw: random.Random
) -> Mask:
    """Free shifts that start or end near a moment."""
    day, minute = _moment(layout, plan, draw)
    near = begin_or_end(layout.start, layout.end, minute)
    return layout.of_some(among & (layout.day == day) & near, size, draw)


def begin_or_end(start: Indices, end: Indices, minute: int) -> Mask:
    """Tell which shifts, given by their first and last minutes, start or end near a moment."""
    found: Mask = (np.abs(start - minute) <= NEAR_START) | (np.abs(end - minute) <= NEAR_END)
    return found


def slightly_moved(
    layout: Layout, among: Mask, plan: Incumbent, size: int, draw: random.Random
) -> Mask:
    """Let those who work on a day start and end a little earlier or later."""
    day, _ = _moment(layout, plan, draw)
    return layout.of_some(among & _near_shifts(layout, plan, day, draw), size, draw)


def moved_on_two_days(
    layout: Layout, among: Mask, plan: Incumbent, size: int, draw: random.Random
) -> Mask:
    """Let those who work on either of two days start and end a little earlier or later on both."""
    day, _ = _moment(layout, plan, draw)
    other = draw.choice(range(max(0, day - WEEK + 1), min(layout.days, day + WEEK)))
    near = _near_shifts(layout, plan, day, draw) | _near_shifts(layout, plan, other, draw)
    return layout.of_some(among & near, size, draw)


def _near_shifts(layout: Layout, plan: Incumbent, day: int, draw: random.Random) -> Mask:
    """Find what resembles the shifts that are worked on a day."""
    people = len(layout.formulation.employees)
    start, end = np.full(people, -(10**9)), np.full(people, -(10**9))
    worked = np.flatnonzero(layout.is_choice & (plan.values > 0) & (layout.day == day))
    start[layout.owner[worked]] = layout.start[worked]
    end[layout.owner[worked]] = layout.end[worked]
    reach = drawn_reach(layout, draw)
    near = np.abs(layout.start - start[layout.owner]) <= reach
    near &= np.abs(layout.end - end[layout.owner]) <= reach
    found: Mask = (layout.day == day) & near
    return found


def drawn_reach(layout: Layout, draw: random.Random) -> int:
    """Draw by how many minutes shifts move slightly."""
    return draw.choice((1, 2)) * max(SLIGHTLY, layout.start_step)


def whole_weeks(
    layout: Layout, among: Mask, plan: Incumbent, size: int, draw: random.Random
) -> Mask:
    """Free a week of a few people."""
    day, _ = _moment(layout, plan, draw)
    first = draw.randint(max(0, day - WEEK + 1), min(day, max(0, layout.days - WEEK)))
    week = (layout.day >= first) & (layout.day < first + WEEK)
    return layout.of_some(among & week, size, draw)


def two_days(layout: Layout, among: Mask, plan: Incumbent, size: int, draw: random.Random) -> Mask:
    """Free two days of some people."""
    day, _ = _moment(layout, plan, draw)
    nearby = range(max(0, day - WEEK), min(layout.days, day + WEEK))
    days = (day, draw.choice(nearby))
    return layout.of_some(among & np.isin(layout.day, days), size, draw)


def freed(layout: Layout, plan: Incumbent, choices: Mask) -> Mask:
    """Give everything that is free where some choices are: breaks and services around them, too."""
    people = np.zeros(len(layout.formulation.employees) + 1, dtype=bool)
    people[layout.owner[choices]] = True
    days = np.zeros(layout.days + 1, dtype=bool)
    days[layout.day[choices]] = True
    mine = people[layout.owner] & (layout.owner >= 0)
    worked = (plan.values > 0) & mine & layout.is_choice & days[layout.day]
    parts = np.zeros(len(layout.parts) + 1, dtype=bool)
    parts[layout.part_of[choices]] = True
    parts[-1] = False
    profiles = np.zeros(len(layout.formulation.coverage.profiles) + 1, dtype=bool)
    profiles[layout.profile[choices]] = True
    team = (layout.owner < 0) & parts[layout.part_of] & meanwhile(layout, choices | worked)
    around = team & (~layout.is_presence | profiles[layout.profile])
    return choices | worked | (mine & ~layout.is_choice) | around


def meanwhile(layout: Layout, shifts: Mask) -> Mask:
    """Give what is about the time of some shifts, day by day."""
    since, until = layout.moments
    found = np.zeros(len(since), dtype=bool)
    for day in np.unique(layout.day[shifts]):
        mine = shifts & (layout.day == day)
        found |= (since < layout.end[mine].max()) & (until > layout.start[mine].min())
    return found


def _moment(layout: Layout, plan: Incumbent, draw: random.Random) -> tuple[int, int]:
    """Draw a day and a minute of it, rather where something is short."""
    step = layout.formulation.instance.horizon.interval_minutes
    slots = layout.formulation.instance.horizon.slots
    if plan.lacking and draw.random() < AT_SHORTAGES:
        slot = draw.choice(draw.choice(plan.lacking))
        return min(slots[slot].day, layout.days - 1), slot * step
    choices = np.flatnonzero(layout.is_choice)
    place = int(choices[draw.randrange(len(choices))])
    return int(layout.day[place]), draw.randrange(int(layout.start[place]), int(layout.end[place]))
