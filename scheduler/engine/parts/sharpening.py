"""A bound sharpened: what parts cost at least where people are whole, at prices of hours.

A linear program rests a sixth of a person in each of six intervals, where a break takes a whole
person. With few people, that is most of what is left to prove. With hours priced, parts are apart
(see `hours`), and rounding cuts and branching raise what each of them costs by itself
(Marchand and Wolsey 2001); whatever is proved by the end of its time, holds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np

from ..layout import Layout
from ..outcome import Interrupt
from ..program import Floats
from .moves import BRANCHING_SECONDS
from .part_program import PartProgram

SHARE, LEAST_SECONDS, MOST_SECONDS = 0.15, 1.5, BRANCHING_SECONDS
"""Time for all parts, as a share of what is left, and limits for each: cuts at the root do most,
and take a second or two where they do anything."""
WORTH = 1e-3
"""Share of what parts cost by which they are to be raised, so that it goes on."""


def sharpened(
    programs: Sequence[PartProgram],
    values: Sequence[float],
    price: Floats,
    interrupt: Interrupt,
    seed: int,
) -> Iterator[float]:
    """Raise what parts cost together, one part after the other, while that is worth its time.

    What costs least comes first: fewest people are there, and most is to be raised.

    Parameters
    ----------
    programs, values
        Every part, and what it costs at least in fractions.
    price
        Cents for a minute of each person.
    interrupt
        Asked whether to stop, and how long it is until then.
    seed
        For ties.

    Yields
    ------
    Cents that all parts cost at least, after each.
    """
    total = sum(values)
    share = SHARE * interrupt.left / max(1, len(programs))
    seconds = min(MOST_SECONDS, max(LEAST_SECONDS, share))
    spent = tried = raised = 0.0
    for number in np.argsort(values, kind="stable"):
        program, value = programs[number], values[number]
        if interrupt.left < seconds or (spent >= seconds and raised < WORTH * tried):
            return
        started = time.perf_counter()
        found = program.least(price, seconds, seed)
        spent += time.perf_counter() - started
        tried += abs(value)
        if found is not None and found > value:
            raised += found - value
            total += found - value
        yield total


def apart(layout: Layout, programs: Sequence[PartProgram]) -> float:
    """Give the cents that everything costs at least that is in no part's program."""
    program = layout.program
    others = ~layout.is_choice
    for part in programs:
        others[part.team] = False
    with np.errstate(invalid="ignore"):
        limits = np.stack([program.cost * program.low, program.cost * program.high])
    least = np.where(program.cost == 0, 0.0, limits.min(axis=0))
    return float(least[others].sum()) + program.offset
