"""Intervals, days, the horizon, and the periods of floors: what results are given for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..models.horizon import Horizon, Slot
from .tally import Bools, Floats

Scope = Literal["interval", "day", "horizon"]


@dataclass(frozen=True)
class Cells:
    """Groups of slots; a slot is in one of them at most."""

    labels: tuple[str, ...]
    """Local time of an interval, date of a day, or ``"horizon"``."""
    of_slot: NDArray[np.int64]
    """Position of each slot's group, or −1."""

    @classmethod
    def by(cls, scope: Scope, horizon: Horizon, among: Bools) -> Cells:
        """Group some of the slots by interval, day, or all together."""
        label = _labels(scope, horizon)
        labels: dict[str, int] = {}
        of_slot = np.full(len(horizon.slots), -1, dtype=np.int64)
        for slot in horizon.slots:
            if among[slot.index]:
                of_slot[slot.index] = labels.setdefault(label(slot), len(labels))
        return cls(tuple(labels), of_slot)

    def sums(self, by_slot: Floats) -> Floats:
        """Add up each group's slots."""
        inside = self.of_slot >= 0
        weights, count = by_slot[inside], len(self.labels)
        return np.bincount(self.of_slot[inside], weights, count).astype(np.float64)

    def slots(self, position: int) -> Bools:
        """Tell which slots are in a group."""
        mine: Bools = self.of_slot == position
        return mine


def _labels(scope: Scope, horizon: Horizon) -> Callable[[Slot], str]:
    return {
        "interval": lambda slot: horizon.label(slot.index * horizon.interval_minutes),
        "day": lambda slot: slot.calendar_day.isoformat(),
        "horizon": lambda slot: "horizon",  # noqa: ARG005
    }[scope]
