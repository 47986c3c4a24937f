"""Numbers of a part made cheaper, one window of time after the other.

Rounding leaves the more above a relaxation the fewer people are alike. Around a moment, whoever
starts or ends near it may do so sooner or later, and breaks about that time move along; the rest of
the day stays. Branch and bound is good at that, where a whole day is too much for it.
"""

from __future__ import annotations

import random

import numpy as np

from ..branching import branch
from ..budget import Budget
from ..layout import Layout
from ..program import Mask
from ..subproblem import Values
from .cutting import FIRST, adapted
from .moves import BRANCHING_SECONDS
from .part_program import Most, PartProgram
from .shapes import begin_or_end, meanwhile


def improved_numbers(
    layout: Layout,
    part: PartProgram,
    values: Values,
    most: Most,
    budget: Budget,
    draw: random.Random,
) -> Values:
    """Make the numbers of a part cheaper until a budget is used up.

    Parameters
    ----------
    layout, part
        The model, and a part of it.
    values
        Of the part's variables: a solution.
    most
        What people work at most.
    budget
        When to stop.
    draw
        Source of chance.

    Returns
    -------
    A solution that costs no more.
    """
    program, size = part.within(most), FIRST
    while budget.left > 0:
        free = _window(layout, part, values, round(size), draw)
        before = budget.left
        seconds = min(BRANCHING_SECONDS, before)
        found, is_optimal = branch(program, values, free, seconds, draw.randrange(1 << 30))
        saved = 0.0 if found is None else float(program.cost @ (values - found))
        if found is not None and saved >= 0:
            values = found
        size = adapted(size, before - budget.left, is_optimal=is_optimal, saved=saved > 0)
    return values


def _window(
    layout: Layout, part: PartProgram, values: Values, size: int, draw: random.Random
) -> Mask:
    """Free what is near a moment: numbers in use, some others, and the team about their time."""
    start, end = layout.start[part.choices], layout.end[part.choices]
    numbers = len(part.choices)
    place = draw.randrange(numbers)
    minute = draw.randrange(int(start[place]), int(end[place]))
    near = begin_or_end(start, end, minute)
    others = np.flatnonzero(near).tolist()
    drawn = np.zeros(numbers, dtype=bool)
    drawn[draw.sample(others, min(size, len(others)))] = True
    chosen = near & (drawn | (values[:numbers] > 0))
    shifts = np.zeros(len(layout.owner), dtype=bool)
    shifts[part.choices[chosen]] = True
    free: Mask = np.concatenate([chosen, meanwhile(layout, shifts)[part.team]])
    return free
