"""What promises on waiting customers have in common: their scope, and tables from staff to loss.

Over a day or the horizon a promise is an allowance: so many customers may be answered late, give
up or wait so long. Every interval uses part of it, the more the thinner it is staffed; the solver
decides where. The table of an interval says how much of the allowance each number of staff uses.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from ..models.base import Location
from ..models.demand import ArrivalsDemand
from ..models.finding import Finding
from ..models.floor import Reached
from ..models.instance import Instance
from ..models.team import Team
from ..queueing import Measure, interpolated, performance, required_hundredths
from .services import OVER, ServiceFloor

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock
    from ..formulation.expressions import Expr

PARTS = 100_000_000
"""Parts of an allowance: losses are integers of them, rounded up, so that sums are exact."""

EACH_INTERVAL_ALREADY = "expected only with the scope 'day' or 'horizon', found 'interval'"
"""Said where every interval keeps the promise, and then another."""

ENDLESS = "the queue grows without end"
"""Said where more work arrives than is done, and nobody gives up."""

Scope = Literal["interval", "day", "horizon"]

Floats = NDArray[np.float64]
Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """Parts of the allowance that an interval uses, by its staff."""

    slot: int
    first: int
    """Hundredths of a person (whole people) from which on the queue comes to an end."""
    most: int
    """Parts used with `first` people, and with fewer."""
    drops: tuple[int, ...]
    """Parts saved by a hundredth of each further person."""

    def at(self, staff: int) -> int:
        """Parts used with so much staff, in hundredths of a person."""
        above = max(0, staff - self.first)
        whole, rest = divmod(above, 100)
        saved = 100 * sum(self.drops[:whole])
        return self.most - saved - (self.drops[whole] * rest if whole < len(self.drops) else 0)

    def above(self, need: int) -> Loss:
        """Give the table from the whole people in a need on, for staff that is never less."""
        first = max(self.first, need // 100 * 100)
        return Loss(self.slot, first, self.at(first), self.drops[(first - self.first) // 100 :])


@dataclass(frozen=True, slots=True)
class Period:
    """A day or the horizon, and what its intervals use of its allowance."""

    label: str
    allowance: float
    """Units of violation that are allowed."""
    losses: tuple[Loss, ...]

    @property
    def slots(self) -> tuple[int, ...]:
        """Its slots with arrivals."""
        return tuple(loss.slot for loss in self.losses)

    def excess(self, staff: Sequence[int] | NDArray[np.int64]) -> int:
        """Parts used beyond the allowance, with the staff of every slot in hundredths."""
        return sum(loss.at(int(staff[loss.slot])) for loss in self.losses) - PARTS

    @property
    def parts_of_a_hundredth(self) -> int:
        """Parts of the allowance in a hundredth of a unit of violation."""
        return max(1, round(PARTS / (100 * self.allowance)))


class AccessFloor(ServiceFloor):
    """A promise on how customers of a service with arrivals wait."""

    promise: ClassVar[str] = "access"
    unit_beyond: ClassVar[str]
    """Unit of violation of a day or the horizon."""

    scope: Scope = "interval"
    """Over what it is taken: every interval for itself, or a day or the horizon, in which each
    interval counts with its arrivals. Where nobody gives up, every interval then has more staff
    than work arrives all the same: a queue without end is not made good by another hour."""

    @property
    @abstractmethod
    def measure(self) -> Measure:
        """What is measured."""

    @property
    @abstractmethod
    def promised(self) -> float:
        """What is promised of the measure."""

    @property
    @abstractmethod
    def promised_each_interval(self) -> float | None:
        """What every interval keeps besides a promise for the day or the horizon."""

    @property
    def within(self) -> float:
        """Seconds of a service level."""
        return 0.0

    @abstractmethod
    def short(self, value: float) -> str:
        """Say a value of the measure: ``"80%"``."""

    @abstractmethod
    def told(self, value: float) -> str:
        """Say a value of the measure in words: ``"80.0% answered within 20 s"``."""

    @abstractmethod
    def asked(self, value: float) -> str:
        """Say a promise in words: ``"at most 5% give up"``."""

    @property
    def wording(self) -> str:
        """The promise over its scope, and what every interval keeps besides."""
        each = self.promised_each_interval
        besides = "" if each is None else f"; in every interval {self.asked(each)}"
        return f"{self.asked(self.promised)} {OVER[self.scope]}{besides}"

    def loss(self, measured: Floats) -> Floats:
        """Give what a contact loses, of which a period has an allowance; its own inverse."""
        return measured

    def units_of(self, lost: float) -> float:
        """Turn what all contacts of a period lose into units of violation."""
        return lost

    def is_implied_by(self, target: float) -> bool:
        """Tell whether who promises `target` for every interval promises no less than this."""
        return self._lost(target) <= self._lost(self.promised)

    def _lost(self, value: float) -> float:
        return float(self.loss(np.array([value]))[0])

    @property
    def units(self) -> tuple[str, ...]:
        """Units of its violations."""
        return (self.unit, self.unit_beyond)

    @property
    def occasion(self) -> str:
        """What it is judged in, one by one."""
        return self.scope

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service and its demand up, and compare the promises with each other."""
        yield from self.without_arrivals(instance)
        if self.has_arrivals(instance):
            yield from self._overload(instance)

    def _overload(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Complain of more work than everybody together could do, where nobody gives up."""
        demand = self._demand(instance)
        if self.weight is not None or demand.patience_seconds is not None:
            return
        for message in self.overloaded(instance, self._loads(instance)):
            yield ("service",), f"the queue of '{self.service}' would grow without end {message}"

    def _demand(self, instance: Instance) -> ArrivalsDemand:
        demand = instance.service(self.service).demand
        assert isinstance(demand, ArrivalsDemand)  # `faults` has looked
        return demand

    def _slots(self, instance: Instance) -> list[int]:
        return instance.remembered((self, "slots"), lambda: self._find_slots(instance))

    def _find_slots(self, instance: Instance) -> list[int]:
        service = instance.service(self.service)
        return [
            slot.index
            for slot in instance.horizon.slots
            if self.holds_in(slot) and service.is_open(slot)
        ]

    def _loads(self, instance: Instance) -> dict[int, float]:
        erlangs = self._demand(instance).erlangs(instance.horizon)
        return {slot: erlangs[slot] for slot in self._slots(instance)}

    def _per_hour(self, instance: Instance) -> Floats:
        """Arrivals of the slots in which it holds, as an hourly rate."""
        arrivals = self._demand(instance).by_slot(instance.horizon)
        factor = 60 / instance.horizon.interval_minutes
        return np.array([arrivals[slot] * factor for slot in self._slots(instance)])

    def _queue(self, instance: Instance) -> tuple[Numbers, float | None, float]:
        """Give handle times, patience and the seconds of a service level."""
        demand = self._demand(instance)
        return demand.handle_times_seconds, demand.patience_seconds, self.within

    @property
    def _target_of_slots(self) -> float | None:
        return self.promised if self.scope == "interval" else self.promised_each_interval

    def _need(self, instance: Instance) -> dict[int, int]:
        return instance.remembered((self, "need"), lambda: self._find_need(instance))

    def _find_need(self, instance: Instance) -> dict[int, int]:
        """Least staff of every slot in hundredths: for the promise of the interval, or any end."""
        slots, rates = self._slots(instance), self._per_hour(instance)
        least = np.zeros(len(slots), dtype=np.int64)
        target = self._target_of_slots
        if target is not None and slots:
            least = _required(self.measure, target, tuple(rates), *self._queue(instance))
        if self.scope != "interval":
            firsts = {loss.slot: loss.first for p in self.periods(instance) for loss in p.losses}
            least = np.maximum(least, [firsts.get(slot, 0) for slot in slots])
        return {slot: int(need) for slot, need in zip(slots, least, strict=True)}

    def needed(self, instance: Instance) -> Mapping[int, float]:
        """Give the least staff of every slot; a day or horizon asks for more in some of them."""
        return {slot: need / 100 for slot, need in self._need(instance).items()}

    def periods(self, instance: Instance) -> list[Period]:
        """Days, or the horizon, with the tables of their slots; none for the scope interval."""
        return instance.remembered((self, "periods"), lambda: self._find_periods(instance))

    def _find_periods(self, instance: Instance) -> list[Period]:
        slots, rates = self._slots(instance), self._per_hour(instance)
        if self.scope == "interval":
            return []
        horizon, labels = instance.horizon, {}
        for slot in slots:
            day = horizon.slots[slot].calendar_day.isoformat()
            labels[slot] = day if self.scope == "day" else "horizon"
        first, values = self._measured(instance)
        used = np.minimum.accumulate(self.loss(values), axis=1)
        found = []
        for label in dict.fromkeys(labels.values()):
            mine = [i for i, slot in enumerate(slots) if labels[slot] == label and rates[i] > 0]
            volume = float(rates[mine].sum()) * horizon.interval_minutes / 60
            if mine:
                share = rates[mine] / rates[mine].sum() / self._lost(self.promised)
                losses = tuple(
                    _loss(slots[i], int(first[i]), used[i] * part)
                    for i, part in zip(mine, share, strict=True)
                )
                allowance = self.units_of(volume * self._lost(self.promised))
                found.append(Period(label, allowance, losses))
        return found

    def _measured(self, instance: Instance) -> tuple[NDArray[np.int64], Floats]:
        """Give each slot's least whole staff at which its queue ends, and the measure by staff."""
        return instance.remembered((self, "measured"), lambda: self._measure(instance))

    def _measure(self, instance: Instance) -> tuple[NDArray[np.int64], Floats]:
        loads, rates = self._loads(instance).values(), self._per_hour(instance)
        most = max(-(-self.everybody(instance) // 100), int(max(loads, default=0)) + 1) + 1
        return _measured(self.measure, tuple(rates), most, *self._queue(instance))

    def post(self, block: CoverageBlock) -> None:
        """Demand the least staff of every slot, and share out the allowance of every period."""
        needs = self._need(block.instance)
        missing = {
            slot: block.require_staff(self, self.service, slot, need)
            for slot, need in needs.items()
            if need > 0
        }
        for period in self.periods(block.instance):
            losses = period.losses
            if self.weight is None:
                # Far below the need a loss falls ever faster, which a relaxation would make use of.
                losses = tuple(loss.above(needs[loss.slot]) for loss in losses)
            saved = [self._saved(block, loss, missing.get(loss.slot, 0)) for loss in losses]
            used = sum(loss.most for loss in losses)
            if used <= PARTS:
                continue
            hundredth = _worth(period) if self.weight is None else period.parts_of_a_hundredth
            most = -(-(used - PARTS) // hundredth)
            lacking = block.missing(self, period.slots, most)
            block.model.add(block.total(saved) + hundredth * lacking >= used - PARTS)

    def _saved(self, block: CoverageBlock, loss: Loss, missing: Expr) -> Expr:
        """Give what the staff of a slot saves; who is missing at a price counts as if there."""
        if self.weight is None:
            return block.relief(self.service, loss.slot, loss.first, loss.drops, missing)
        return block.relief(self.service, loss.slot, loss.first, loss.drops)

    def check(self, team: Team) -> Iterator[Finding]:
        """Compute what the effective staff reaches, slot by slot and period by period."""
        yield from self._check_slots(team)
        staff = team.effective(self.service)
        for period in self.periods(team.instance):
            excess = period.excess(staff)
            if excess > 0:
                amount = -(-excess // period.parts_of_a_hundredth) / 100
                message = f"{self._came_to(period, team)}, {self.short(self.promised)} promised"
                breach = self.breach(period.label, amount, message)
                yield breach.model_copy(update={"unit": self.unit_beyond})

    def reached(self, team: Team) -> Iterator[Reached]:
        """Tell what every day, or the horizon, came to."""
        staff = team.effective(self.service)
        for period in self.periods(team.instance):
            yield Reached(period.label, self._came_to(period, team), -period.excess(staff) / PARTS)

    def _came_to(self, period: Period, team: Team) -> str:
        """Say what a period reaches, each interval counted with its arrivals."""
        place = {slot: i for i, slot in enumerate(self._slots(team.instance))}
        mine = [place[slot] for slot in period.slots]
        _, table = self._measured(team.instance)
        people = team.effective(self.service)[list(period.slots)] / 100
        lost = self.loss(interpolated(table[mine], people))
        average = float(np.average(lost, weights=self._per_hour(team.instance)[mine]))
        return self.told(self._lost(average)) if np.isfinite(average) else ENDLESS

    def _check_slots(self, team: Team) -> Iterator[Finding]:
        slots, staff = self._slots(team.instance), team.effective(self.service)
        needs, target = self._need(team.instance), self._target_of_slots
        first, table = self._measured(team.instance)
        people = staff[slots] / 100
        values = interpolated(table, people)
        worse = self.loss(values) > (np.inf if target is None else self._lost(target)) + 1e-9
        for i, slot in enumerate(slots):
            endless = self.scope != "interval" and people[i] < first[i]
            if worse[i] or endless:
                said = f"{self.told(float(values[i]))}, {self.short(target or 0)} promised"
                if endless:
                    said = ENDLESS
                message = f"{said}; {people[i]:g} of {needs[slot] / 100:g} people"
                missing = needs[slot] / 100 - float(people[i])
                yield self.violation(team, team.instance.horizon.slots[slot], missing, message)


def _loss(slot: int, first: int, used: Floats) -> Loss:
    """Turn shares of the allowance into integers, rounded up, whose drops stay in order."""
    levels = used[first:]
    falls = -np.diff(levels)
    # A drop is for a hundredth of a person: a hundredth of the fall.
    drops = np.floor(falls * (PARTS / 100) + 1e-9).astype(np.int64)
    return Loss(slot, 100 * first, int(np.ceil(levels[0] * PARTS - 1e-6)), tuple(drops.tolist()))


def _worth(period: Period) -> int:
    """Give the parts that a hundredth of a person saves where the allowance is about used."""
    drops = sorted(drop for loss in period.losses for drop in loss.drops if drop > 0)
    return max(1, drops[len(drops) // 2]) if drops else 1


@lru_cache(maxsize=64)
def _required(
    measure: Measure,
    target: float,
    rates: Numbers,
    handle_times: Numbers,
    patience: float | None,
    within: float,
) -> NDArray[np.int64]:
    """Give the least staff by slot; a neighbourhood search asks for it again and again."""
    found, where = np.unique(np.array(rates), return_inverse=True)
    needs = required_hundredths(
        measure, target, found, handle_times, patience_seconds=patience, within_seconds=within
    )
    return needs[where]


@lru_cache(maxsize=64)
def _measured(
    measure: Measure,
    rates: Numbers,
    most: int,
    handle_times: Numbers,
    patience: float | None,
    within: float,
) -> tuple[NDArray[np.int64], Floats]:
    """Give the measure by slot at 0, 1 … people, and how many of these leave the queue endless."""
    found, where = np.unique(np.array(rates), return_inverse=True)
    measured = performance(
        found[:, None],
        np.arange(most + 1)[None, :],
        handle_times,
        patience_seconds=patience,
        within_seconds=within,
    )
    values: Floats = getattr(measured, measure)
    endless = np.isinf(measured.mean_wait_of_all_seconds) | np.isinf(values)
    return endless.sum(axis=1)[where], values[where]
