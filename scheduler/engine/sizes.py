"""Sizes: which instances one model can be expected to prove."""

from __future__ import annotations

from .neighbourhood import Choices

SMALL = 1500
"""Choices (employee, day, option) up to which one model is tried."""


def is_small(options: Choices) -> bool:
    """Tell whether one model is worth a try."""
    return sum(map(len, options.values())) <= SMALL
