"""The waiting line: what happens to customers while every agent is full.

While every agent holds as many contacts as they can, the line is a birth-death chain of its own:
contacts arrive at rate λ, agents take them at rate R, and each of those who wait hangs up at rate
θ. Time is in any unit, the same for all three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used

from .arrays import BoolArray, FloatArray
from .poisson import log_density

_LEVELS = 60
"""Depth of the continued fraction: full precision from three deviations of spare capacity on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A waiting line with Poisson arrivals and exponential patience, first come, first served.

    Attributes
    ----------
    arrivals, service
        λ and R, both above 0.
    leaving
        θ; where it is 0, R must exceed λ.
    wait
        Mean time in the line of those who find all agents full, hang-ups included.
    empty
        Share of the time in which nobody waits, of the time in which all agents are full.

    Notes
    -----
    With a = λ/θ and r = R/θ, the chance of m people in the line is proportional to
    a^m / ((r + 1) … (r + m)). The sum of these terms, Kummer's function M(1, r + 1, a), is
    1 / `empty`; Little's law gives `wait` = `empty` · Σ (m/λ) a^m / ((r + 1) … (r + m)).

        wait = 1 / (R − λ + θ + 2λθ / (R − λ + 2θ + 3λθ / (R − λ + 3θ + …))),
        empty = (R − λ + λθ · wait) / R

    where R − λ > 3 √(λθ), and θ = 0 is no special case. Elsewhere `empty` comes from the
    regularised incomplete gamma function P: empty = (a^r e^−a / Γ(r + 1)) / P(r, a), and `wait`
    from the second equation. Written so, nothing overflows and no digits are lost, whether
    customers wait for ever or hardly at all.

    Source: C. Palm, "Research on telephone traffic carried by full availability groups", 1957;
    A. Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue", 2007;
    the fraction follows from 8.9 of the NIST Digital Library of Mathematical Functions.
    """

    arrivals: FloatArray
    service: FloatArray
    leaving: float
    wait: FloatArray
    empty: FloatArray

    @classmethod
    def of(cls, arrivals: FloatArray, service: FloatArray, leaving: float) -> Line:
        """Solve the chain, for flat arrays of one length."""
        wait, empty = np.empty(arrivals.shape), np.empty(arrivals.shape)
        roomy = _roomy(arrivals, service, leaving)
        for part, solve in ((roomy, _by_fraction), (~roomy, _by_gamma)):
            wait[part], empty[part] = solve(arrivals[part], service[part], leaving)
        return cls(arrivals, service, leaving, wait, empty)

    @property
    def gives_up(self) -> FloatArray:
        """Share of those who find all agents full that hangs up in the end."""
        return self.leaving * self.wait

    def after(self, waited: float) -> Line:
        """Give the line in which somebody stands who has waited so long already.

        Of those who came before this customer, only e^(−θ · waited) are left.
        """
        return Line.of(self.arrivals * np.exp(-self.leaving * waited), self.service, self.leaving)

    def still_waiting(self, waited: float) -> FloatArray:
        """Chance that the line makes a customer of endless patience wait longer than this.

        Notes
        -----
        P(V > T) = P(r, a e^−θT) / P(r, a), for customers who find all agents full; the same is
        e^(−R T + (1 − e^−θT) λ/θ) · empty(0) / empty(T), which is used where P vanishes.
        """
        later, share = self.after(waited), np.empty(self.wait.shape)
        roomy = _roomy(self.arrivals, self.service, self.leaving)
        drift = self.service - self.arrivals * scipy.special.exprel(-self.leaving * waited)
        ratio = self.empty[roomy] / later.empty[roomy]
        share[roomy] = np.exp(-drift[roomy] * waited) * ratio
        share[~roomy] = np.exp(later._log_gamma(~roomy) - self._log_gamma(~roomy))
        return np.minimum(share, 1.0)

    def _log_gamma(self, part: BoolArray) -> FloatArray:
        """Logarithm of P(r, a), also where it is too small for a float."""
        arrivals, service = self.arrivals[part], self.service[part]
        a, r = arrivals / (self.leaving or 1.0), service / (self.leaving or 1.0)
        roomy = _roomy(arrivals, service, self.leaving)
        result = np.empty(a.shape)
        result[~roomy] = np.log(scipy.special.gammainc(r[~roomy], a[~roomy]))
        result[roomy] = log_density(r[roomy], a[roomy]) - np.log(self.empty[part][roomy])
        return result


def _roomy(arrivals: FloatArray, service: FloatArray, leaving: float) -> BoolArray:
    return service - arrivals > 3 * np.sqrt(arrivals * leaving)


def _by_fraction(
    arrivals: FloatArray, service: FloatArray, leaving: float
) -> tuple[FloatArray, FloatArray]:
    spare, push = service - arrivals, arrivals * leaving
    below = spare + (_LEVELS + 1) * leaving
    for k in range(_LEVELS, 0, -1):
        below = spare + k * leaving + (k + 1) * push / below
    return 1 / below, (spare + push / below) / service


def _by_gamma(
    arrivals: FloatArray, service: FloatArray, leaving: float
) -> tuple[FloatArray, FloatArray]:
    a, r = arrivals / (leaving or 1.0), service / (leaving or 1.0)
    empty: FloatArray = np.exp(log_density(r, a) - np.log(scipy.special.gammainc(r, a)))
    return (service * empty - service + arrivals) / arrivals / (leaving or 1.0), empty
