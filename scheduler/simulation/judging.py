"""Floors against what was played: held, not held, or not to be told yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from ..floors.access import AccessFloor
from ..floors.occupancy import Occupancy
from ..floors.response import Response
from ..models.demand import ArrivalsDemand
from ..models.floor import Floor
from ..models.instance import Instance
from ..models.service import Service
from .cells import Cells, Scope
from .estimates import Estimate, Ratio
from .measures import above_and_below, is_share
from .predicting import Forecast
from .tally import Bools, Counts

Verdict = Literal["held", "not held", "cannot tell"]

DONE_IN_TIME = "done_in_time"
"""Measure of a `response` floor: share of contacts that are done when they are due."""


@dataclass(frozen=True)
class Judgement:
    """One floor in one of its intervals or days, or over its horizon."""

    floor: Floor
    scope: Scope
    when: str
    """Local time of the interval, date of the day, or ``"horizon"``."""
    slots: Bools
    """Which slots it is about."""
    measure: str
    promised: float
    simulated: Estimate
    predicted: float | None
    """By the queue formula; None where there is none."""
    contacts: float
    """Customers it is about, per replication."""

    @property
    def within_seconds(self) -> float:
        """Seconds of a service level; 0 for everything else."""
        return self.floor.within if isinstance(self.floor, AccessFloor) else 0.0

    @property
    def at_least(self) -> bool:
        """Whether the promise is held from above."""
        return self.measure == DONE_IN_TIME or self.measure.startswith("service_level")

    @property
    def verdict(self) -> Verdict:
        """Held, if the whole confidence interval keeps the promise; not held, if none of it does.

        Where customers came and nobody was answered, no promise on the answered is held.
        """
        low, high = self.simulated.low, self.simulated.high
        if low is None or high is None:
            unanswered = self.simulated.value is None and self.contacts > 0
            return "not held" if unanswered else "cannot tell"
        if low >= self.promised if self.at_least else high <= self.promised:
            return "held"
        broken = high < self.promised if self.at_least else low > self.promised
        return "not held" if broken else "cannot tell"

    @property
    def is_hard(self) -> bool:
        """Whether it may not be broken at a price."""
        return self.floor.weight is None


@dataclass
class Judge:
    """Collects what one promise is judged by, over all replications."""

    floor: Floor
    scope: Scope
    measure: str
    promised: float
    cells: Cells
    number: int = 0
    """Which of the service's `response` floors it is."""
    within: float = 0.0
    _ratio: Ratio = field(init=False)
    _contacts: Ratio = field(init=False)

    def __post_init__(self) -> None:
        self._ratio = Ratio(is_share=self.measure == DONE_IN_TIME or is_share(self.measure))
        self._contacts = Ratio(is_share=False)

    def hear(self, counts: Counts) -> None:
        """Take a replication in."""
        if self.measure == DONE_IN_TIME:
            below = counts[f"due {self.number}"]
            above = below - counts[f"late {self.number}"]
        else:
            above, below = above_and_below(counts, self.measure, self.within)  # type: ignore[arg-type]
        self._ratio.add(self.cells.sums(above), self.cells.sums(below))
        offered = self.cells.sums(counts["offered"])
        self._contacts.add(offered, offered)

    def judge(self, forecast: Forecast | None, confidence: float) -> Iterator[Judgement]:
        """Give every period with its estimate."""
        contacts = self._contacts.mean_above
        for position, estimate in enumerate(self._ratio.estimates(confidence)):
            slots = self.cells.slots(position)
            predicted = None
            if forecast is not None and self.measure != DONE_IN_TIME:
                predicted = forecast.over(self.measure, slots)  # type: ignore[arg-type]
            yield Judgement(
                floor=self.floor,
                scope=self.scope,
                when=self.cells.labels[position],
                slots=slots,
                measure=self.measure,
                promised=self.promised,
                simulated=estimate,
                predicted=predicted,
                contacts=float(contacts[position]),
            )


def judges_of(instance: Instance, service: Service, response_share: float) -> list[Judge]:
    """Give a judge for every promise on a service that a replay can tell something about."""
    responses = 0
    found: list[Judge] = []
    for floor in instance.floors_on(service.id):
        if isinstance(floor, AccessFloor):
            found += _access(instance, service, floor)
        elif isinstance(floor, Occupancy):
            among = _with_customers(instance, service, floor)
            cells = Cells.by(floor.scope, instance.horizon, among)
            found.append(Judge(floor, floor.scope, "occupancy", floor.at_most, cells))
        elif isinstance(floor, Response):
            among = np.ones(len(instance.horizon.slots), dtype=bool)
            cells = Cells.by("horizon", instance.horizon, among)
            judge = Judge(floor, "horizon", DONE_IN_TIME, response_share, cells, responses)
            found.append(judge)
            responses += 1
    return found


def _access(instance: Instance, service: Service, floor: AccessFloor) -> Iterator[Judge]:
    among = _with_customers(instance, service, floor)
    promises: list[tuple[Scope, float | None]] = [(floor.scope, floor.promised)]
    promises.append(("interval", floor.promised_each_interval))
    for scope, promised in promises:
        if promised is not None:
            cells = Cells.by(scope, instance.horizon, among)
            yield Judge(floor, scope, floor.measure, promised, cells, within=floor.within)


def _with_customers(instance: Instance, service: Service, floor: Floor) -> Bools:
    """Tell in which slots a floor holds and customers come."""
    demand, slots = service.demand, instance.horizon.slots
    assert isinstance(demand, ArrivalsDemand)
    holds = [floor.holds_in(slot) and service.is_open(slot) for slot in slots]
    return np.array(holds) & (np.array(demand.by_slot(instance.horizon)) > 0)
