"""Shared by the rules on rolling windows of days: which windows are judged."""

from __future__ import annotations


def windows(known_since: int, horizon_days: int, length: int) -> list[range]:
    """Every window of so many days that is known and ends in the horizon.

    Where fewer days are known than a window has, all of them stand for a part of one.
    """
    shown = min(length, horizon_days - known_since)
    first = max(known_since, 1 - shown)
    return [range(day, day + shown) for day in range(first, horizon_days - shown + 1)]
