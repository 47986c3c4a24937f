"""From replications to numbers with confidence intervals.

Every measure is a ratio of two sums, such as contacts answered in time ÷ contacts offered. The
replications are independent, so the ratio of the sums over all of them is estimated with an error
by the delta method:

    R = Σ x_r / Σ y_r,  s² = Σ (x_r − R y_r)² / (n − 1),  R ± t_{n−1} · s / (√n · ȳ),

with Student's t. The jackknife says the same up to terms of order 1/n, but needs every replication
again at the end; this needs five running sums, so memory does not grow with replications.

A share is never taken for surer than if each contact were a draw of its own, s² ≥ p̃ (1 − p̃) / Σ y
with p̃ = (Σ x + 1) / (Σ y + 2): contacts of one replication go well or badly together, so less error
than that is luck; and a share that was 1 every time is not certain.

Source: W. G. Cochran, "Sampling Techniques", 1977, section 2.11; A. Agresti and B. Coull,
"Approximate is better than exact for interval estimation of binomial proportions", 1998.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its confidence interval; None where it is not known."""

    value: float | None
    low: float | None
    high: float | None


class Ratio:
    """Collects x and y of every replication, for arrays of any shape.

    Parameters
    ----------
    is_share
        Whether x counts some of what y counts.
    """

    def __init__(self, *, is_share: bool) -> None:
        self._is_share = is_share
        self._replications = 0
        self._sums = np.zeros((5, 1))

    def add(self, x: Floats, y: Floats) -> None:
        """Take another replication in."""
        self._replications += 1
        self._sums = self._sums + np.stack((x, y, x * x, y * y, x * y))

    @property
    def mean_above(self) -> Floats:
        """Mean of x over replications."""
        mean: Floats = self._sums[0] / self._replications
        return mean

    def interval(self, confidence: float) -> tuple[Floats, Floats, Floats]:
        """Give the ratio and the ends of its confidence interval, NaN where nothing is known.

        Two replications are the least for an interval.
        """
        x, y, xx, yy, xy = self._sums
        n = self._replications
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(y > 0, x / y, np.nan)
            if n < 2:
                unknown = np.full(ratio.shape, np.nan)
                return ratio, unknown, unknown
            square = np.maximum(0.0, xx - 2 * ratio * xy + ratio**2 * yy) / (n - 1)
            variance = n * square / y**2
            if self._is_share:
                share = (x + 1) / (y + 2)
                variance = np.maximum(variance, share * (1 - share) / y)
            reach = scipy.stats.t.ppf((1 + confidence) / 2, n - 1) * np.sqrt(variance)
        low, high = np.maximum(ratio - reach, 0.0), ratio + reach
        return ratio, low, np.minimum(high, 1.0) if self._is_share else high

    def estimates(self, confidence: float) -> list[Estimate]:
        """Give the same one by one."""
        rows = zip(*(_known(values) for values in self.interval(confidence)), strict=True)
        return [Estimate(*row) for row in rows]


def _known(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
