"""Employees: who they are, what they can do, and when."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import ClockTime, Date, Hundredths, Id, LocalTime, Minutes, Model, Money, at_most
from .rule import AnyRule

Proficiency = Annotated[Hundredths, Field(gt=0, le=10)]


class TimeSpan(Model):
    """A stretch of local time, half-open."""

    start: LocalTime
    end: LocalTime


class FixedShift(Model):
    """A shift that the person works on this day; what is left out, the solver chooses."""

    day: Date
    template: Id
    start: ClockTime | None = None
    length_minutes: Minutes | None = None


class ForbiddenShift(Model):
    """A shift that the person never gets; without a template, none on that day."""

    day: Date | None = None
    template: Id | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.day is None and self.template is None:
            raise ValueError("expected a day, a template or both")
        return self


class Request(Model):
    """A wish: to work, or not to work, a day or a template on it. Unmet, it costs its weight."""

    wants: Literal["on", "off"]
    day: Date
    template: Id | None = None
    """A certain template; any shift, if left out."""
    weight: Money


class PastBreak(Model):
    """A break that was taken."""

    start: LocalTime
    end: LocalTime
    paid: bool = False


class PastShift(Model):
    """A shift that started before the horizon; it may reach into it."""

    template: Id
    start: LocalTime
    end: LocalTime
    breaks: Annotated[tuple[PastBreak, ...], at_most(20)] = ()


class History(Model):
    """What the person did before the horizon."""

    since: Date
    """First date that is known: from here on, days without a shift were days off."""
    shifts: Annotated[tuple[PastShift, ...], at_most(1000)] = ()


class Employee(Model):
    """A named person."""

    id: Id
    contract: Id
    skills: Annotated[dict[Id, Proficiency], at_most(1000)]
    """Proficiency by skill: 1.0 serves at the standard pace, 0.8 takes a quarter longer."""
    rules: Annotated[tuple[AnyRule, ...], at_most(100)] = ()
    """Personal rules; each takes the place of the contract's rule of the same kind."""
    unavailable: Annotated[tuple[TimeSpan, ...], at_most(1000)] = ()
    fixed: Annotated[tuple[FixedShift, ...], at_most(1000)] = ()
    forbidden: Annotated[tuple[ForbiddenShift, ...], at_most(1000)] = ()
    requests: Annotated[tuple[Request, ...], at_most(1000)] = ()
    history: History | None = None
