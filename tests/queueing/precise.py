"""The queue models again, slowly: forty digits, and integrals in place of closed forms."""

from __future__ import annotations

from collections.abc import Callable

import mpmath as mp

DIGITS = 40


def blocked(load: float, staff: int) -> mp.mpf:
    """Erlang B from its definition, term by term from full agents downwards."""
    term = total = mp.mpf(1)
    for k in range(staff, 0, -1):
        term *= k / mp.mpf(load)
        total += term
        if term < total * mp.mpf(10) ** -DIGITS and k < load:
            break
    return 1 / total


def line(load: float, staff: int, theta: float) -> tuple[mp.mpf, mp.mpf]:
    """Mean wait and share of empty lines while all are busy, summed over people in the line."""
    term = total = mp.mpf(1)
    people, m = mp.mpf(0), 0
    while term > total * mp.mpf(10) ** -DIGITS or m < (load - staff) / theta:
        m += 1
        term *= load / (staff + m * mp.mpf(theta))
        total += term
        people += m * term
    return people / total / load, 1 / total


def density(load: float, staff: int, theta: float) -> tuple[mp.mpf, Callable[[mp.mpf], mp.mpf]]:
    """Wait that the line imposes, up to a factor that keeps its peak near 1, and that peak."""
    a, r, rate = mp.mpf(load) / theta, mp.mpf(staff) / theta, mp.mpf(theta)
    peak = mp.log(a / r) / rate if a > r else mp.mpf(0)
    top = -staff * peak - a * mp.expm1(-rate * peak)
    return peak, lambda s: mp.exp(-staff * s - a * mp.expm1(-rate * s) - top)


def _integral(
    function: Callable[[mp.mpf], mp.mpf], low: float, peak: mp.mpf, scale: mp.mpf
) -> mp.mpf:
    steps = [peak + k * scale for k in (-12, -6, -3, -1, 0, 1, 3, 6, 12, 25, 50, 100, 200)]
    return mp.quad(function, [low, *(step for step in steps if step > low), mp.inf])


def performance(load: float, staff: int, theta: float, within: float) -> dict[str, mp.mpf]:
    """Measures of the M/M/n+M queue by the names of `Performance`; time in mean handle times."""
    with mp.workdps(DIGITS):
        full = blocked(load, staff)
        wait, empty = line(load, staff, theta)
        delay = 1 / (1 + (1 / full - 1) * empty)
        peak, shape = density(load, staff, theta)
        spare = max(staff - load, 0)
        scale = 1 / (spare + mp.sqrt(mp.mpf(load) * theta) + mp.mpf(theta))
        mass = _integral(shape, 0, peak, scale)

        def of_delayed(function: Callable[[mp.mpf], mp.mpf], low: float = 0) -> mp.mpf:
            whole = _integral(lambda s: shape(s) * function(s), low, max(peak, low), scale)
            return delay * whole / mass

        def bearing(s: mp.mpf) -> mp.mpf:
            return mp.exp(-theta * s)

        answered = 1 - delay + of_delayed(bearing)
        in_time = answered - of_delayed(bearing, within)
        lost_late = of_delayed(lambda s: bearing(within) - bearing(s), within)
        return {
            "delay_probability": delay,
            "service_level": in_time,
            "service_level_of_answered": in_time / answered,
            "service_level_without_short_abandons": in_time / (answered + lost_late),
            "mean_wait_seconds": of_delayed(lambda s: s * bearing(s)) / answered,
            "mean_wait_of_all_seconds": delay * wait,
            "abandonment": delay * wait * theta,
            "occupancy": load * (1 - delay * wait * theta) / staff,
        }
