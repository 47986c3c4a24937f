"""Demand: what customers ask of a service, interval by interval.

Two kinds: `StaffDemand` (people needed) and `ArrivalsDemand` (contacts arriving, with their handle
time). Either is given as a weekly `pattern`, as `values` for every interval of the horizon, or as
`csv`, a file beside the instance that the reader turns into `values`.
"""

from abc import ABC, abstractmethod
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import Model, Number, Positive, at_most
from .horizon import Horizon, Interval, Slot, Window, overlapping

LARGEST_AMOUNT = 10_000_000
"""Largest demand of an interval."""


Staff = Annotated[Number, Field(le=100_000)]
Arrivals = Annotated[Number, Field(le=LARGEST_AMOUNT)]

Slowdown = Annotated[Number, Field(ge=1, le=100)]

MOST_VALUES = at_most(366 * 24 * 12 + 12)
"""A year of five minutes, with an hour that comes twice."""


class StaffWindow(Window):
    """People needed in every interval of a window."""

    staff: Staff

    @property
    def amount(self) -> float:
        """The demand, whatever its kind calls it."""
        return self.staff


class ArrivalsWindow(Window):
    """Contacts that arrive in every interval of a window, on average."""

    arrivals: Arrivals

    @property
    def amount(self) -> float:
        """The demand, whatever its kind calls it."""
        return self.arrivals


class _Demand(Model, ABC):
    """What both kinds share: one of pattern, values or csv."""

    interval_minutes: Interval | None = None
    """Grid of `values` and `csv`, if coarser than the horizon's: a multiple of it."""
    values: tuple[Arrivals, ...] | None = None
    """One number for every interval of the horizon."""
    csv: str | None = None
    """CSV file, relative to the instance, with the columns `start` and the demand's kind."""

    @property
    @abstractmethod
    def windows(self) -> tuple[StaffWindow, ...] | tuple[ArrivalsWindow, ...] | None:
        """The pattern, if that is how the demand is given."""

    @model_validator(mode="after")
    def _given_once(self) -> Self:
        ways = {"pattern": self.windows, "values": self.values, "csv": self.csv}
        given = [name for name, way in ways.items() if way is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise ValueError(f"expected exactly one of pattern, values and csv, found {found}")
        if self.windows is not None:
            if not self.windows:
                raise ValueError("the pattern is empty")
            if pair := overlapping(self.windows):
                raise ValueError(f"pattern[{pair[0]}] and pattern[{pair[1]}] overlap")
        return self

    def expected_values(self, horizon: Horizon) -> int | None:
        """Give the number of values that fill the horizon, or None if the grids do not fit."""
        step = self.interval_minutes or horizon.interval_minutes
        if step % horizon.interval_minutes or horizon.minutes % step:
            return None
        return horizon.minutes // step

    def fits(self, horizon: Horizon) -> bool:
        """Tell whether the demand of every slot is known: loaded, and of the right length."""
        expected = self.expected_values(horizon)
        given = expected if self.values is None else len(self.values)
        return self.csv is None and expected is not None and given == expected

    def _windows_on(self, day: date) -> list[StaffWindow | ArrivalsWindow]:
        return [window for window in self.windows or () if window.holds_on(day)]

    def _spread(self, horizon: Horizon, *, split: bool) -> tuple[float, ...]:
        """Demand of every slot; `split` divides a coarser value instead of repeating it."""
        if self.windows is not None:
            days = [self._windows_on(horizon.date_of(day)) for day in range(horizon.days)]
            return tuple(_amount(days[slot.day], slot) for slot in horizon.slots)
        if self.values is None:
            raise ValueError(f"demand from '{self.csv}' is not loaded; use scheduler.read()")
        repeat = (self.interval_minutes or horizon.interval_minutes) // horizon.interval_minutes
        share = repeat if split else 1
        return tuple(value / share for value in self.values for _ in range(repeat))


def _amount(windows: list[StaffWindow | ArrivalsWindow], slot: Slot) -> float:
    return next((w.amount for w in windows if w.start <= slot.clock < w.end), 0.0)


class StaffDemand(_Demand):
    """People needed in each interval, as a count of fully proficient people."""

    kind: Literal["staff"] = "staff"
    pattern: Annotated[tuple[StaffWindow, ...], at_most(1000)] | None = None
    values: Annotated[tuple[Staff, ...], MOST_VALUES] | None = None
    """One number for every interval of the horizon."""

    @property
    def windows(self) -> tuple[StaffWindow, ...] | None:
        """The pattern, if that is how the demand is given."""
        return self.pattern

    def by_slot(self, horizon: Horizon) -> tuple[float, ...]:
        """People needed in every slot."""
        return self._spread(horizon, split=False)


class ArrivalsDemand(_Demand):
    """Contacts arriving in each interval; a floor says how fast they are to be served."""

    kind: Literal["arrivals"] = "arrivals"
    handle_time_seconds: Annotated[Positive, Field(le=86_400)]
    """Mean time one contact keeps a fully proficient person busy."""
    handle_time_shape: Literal["exponential", "lognormal", "gamma", "constant"] = "exponential"
    """Distribution of handle times in a simulation; the queue formulas take it as exponential."""
    handle_time_variation: Annotated[Positive, Field(le=20)] | None = None
    """Standard deviation ÷ mean of a lognormal or gamma handle time; 1, if left out."""
    concurrency_factors: Annotated[tuple[Slowdown, ...], at_most(20), Field(min_length=1)] = (1.0,)
    """How much longer a contact takes while its agent holds 1, 2, 3 … of them at once: [1, 1.3] is
    at most two chats, of which each then takes 1.3 handle times."""
    patience_seconds: Annotated[Positive, Field(le=30 * 86_400)] | None = None
    """Mean time after which a waiting customer gives up, exponentially distributed; nobody gives
    up, if left out."""
    pattern: Annotated[tuple[ArrivalsWindow, ...], at_most(1000)] | None = None
    values: Annotated[tuple[Arrivals, ...], MOST_VALUES] | None = None
    """One number for every interval of the horizon."""

    @model_validator(mode="after")
    def _queue_is_sound(self) -> Self:
        varies = self.handle_time_shape in ("lognormal", "gamma")
        if self.handle_time_variation is not None and not varies:
            raise ValueError(
                "handle_time_variation is for the shapes lognormal and gamma, "
                f"found {self.handle_time_shape}"
            )
        factors = self.concurrency_factors
        if factors[0] != 1:
            raise ValueError(
                "concurrency_factors begins with 1, for one contact at a time; "
                f"found {factors[0]:g}"
            )
        for held, (fewer, more) in enumerate(pairwise(factors), start=2):
            if more < fewer or more / held > fewer / (held - 1):
                raise ValueError(
                    f"concurrency_factors[{held - 1}]: with {held} contacts at once each takes "
                    f"between {fewer:g} (no faster than with {held - 1}) and "
                    f"{fewer * held / (held - 1):g} handle times (else {held - 1} are better), "
                    f"found {more:g}"
                )
        return self

    @property
    def windows(self) -> tuple[ArrivalsWindow, ...] | None:
        """The pattern, if that is how the demand is given."""
        return self.pattern

    def by_slot(self, horizon: Horizon) -> tuple[float, ...]:
        """Contacts arriving in every slot."""
        return self._spread(horizon, split=True)

    @property
    def handle_times_seconds(self) -> tuple[float, ...]:
        """Mean handle time while the agent holds 1, 2, 3 … contacts."""
        return tuple(self.handle_time_seconds * factor for factor in self.concurrency_factors)

    @property
    def busy_seconds(self) -> float:
        """Time of an agent that a contact takes at the highest concurrency."""
        return self.handle_times_seconds[-1] / len(self.concurrency_factors)

    @cached_property
    def erlangs_per_contact_and_minute(self) -> float:
        """Offered load of one contact in an interval of one minute."""
        return self.busy_seconds / 60

    def erlangs(self, horizon: Horizon) -> tuple[float, ...]:
        """Offered load of every slot in people: arrivals × time of an agent ÷ interval."""
        factor = self.erlangs_per_contact_and_minute / horizon.interval_minutes
        return tuple(arrivals * factor for arrivals in self.by_slot(horizon))


Demand = Annotated[StaffDemand | ArrivalsDemand, Field(discriminator="kind")]
