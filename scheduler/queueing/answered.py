"""Mean wait of those who are answered in the end, where customers hang up."""

from __future__ import annotations

import numpy as np

from .arrays import FloatArray
from .line import Line

_NODES = 48
_DROP = 40.0
"""A density is left out where it is below e^−40 of its peak."""


def wait_of_answered(line: Line) -> FloatArray:
    """Give the mean wait of those who found all agents full and were answered in the end.

    Notes
    -----
    It is the mean of the density proportional to exp(−(R + θ) s + (1 − e^−θs) λ/θ): the wait that
    the line imposes, times the chance of bearing it. No closed form is known; the density has one
    peak, and Gauss's quadrature on either side of it leaves only errors of rounding.

    Source: the density is that of F. Baccelli and G. Hebuterne, "On queues with impatient
    customers", 1981.
    """
    theta = line.leaving
    if theta == 0:
        return line.wait
    slope = np.maximum(line.service + theta - line.arrivals, 0.0)
    crowd = np.minimum(line.arrivals, line.service + theta)
    mass, moment = _moments(slope, crowd, theta, _reach_ahead(slope, crowd, theta))
    peak = np.log(line.arrivals / crowd) / theta
    inner = peak > 0
    behind = np.minimum(np.sqrt(2 * _DROP / (crowd[inner] * theta)), peak[inner])
    mass_behind, moment_behind = _moments(slope[inner], crowd[inner], theta, -behind)
    mass[inner] += mass_behind
    moment[inner] += moment_behind
    return np.maximum(peak + moment / mass, 0.0)


def _reach_ahead(slope: FloatArray, crowd: FloatArray, theta: float) -> FloatArray:
    """Distance from the peak that surely suffices, from y + e^−y − 1 ≥ y² / (2 + y)."""
    square = theta * (slope + crowd)
    linear = 2 * slope - _DROP * theta
    root = np.sqrt(linear**2 + 8 * _DROP * square)
    return np.where(linear > 0, 4 * _DROP / (linear + root), (root - linear) / (2 * square))


def _moments(
    slope: FloatArray, crowd: FloatArray, theta: float, reach: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Mass and first moment of the density about its peak, from there to `reach`."""
    mass, moment = np.zeros(reach.shape), np.zeros(reach.shape)
    for node, weight in zip(*np.polynomial.legendre.leggauss(_NODES), strict=True):
        distance = reach * (1 + node) / 2
        aged = theta * distance
        density = weight * np.exp(-slope * distance - crowd / theta * (aged + np.expm1(-aged)))
        mass += density
        moment += density * distance
    return mass * np.abs(reach), moment * np.abs(reach)
