"""Poisson's density at any real count, without cancellation."""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when first used

from .arrays import FloatArray

_SERIES_FROM = 16.0
_HALF_LOG_TWO_PI = 0.5 * np.log(2 * np.pi)


def log_density(count: FloatArray, mean: FloatArray) -> FloatArray:
    """Logarithm of mean^count · e^−mean / Γ(count + 1), for a count ≥ 0 and a mean > 0.

    Notes
    -----
    With u = mean / count − 1, it is −count · (u − log(1 + u)) − ½ log(2π count) − δ(count), where δ
    is what Stirling's formula leaves out. Written so, the large terms of the definition never meet.

    Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000.
    """
    safe = np.maximum(count, _SERIES_FROM)
    large = -safe * _gap(mean / safe - 1, safe, mean) - 0.5 * np.log(2 * np.pi * safe)
    large -= _stirling_error(safe)
    small = scipy.special.xlogy(count, mean) - mean - scipy.special.gammaln(count + 1)
    return np.where(count < _SERIES_FROM, small, large)


def _gap(u: FloatArray, count: FloatArray, mean: FloatArray) -> FloatArray:
    """Give u − log(1 + u) for 1 + u = mean / count."""
    s = (mean - count) / (mean + count)
    near = np.abs(s) < 0.2
    square = np.where(near, s, 0.0) ** 2
    tail = sum(square**k / (2 * k + 3) for k in range(12))
    with np.errstate(divide="ignore"):
        far = u - np.log(mean / count)
    return np.where(near, s * u - 2 * s * square * tail, far)


def _stirling_error(count: FloatArray) -> FloatArray:
    """Logarithm of Γ(count + 1) less Stirling's formula, for counts of at least 16."""
    inverse = 1 / count**2
    series = 1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188 - inverse * 691 / 360360))
    return (1 / 12 - inverse * (1 / 360 - inverse * series)) / count
