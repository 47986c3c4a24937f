"""Queue models: from staff to service level, wait, abandonment and occupancy."""

from .fractional import performance_between
from .loss import erlang_b, erlang_c
from .performance import Performance, performance
from .staffing import Measure, interpolated, required_hundredths

__all__ = [
    "Measure",
    "Performance",
    "erlang_b",
    "erlang_c",
    "interpolated",
    "performance",
    "performance_between",
    "required_hundredths",
]
