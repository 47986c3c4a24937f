"""Queues as what they are, Markov chains: solved by linear algebra, with one customer followed.

Nothing of the formulas is used: neither Erlang's nor those of the waiting line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Followed:
    """Shares of arrivals by what becomes of them, and mean waits in the unit of the rates."""

    at_once: float
    answered_in_time: float
    answered_late: float
    gone_in_time: float
    gone_late: float
    wait_of_answered: float
    wait_of_all: float
    places_used: float


def follow(
    arrivals: float,
    finishing: Callable[[int], float],
    places: int,
    leaving: float,
    within: float,
) -> Followed:
    """Solve the chain of contacts, and follow an arrival through the line ahead of it.

    Parameters
    ----------
    arrivals, leaving
        Rates of arrivals, and of hanging up for each who waits.
    finishing
        Rate at which so many contacts in service are finished together.
    places
        Contacts that all agents together can hold.
    within
        Time of the service level.
    """
    weights = [1.0]
    # The line is cut off where it is hardly ever reached.
    while len(weights) <= places + 1 or weights[-1] > 1e-13 * sum(weights):
        k = len(weights)
        rate = finishing(min(k, places)) + max(0, k - places) * leaving
        weights.append(weights[-1] * arrivals / rate)
    chances = np.array(weights) / sum(weights)
    finding: Floats = chances[places:]  # arrivals see the chain as it is over time
    moves = _line_ahead(finishing(places), leaving, len(finding))
    begin = np.concatenate((finding, [0.0, 0.0]))
    after = begin @ expm(moves * within)
    ever = begin @ _ends(moves)
    at_once = float(chances[:places].sum())
    answered, gone = at_once + float(ever[0]), float(ever[1])
    transient = moves[:-2, :-2]
    stay = np.linalg.solve(-transient.T, finding)  # mean time at each place of the line
    again = np.linalg.solve(-transient.T, stay)
    return Followed(
        at_once=at_once,
        answered_in_time=at_once + float(after[-2]),
        answered_late=answered - at_once - float(after[-2]),
        gone_in_time=float(after[-1]),
        gone_late=gone - float(after[-1]),
        wait_of_answered=float(again @ moves[:-2, -2]) / answered,
        wait_of_all=float(stay.sum()),
        places_used=float(np.minimum(range(len(chances)), places) @ chances) / places,
    )


def _line_ahead(service: float, leaving: float, length: int) -> Floats:
    """Rates of moving up with k people ahead in line, of being answered, and of hanging up."""
    moves = np.zeros((length + 2, length + 2))
    for ahead in range(length):
        forward = service + ahead * leaving
        moves[ahead, ahead - 1 if ahead else length] = forward
        moves[ahead, length + 1] = leaving
        moves[ahead, ahead] = -forward - leaving
    return moves


def _ends(moves: Floats) -> Floats:
    """Chances of either end, answered or gone, from every place."""
    ends: Floats = np.linalg.solve(-moves[:-2, :-2], moves[:-2, -2:])
    return np.vstack((ends, np.eye(2)))
