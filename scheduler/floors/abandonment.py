"""Few customers give up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Location, Positive
from ..models.demand import ArrivalsDemand
from ..models.instance import Instance
from ..queueing import Measure
from .access import EACH_INTERVAL_ALREADY, AccessFloor
from .comparing import stricter_elsewhere
from .services import share


class Abandonment(AccessFloor):
    """Of the customers who come, at most a share of `at_most` gives up before being answered.

    The share follows from arrivals, handle time, patience and effective staff by Erlang A, in which
    patience is exponentially distributed. The service's demand gives its `patience_seconds`.

    Notes
    -----
    Interval: P(n_t) ≤ limit. Day: Σ_t λ_t · P_t(n_t) ≤ limit · Σ_t λ_t. Weighted: the missing
    person-intervals, and the customers who give up beyond the allowance.

    Source: C. Palm, 1957; S. Zeltyn and A. Mandelbaum, "Call centers with impatient customers:
    many-server asymptotics of the M/M/n+G queue", 2005.

    Examples
    --------
    Holds for 5 % with 100 calls of 180 s in 30 minutes and a patience of 120 s: 13 people (3.8 %).

    Broken: 12 people (6.2 %).
    """

    unit_beyond: ClassVar[str] = "customer giving up beyond the promise"
    example: ClassVar[dict[str, object]] = {
        "kind": "abandonment",
        "service": "phones",
        "at_most": 0.05,
        "scope": "day",
    }

    kind: Literal["abandonment"] = "abandonment"
    at_most: Annotated[Positive, Field(lt=1)]
    """Share of customers, such as 0.05."""
    at_most_each_interval: Annotated[Positive, Field(lt=1)] | None = None
    """Share that every interval keeps besides, where the scope is a day or the horizon."""

    @property
    def measure(self) -> Measure:
        """The share of all who come that gives up."""
        return "abandonment"

    @property
    def promised(self) -> float:
        """The largest share."""
        return self.at_most

    @property
    def promised_each_interval(self) -> float | None:
        """What every interval keeps besides."""
        return self.at_most_each_interval

    def short(self, value: float) -> str:
        """Say a share."""
        return share(value)

    def told(self, value: float) -> str:
        """Say a share in words."""
        return f"{value:.1%} give up"

    def asked(self, value: float) -> str:
        """Say a promise in words."""
        return f"at most {share(value)} give up"

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look for the patience, and compare the promises with each other."""
        yield from super().faults(instance)
        for service in instance.services:
            demand = service.demand
            impatient = isinstance(demand, ArrivalsDemand) and demand.patience_seconds is None
            if service.id == self.service and impatient:
                message = (
                    f"the demand of '{service.id}' has no patience_seconds: nobody would ever give "
                    "up, and the promise would mean nothing"
                )
                yield ("service",), message
        each = self.at_most_each_interval
        if self.scope == "interval" and each is not None:
            yield ("at_most_each_interval",), EACH_INTERVAL_ALREADY
        elif each is not None and each <= self.at_most:
            message = (
                f"every interval keeps {self.short(each)}, which implies the "
                f"{self.short(self.at_most)} of the {self.scope}: expected more than these"
            )
            yield ("at_most_each_interval",), message
        yield from stricter_elsewhere(self, instance)
