"""Customers wait no longer than so many seconds, on average."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Location, Positive
from ..models.instance import Instance
from ..queueing import Measure
from .access import EACH_INTERVAL_ALREADY, AccessFloor
from .comparing import stricter_elsewhere


class Wait(AccessFloor):
    """Customers wait at most `at_most_seconds` on average.

    The mean wait (average speed of answer) follows from the queue formula as for `service_level`. A
    mean wait without end, where more work arrives than is served, breaks every promise.

    Notes
    -----
    Interval: W(n_t) ≤ limit. Day: Σ_t λ_t · W_t(n_t) ≤ limit · Σ_t λ_t. Without patience
    W(n) = C(a, n) · h / (n − a). Weighted: the missing person-intervals, and the minutes that all
    customers together wait beyond the allowance.

    Source: A. K. Erlang, 1917; C. Palm, 1957.

    Examples
    --------
    Holds for 30 s with 100 calls of 180 s in 30 minutes: 13 people (about 17 s).

    Broken: 11 people (about 123 s).
    """

    unit_beyond: ClassVar[str] = "minute of waiting beyond the promise"
    example: ClassVar[dict[str, object]] = {
        "kind": "wait",
        "service": "phones",
        "at_most_seconds": 30,
        "scope": "day",
    }

    kind: Literal["wait"] = "wait"
    at_most_seconds: Annotated[Positive, Field(le=30 * 86_400)]
    counted: Literal["answered", "all"] = "answered"
    """Whose wait it is: of those who are answered, or of all, with those who give up."""
    each_interval_seconds: Annotated[Positive, Field(le=30 * 86_400)] | None = None
    """Mean wait that every interval keeps besides, where the scope is a day or the horizon."""

    @property
    def measure(self) -> Measure:
        """One of the two mean waits."""
        return "mean_wait_seconds" if self.counted == "answered" else "mean_wait_of_all_seconds"

    @property
    def promised(self) -> float:
        """The longest mean wait."""
        return self.at_most_seconds

    @property
    def promised_each_interval(self) -> float | None:
        """What every interval keeps besides."""
        return self.each_interval_seconds

    def units_of(self, lost: float) -> float:
        """Turn seconds into minutes."""
        return lost / 60

    def short(self, value: float) -> str:
        """Say a wait."""
        return f"{value:.4g} s"

    def told(self, value: float) -> str:
        """Say a wait in words."""
        return f"{self.short(value)} of waiting on average"

    def asked(self, value: float) -> str:
        """Say a promise in words."""
        whose = "" if self.counted == "answered" else ", also of those who give up,"
        return f"at most {self.short(value)} of waiting on average{whose}"

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Compare the promises with each other, too."""
        yield from super().faults(instance)
        each = self.each_interval_seconds
        if self.scope == "interval" and each is not None:
            yield ("each_interval_seconds",), EACH_INTERVAL_ALREADY
        elif each is not None and each <= self.at_most_seconds:
            message = (
                f"every interval keeps {self.short(each)}, which implies the "
                f"{self.short(self.at_most_seconds)} of the {self.scope}: expected more than these"
            )
            yield ("each_interval_seconds",), message
        yield from stricter_elsewhere(self, instance)
