"""A service: a stream of work that customers come for."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from .base import Hundredths, Id, Model, at_most, hundredths
from .demand import Demand
from .horizon import Dates, Slot, Window, Windows, overlapping

Share = Annotated[Hundredths, Field(ge=0, le=1)]


class Resolution(Model):
    """What people of some proficiency resolve at the first contact."""

    from_proficiency: Annotated[Hundredths, Field(ge=0, le=10)] = 0.0
    """Least proficiency; the entry with the largest value that fits is used."""
    share: Share
    """Share of their contacts that are resolved."""


class Service(Model):
    """A phone queue, a chat queue, the registers, a desk, back-office e-mail."""

    id: Id
    skill: Id
    """Skill a person needs to serve it."""
    demand: Demand
    opening_hours: Windows = (Window(),)
    """When customers may come; always, if left out."""
    closed_on: Dates = ()
    """Dates on which it stays closed."""
    standard: Id | None = None
    """Service standard whose floors hold for it."""
    priority: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0
    """Who is free takes the contact of the service with the highest priority first."""
    shrinkage: Annotated[Hundredths, Field(ge=0, lt=1)] = 0.0
    """Share of staff on duty that is away for what no shift shows: illness, coaching. Breaks are
    scheduled and do not belong here."""
    resolution: Annotated[tuple[Resolution, ...], at_most(20)] = ()
    """What is resolved at the first contact, by proficiency; everything, if left out."""
    repeat_share: Annotated[Hundredths, Field(ge=0, lt=1)] = 0.0
    """Share of unresolved contacts that come back, and load the service again."""

    @model_validator(mode="after")
    def _hours_are_apart(self) -> Self:
        if not self.opening_hours:
            raise ValueError("opening_hours is empty; leave it out for a service that never closes")
        if pair := overlapping(self.opening_hours):
            raise ValueError(f"opening_hours[{pair[0]}] and opening_hours[{pair[1]}] overlap")
        return self

    @model_validator(mode="after")
    def _quality_is_sound(self) -> Self:
        levels = [entry.from_proficiency for entry in self.resolution]
        if len(set(levels)) < len(levels):
            raise ValueError("two entries of resolution begin at the same from_proficiency")
        if self.repeat_share and self.demand.kind == "staff":
            raise ValueError("repeat_share is for arrivals; the demand here is staff")
        if self.repeat_share and not self.resolution:
            raise ValueError("repeat_share without resolution: everything is resolved at once")
        return self

    def resolved_hundredths(self, proficiency: float) -> int:
        """Contacts of a hundred that a person of this proficiency resolves the first time."""
        fitting = [entry for entry in self.resolution if entry.from_proficiency <= proficiency]
        best = max(fitting, key=lambda entry: entry.from_proficiency, default=None)
        return hundredths(best.share) if best else 0 if self.resolution else 100

    def pace_hundredths(self, proficiency: float) -> int:
        """Give what a person on duty counts for as effective staff, in hundredths, rounded down.

        Notes
        -----
        proficiency · (1 − shrinkage) · (1 − repeat_share · (1 − resolved)). The last factor is what
        a contact costs with its repetitions: of λ' contacts, λ' · repeat_share · (1 − resolved)
        come back, so that λ' = λ ÷ (1 − repeat_share · (1 − resolved)) for λ first ones.
        """
        unresolved = 100 - self.resolved_hundredths(proficiency)
        lasting = 10_000 - hundredths(self.repeat_share) * unresolved
        present = 100 - hundredths(self.shrinkage)
        return hundredths(proficiency) * present * lasting // 1_000_000

    def is_open(self, slot: Slot) -> bool:
        """Tell whether customers may come in this slot."""
        if slot.calendar_day in self.closed_on:
            return False
        return any(window.contains(slot) for window in self.opening_hours)
