"""Erlang's formulas: Poisson arrivals, exponential handle times, customers with patience."""

from __future__ import annotations

import math


def erlang_b(erlangs: float, staff: int) -> float:
    """Probability that all servers are busy, where customers who find them so leave.

    Parameters
    ----------
    erlangs
        Offered load: arrivals per unit of time × mean handle time.
    staff
        Number of servers.

    Notes
    -----
    B(0) = 1, B(n) = a B(n − 1) / (n + a B(n − 1)); stable for any load. Source: A. K. Erlang, 1917;
    the recursion is Jagerman's.
    """
    blocked = 1.0
    for servers in range(1, staff + 1):
        blocked = erlangs * blocked / (servers + erlangs * blocked)
    return blocked


def delay_probability(erlangs: float, staff: int) -> float:
    """Erlang C: probability that a customer has to wait; 1 where the queue has no end.

    Notes
    -----
    C = n B / (n − a (1 − B)) for n > a. Source: A. K. Erlang, 1917.
    """
    if staff <= erlangs:
        return 1.0 if erlangs > 0 else 0.0
    blocked = erlang_b(erlangs, staff)
    return staff * blocked / (staff - erlangs * (1 - blocked))


def service_level(
    erlangs: float, staff: float, within_seconds: float, handle_time_seconds: float
) -> float:
    """Share of customers who are answered within a time.

    Parameters
    ----------
    erlangs
        Offered load.
    staff
        Servers; between whole numbers the level is interpolated on a straight line.
    within_seconds
        Time to answer.
    handle_time_seconds
        Mean handle time of a server.

    Notes
    -----
    SL = 1 − C · exp(−(n − a) · T / h) for n > a, and 0 otherwise: a queue that grows for ever keeps
    no promise. Nobody hangs up in this model, so that "of offered" and "of answered" are the same.
    """
    below = math.floor(staff)
    lower = _level_of_whole_staff(erlangs, below, within_seconds, handle_time_seconds)
    if staff == below:
        return lower
    upper = _level_of_whole_staff(erlangs, below + 1, within_seconds, handle_time_seconds)
    return lower + (staff - below) * (upper - lower)


def _level_of_whole_staff(erlangs: float, staff: int, within: float, handle_time: float) -> float:
    if erlangs == 0:
        return 1.0
    if staff <= erlangs:
        return 0.0
    waiting = delay_probability(erlangs, staff)
    return 1 - waiting * math.exp(-(staff - erlangs) * within / handle_time)


def required_staff_hundredths(
    erlangs: float, target: float, within_seconds: float, handle_time_seconds: float
) -> int:
    """Least effective staff, in hundredths of a person, whose service level reaches the target.

    Parameters
    ----------
    target
        Share to be answered in time, less than 1.
    """
    if erlangs == 0:
        return 0
    staff = math.floor(erlangs) + 1
    low = 0.0
    while (
        high := _level_of_whole_staff(erlangs, staff, within_seconds, handle_time_seconds)
    ) < target:
        staff, low = staff + 1, high
    share = (target - low) / (high - low)
    return (staff - 1) * 100 + math.ceil(share * 100 - 1e-9)
