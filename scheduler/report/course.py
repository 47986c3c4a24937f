"""The course of a solve: cost and bound over time, up to what is known at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.result import TracePoint

if TYPE_CHECKING:
    from ..models.result import Result


def course_of(result: Result) -> tuple[TracePoint, ...]:
    """Give the trace, closed by the result itself: the last proof makes no event of its own."""
    if not result.trace:
        return ()
    last = max(result.seconds or 0.0, result.trace[-1].seconds)
    return (*result.trace, TracePoint(last, result.objective, result.bound))
