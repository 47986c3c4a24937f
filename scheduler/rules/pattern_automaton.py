"""The automaton of patterns of days in a row: which beginnings match up to yesterday."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import cast

from ..models.resource import Integers, Resource, Stepped
from ..models.roster import Duty
from .automata import Templates, charged

LONGEST = 60
"""Days of a pattern whose beginnings fit into a state, as bits."""


@dataclass(frozen=True)
class Matches(Resource):
    """Beginnings of a pattern that match the last days: bit i stands for the first i + 1 entries.

    This is the bit-parallel search for a text in a text (Baeza-Yates and Gonnet 1992).
    """

    pattern: tuple[Templates | None, ...]
    """For each day, the duties that match; a day off does, for None."""
    begins: tuple[bool, ...]
    """For each day of the horizon, and before it as many as the pattern has, whether it may begin
    there."""
    before: int
    """Beginnings that match the last days before the horizon."""
    price: int | None

    @property
    def start(self) -> int:
        """What has begun before the horizon."""
        return self.before

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Give the entries that the day matches, of those that it may be, as bits."""
        duties = [] if duty is None else [duty]
        fitting = [
            i
            for i, entry in enumerate(self.pattern)
            if self.begins[day - i + len(self.pattern)] and matches(entry, duties)
        ]
        return sum(1 << i for i in fitting)

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:  # noqa: ARG002
        """Lengthen what still matches; count the pattern if it does throughout."""
        matched = (states << 1 | 1) & cast("int", effect)
        last = len(self.pattern) - 1
        return charged(matched & ~(1 << last), matched >> last, self.price)


def matches(entry: Templates | None, duties: Sequence[Duty]) -> bool:
    """Tell whether a day with these duties is what an entry asks for."""
    return not duties if entry is None else any(duty in entry for duty in duties)


def matched_before(pattern: Sequence[Templates | None], past: Sequence[Sequence[Duty]]) -> int:
    """Give the beginnings that match the last days, as bits.

    Parameters
    ----------
    pattern
        The entries.
    past
        Duties of the known days before the horizon, in order.
    """
    return sum(
        1 << length - 1
        for length in range(1, min(len(pattern) - 1, len(past)) + 1)
        if all(
            matches(entry, day) for entry, day in zip(pattern[:length], past[-length:], strict=True)
        )
    )
