"""Erlang's two formulas in closed form, for one number or arrays, from 0.01 to 10,000 erlang."""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike

from .arrays import FloatArray, broadcast, floats, whole
from .poisson import log_density

_LEVELS = 60
"""Depth of the continued fraction: full precision from three deviations above the staff on."""


def erlang_b(load: ArrayLike, staff: ArrayLike) -> FloatArray:
    """Share of arrivals that find all agents busy and leave at once.

    Parameters
    ----------
    load
        Offered load in erlang: arrivals per unit of time × mean handle time.
    staff
        Agents: whole numbers.

    Notes
    -----
    B(a, n) = (a^n / n!) / Σ_{k ≤ n} a^k / k!, which is a density of Poisson's distribution over its
    cumulative probability, the regularised incomplete gamma function Q(n + 1, a). Where the load
    lies far above the staff, that function runs out of range, and its continued fraction gives
    B = (a − n + n / (a − n + 2 + 2 (n − 1) / (a − n + 4 + 3 (n − 2) / …))) / a instead. Without
    arrivals nobody is turned away: 0.

    Source: A. K. Erlang, 1917; the fraction is Legendre's, NIST Digital Library of Mathematical
    Functions, 8.9.2.
    """
    shape, (a, n) = broadcast(floats(load, "load"), whole(staff, "staff"))
    result = np.zeros(a.shape)
    far = (a > n) & ((a - n) ** 2 > 9 * n)
    near = ~far & (a > 0)
    result[near] = _by_gamma(a[near], n[near])
    result[far] = _by_fraction(a[far], n[far])
    return result.reshape(shape)


def _by_gamma(a: FloatArray, n: FloatArray) -> FloatArray:
    cumulative = scipy.special.gammaincc(n + 1, a)
    blocked: FloatArray = np.exp(log_density(n, a) - np.log(cumulative))
    return blocked


def _by_fraction(a: FloatArray, n: FloatArray) -> FloatArray:
    below = a - n + 2 * _LEVELS
    for k in range(_LEVELS - 1, -1, -1):
        left = np.maximum(n - k, 0)
        below = a - n + 2 * k + (k + 1) * left / below
    return below / a


def erlang_c(load: ArrayLike, staff: ArrayLike) -> FloatArray:
    """Share of arrivals that have to wait where nobody hangs up; 1 where the queue has no end.

    Parameters
    ----------
    load
        Offered load in erlang.
    staff
        Agents: whole numbers.

    Notes
    -----
    C = B / (B + (1 − B) · (1 − a / n)) for n > a. Source: A. K. Erlang, 1917.
    """
    a, n = np.broadcast_arrays(floats(load, "load"), whole(staff, "staff"))
    stable = n > a
    blocked = erlang_b(a, n)
    idle = np.where(stable, n - a, 0.0) / np.maximum(n, 1)
    waiting = blocked / np.where(stable, blocked + (1 - blocked) * idle, 1.0)
    return np.where(stable, waiting, np.where(a > 0, 1.0, 0.0))
