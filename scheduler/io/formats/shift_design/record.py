"""What a shift design file says, before it becomes anything of ours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A family of shifts, in intervals."""

    min_start: int
    max_start: int
    min_length: int
    max_length: int


@dataclass(frozen=True, slots=True)
class Task:
    """Demand, shift types and weights."""

    name: str
    interval: int
    """Minutes."""
    days: int
    demand: tuple[int, ...]
    types: tuple[ShiftType, ...]
    weight_under: Decimal
    """For a missing minute of a person."""
    weight_over: Decimal
    weight_shift: Decimal
    weight_duties: Decimal
    """For the term on duties per week, which we do not have."""
