"""First prices of hours: those that are best for samples of all parts.

An hour has the same price in all parts, and for all who are alike in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import scipy.sparse
from scipy.sparse.csgraph import connected_components

from ..program import Floats, Indices
from .hours import HourPrices, cuts_of
from .part_program import PartProgram

TURNS = 16
"""How often the prices of hours are set, at most: later turns bring little."""


def first_prices(
    programs: Sequence[PartProgram],
    classes: Indices,
    hours: HourPrices,
    note: Callable[[str], None],
) -> Floats:
    """Give the prices of hours that are best for samples of all parts, as far as they are found.

    What a sample costs at most at any prices, its part does, too.

    Parameters
    ----------
    programs
        One for each part.
    classes
        Class of each person, who all have one price.
    hours
        Nothing learnt so far; left with what samples tell of the whole parts.
    note
        Told what was done.

    Returns
    -------
    Cents for a minute of each class.
    """
    price: Floats | None = np.zeros(int(classes.max(initial=-1)) + 1)
    for _ in range(TURNS):
        if price is None:
            break
        solved = [program.solve_sample(price[classes]) for program in programs]
        answers = [answer for answer in solved if answer is not None]
        if len(answers) < len(programs):
            break
        hours.learn(cuts_of(answers, classes, price), sum(answer.value for answer in answers))
        note("prices")
        if hours.is_done:
            break
        price = hours.ask()
    return hours.begin_again()


def classes_of(programs: Sequence[PartProgram], people: int) -> Indices:
    """Give everybody's class: those who are alike in some part have one price."""
    kinds = [kind for program in programs for kind in program.people]
    pairs = [pair for kind in kinds for pair in pairwise(kind)]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    shape = people, people
    alike = scipy.sparse.coo_array((np.ones(len(first)), (first, second)), shape)
    return np.asarray(connected_components(alike, directed=False)[1], dtype=np.int64)
