"""Sizes: which instances one model can be expected to prove."""

from __future__ import annotations

from ..models.instance import Instance
from .neighbourhood import Choices

SMALL, SMALL_DAY = 1500, 20_000
"""Choices (employee, day, option) up to which one model is tried: of any horizon, and of a single
day, where cuts close what its relaxation leaves open."""


def is_small(instance: Instance, options: Choices) -> bool:
    """Tell whether one model is worth a try."""
    small = SMALL_DAY if instance.horizon.days == 1 else SMALL
    return sum(map(len, options.values())) <= small
