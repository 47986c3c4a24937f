"""So many customers answered within so many seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Location, Number, Positive
from ..models.instance import Instance
from ..queueing import Measure
from .access import EACH_INTERVAL_ALREADY, AccessFloor, Floats
from .comparing import stricter_elsewhere
from .services import share

MEASURES: dict[str, Measure] = {
    "offered": "service_level",
    "answered": "service_level_of_answered",
    "without_short_abandons": "service_level_without_short_abandons",
}
OF_WHOM = {
    "offered": "answered",
    "answered": "of the answered",
    "without_short_abandons": "answered, leaving out who gives up,",
}
"""What a level is a share of, in words."""


class ServiceLevel(AccessFloor):
    """A share of the customers is answered within a number of seconds.

    The share follows from arrivals, handle time, patience and effective staff by the queue formula
    of Erlang (C without patience, A with it); between whole numbers of staff it is interpolated. It
    is taken in every interval, or over a day or the horizon, where each interval counts with its
    arrivals and the solver decides which of them carry the others.

    Notes
    -----
    Interval: SL(n_t) ≥ target. Day: Σ_t λ_t · (1 − SL_t(n_t)) ≤ (1 − target) · Σ_t λ_t. Without
    patience SL(n) = 1 − C(a, n) · exp(−(n − a) · T / h), a = arrivals · h / interval. Weighted: the
    missing person-intervals, and the customers answered late beyond the allowance.

    Source: A. K. Erlang, 1917; C. Palm, 1957; service level as in Cleveland, "Call Center
    Management on Fast Forward"; over a day as in Koole and van der Sluis, "Optimal shift scheduling
    with a global service level constraint", 2003.

    Examples
    --------
    Holds for 80 % in 20 s with 100 calls of 180 s in 30 minutes: 14 people (88.8 %).

    Broken, by 0.05 person-intervals: 13 people (79.6 %). Over a day of two such intervals, 13
    and 14 people hold it.
    """

    unit_beyond: ClassVar[str] = "customer answered late beyond the promise"
    example: ClassVar[dict[str, object]] = {
        "kind": "service_level",
        "service": "phones",
        "target": 0.8,
        "within_seconds": 20,
        "scope": "day",
    }

    kind: Literal["service_level"] = "service_level"
    target: Annotated[Positive, Field(lt=1)]
    """Share of customers, such as 0.8."""
    within_seconds: Annotated[Number, Field(le=86_400)]
    counted: Literal["offered", "answered", "without_short_abandons"] = "offered"
    """Of whom it is a share: all who come (who gives up counts as late); those who are answered; or
    all but those who give up within the time."""
    at_least_each_interval: Annotated[Positive, Field(lt=1)] | None = None
    """Share that every interval keeps besides, where the scope is a day or the horizon."""

    @property
    def measure(self) -> Measure:
        """One of the three service levels."""
        return MEASURES[self.counted]

    @property
    def promised(self) -> float:
        """Give the target."""
        return self.target

    @property
    def promised_each_interval(self) -> float | None:
        """What every interval keeps besides."""
        return self.at_least_each_interval

    @property
    def within(self) -> float:
        """Seconds of the service level."""
        return self.within_seconds

    def loss(self, measured: Floats) -> Floats:
        """Share that is answered late."""
        return 1 - measured

    def short(self, value: float) -> str:
        """Say a share."""
        return share(value)

    def told(self, value: float) -> str:
        """Say a share in words."""
        return f"{value:.1%} answered within {self.within_seconds:g} s"

    def asked(self, value: float) -> str:
        """Say a promise in words."""
        return f"{share(value)} {OF_WHOM[self.counted]} within {self.within_seconds:g} s"

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Compare the promises with each other, too."""
        yield from super().faults(instance)
        each = self.at_least_each_interval
        if self.scope == "interval" and each is not None:
            yield ("at_least_each_interval",), EACH_INTERVAL_ALREADY
        elif each is not None and each >= self.target:
            message = (
                f"every interval keeps {self.short(each)}, which implies the "
                f"{self.short(self.target)} of the {self.scope}: expected less than these"
            )
            yield ("at_least_each_interval",), message
        if self.scope != "interval" and self.counted != "offered":
            message = f"over a {self.scope} the share is of all who are offered"
            yield ("counted",), message
        yield from stricter_elsewhere(self, instance)
