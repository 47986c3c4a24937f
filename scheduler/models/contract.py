"""Contracts: what a person is paid, and which labour rules they carry."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from .base import Id, Minutes, Model, Money, at_most
from .horizon import Horizon, Window, Windows, overlapping
from .rule import AnyRule


class Premium(Model):
    """Extra pay for the part of a shift that falls into certain hours.

    Minutes are counted from the shift's start to its end; breaks are not taken off.
    """

    id: Id
    hours: Windows = ()
    """Hours that earn it."""
    holidays: bool = False
    """Whether every hour of the horizon's holidays earns it."""
    per_hour: Money | None = None
    """Money for an hour."""
    percent: Annotated[int, Field(strict=True, ge=0, le=1000)] | None = None
    """Or a percentage of the hourly rate."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.per_hour is None) == (self.percent is None):
            raise ValueError("expected exactly one of per_hour and percent")
        if bool(self.hours) == self.holidays:
            raise ValueError("expected either hours, or holidays: true")
        if pair := overlapping(self.hours):
            raise ValueError(f"hours[{pair[0]}] and hours[{pair[1]}] overlap")
        return self

    def windows(self, horizon: Horizon) -> tuple[Window, ...]:
        """Give the hours that earn it; those of the holidays are whole days."""
        if not self.holidays:
            return self.hours
        return (Window(dates=horizon.holidays),) if horizon.holidays else ()


class Overtime(Model):
    """Pay for paid minutes beyond the contracted ones of a week."""

    contracted_minutes_per_week: Minutes
    percent: Annotated[int, Field(strict=True, ge=100, le=1000)] = 150
    """Pay of an overtime hour, in percent of the hourly rate: 150 is time and a half."""


class Pay(Model):
    """What work costs."""

    hourly_rate: Money
    overtime: Overtime | None = None
    premiums: Annotated[tuple[Premium, ...], at_most(100)] = ()
    per_shift: Money = Decimal(0)
    """Fixed cost of a shift, such as travel or a meal."""

    @model_validator(mode="after")
    def _premiums_differ(self) -> Self:
        names = [premium.id for premium in self.premiums]
        if len(set(names)) < len(names):
            raise ValueError(f"two premiums have the same id: {', '.join(sorted(names))}")
        return self


class Contract(Model):
    """Terms that several employees share."""

    id: Id
    pay: Pay
    templates: Annotated[tuple[Id, ...], at_most(1000), Field(min_length=1)] | None = None
    """Shift templates that may be worked; all, if left out."""
    rules: Annotated[tuple[AnyRule, ...], at_most(100)] = ()
