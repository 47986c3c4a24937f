"""The agents, when nobody may wait: how often all are full, and how busy they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import FloatArray
from .loss import erlang_b

_LARGEST_TABLE = 2_000_000
"""States × arrivals that are looked at together."""


@dataclass(frozen=True, slots=True)
class Agents:
    """Agents who hold several contacts each, without a waiting line.

    Attributes
    ----------
    full
        Share of the time in which all hold as many contacts as they can.
    used
        Share of the places for contacts that are taken, on average.
    """

    full: FloatArray
    used: FloatArray


def one_at_a_time(load: FloatArray, staff: FloatArray) -> Agents:
    """Give Erlang's loss system: every agent holds one contact or none."""
    full = erlang_b(load, staff)
    return Agents(full, load / staff * (1 - full))


def several_at_once(load: FloatArray, staff: FloatArray, pace: FloatArray) -> Agents:
    """Solve the birth-death chain on the number of contacts.

    Parameters
    ----------
    load, staff
        Contacts that arrive in a unit of time (above 0), and agents (whole, above 0), as flat
        arrays.
    pace
        Contacts that an agent who holds 1, 2, 3 … of them finishes in a unit of time.

    Notes
    -----
    Contacts go to the agent who holds fewest, and are taken as evenly spread at all times: of j
    contacts with n agents, j mod n agents hold ⌊j / n⌋ + 1 of them and the others ⌊j / n⌋. So
    μ_j = n · g(j / n), with g the pace, linear between whole numbers. The chance of j contacts is
    proportional to Π_{i ≤ j} load / μ_i; its logarithm is summed from full agents downwards.

    Source: any textbook on birth-death processes, such as L. Kleinrock, "Queueing Systems", 1975;
    chats as a queue whose service rate depends on its state: J. Luo and J. Zhang, "Staffing and
    control of instant messaging contact centers", 2013.
    """
    full, used = np.empty(load.shape), np.empty(load.shape)
    for n in np.unique(staff):
        rows = np.flatnonzero(staff == n)
        slots = int(n) * len(pace)
        rates = n * np.interp(np.arange(slots, 0, -1) / n, range(len(pace) + 1), [0.0, *pace])
        downwards = np.concatenate(([0.0], np.cumsum(np.log(rates / rates[0]))))
        pieces = -(-len(rows) * len(downwards) // _LARGEST_TABLE)
        for some in np.array_split(rows, pieces):
            full[some], used[some] = _weigh(np.log(rates[0] / load[some]), downwards)
    return Agents(full, used)


def _weigh(push: FloatArray, downwards: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of full agents and of places taken, from the log of μ/load in each row."""
    free = np.arange(len(downwards))
    taken = free[::-1] / (len(downwards) - 1)
    weights = downwards + push[:, None] * free
    top = weights.max(axis=1)
    chances = np.exp(weights - top[:, None])
    total = chances.sum(axis=1)
    return np.exp(-top) / total, chances @ taken / total
