"""Entries of the floor `shift_cover`: how many people a template is to have, on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Discriminator, Field, Tag, model_validator

from ..models.base import Count, Date, Id, Location, Model, Money, Weekday, at_most
from ..models.horizon import Horizon
from ..models.shift import ShiftTemplate

Daily = Annotated[tuple[Count, ...], at_most(366)]
People = Annotated[
    Annotated[Count, Tag("number")] | Annotated[Daily, Tag("list")],
    Discriminator(lambda value: "list" if isinstance(value, list | tuple) else "number"),
]
"""A number of people, or one for each day of the horizon."""

NUMBERS = ("minimum", "maximum", "preferred")


@dataclass(frozen=True, slots=True)
class Need:
    """People asked for on one shift."""

    minimum: int
    maximum: int | None
    preferred: int
    weight_under: Decimal
    weight_over: Decimal


class CoverEntry(Model):
    """How many people work a template."""

    template: Id
    skill: Id | None = None
    """Count only those who work the shift in this skill."""
    day: Date | None = None
    """One date; it goes before entries without one."""
    days: Annotated[tuple[Weekday, ...], at_most(7), Field(min_length=1)] | None = None
    """Days of the week; every day of the template, if left out."""
    minimum: People | None = None
    maximum: People | None = None
    preferred: People | None = None
    """Number from which each person less or more has a price."""
    weight_under: Money = Decimal(0)
    """Money for each person below the preferred number."""
    weight_over: Money = Decimal(0)
    """Money for each person above it."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, field) is None for field in NUMBERS):
            raise ValueError("expected a minimum, a maximum or a preferred number of people")
        if self.preferred is None and (self.weight_under or self.weight_over):
            raise ValueError("weight_under and weight_over need a preferred number of people")
        if self.preferred is not None and not (self.weight_under or self.weight_over):
            raise ValueError("preferred needs a weight_under or a weight_over")
        return self

    @model_validator(mode="after")
    def _names_its_days_once(self) -> Self:
        if self.day is not None and self.days is not None:
            raise ValueError("expected a day or days, found both")
        listed = [field for field in NUMBERS if isinstance(getattr(self, field), tuple)]
        if listed and (self.day is not None or self.days is not None):
            raise ValueError(
                f"the list {listed[0]} has a number for each day; leave day and days out"
            )
        return self

    def faults(self, horizon: Horizon, template: ShiftTemplate) -> Iterator[tuple[Location, str]]:
        """Find what does not fit the horizon, or the template."""
        for field in NUMBERS:
            given = getattr(self, field)
            if isinstance(given, tuple) and len(given) != horizon.days:
                message = f"expected {horizon.days} numbers, one for each day of the horizon"
                yield (field,), f"{message}, found {len(given)}"
                return
        if self.day is not None and not 0 <= horizon.day_of(self.day) < horizon.days:
            yield ("day",), f"{self.day} is not in the horizon"
            return
        for day in self.days_of(horizon, template):
            need, date = self.need_on(day), horizon.date_of(day)
            if need.maximum is not None and need.maximum < need.minimum:
                where = f" on {date}" if isinstance(self.maximum or self.minimum, tuple) else ""
                message = f"the maximum {need.maximum} is less than the minimum {need.minimum}"
                yield (), f"{message}{where}"
                return
            if need.minimum and horizon.weekday_of(day) not in template.days:
                weekday = horizon.weekday_of(day)
                yield (), f"template '{template.id}' has no shifts on {weekday}, {date}"
                return

    def days_of(self, horizon: Horizon, template: ShiftTemplate) -> list[int]:
        """Give the days of the horizon it speaks of."""
        if self.day is not None:
            return [horizon.day_of(self.day)]
        if any(isinstance(getattr(self, field), tuple) for field in NUMBERS):
            return list(range(horizon.days))
        named = template.days if self.days is None else self.days
        return [day for day in range(horizon.days) if horizon.weekday_of(day) in named]

    def need_on(self, day: int) -> Need:
        """Give what it asks for on one of its days."""
        minimum, maximum, preferred = (_on(day, getattr(self, field)) for field in NUMBERS)
        return Need(minimum or 0, maximum, preferred or 0, self.weight_under, self.weight_over)


def _on(day: int, people: int | tuple[int, ...] | None) -> int | None:
    return people[day] if isinstance(people, tuple) else people
