"""A service: a stream of work that customers come for."""

from typing import Self

from pydantic import model_validator

from .base import Id, Model
from .demand import Demand
from .horizon import Dates, Slot, Window, Windows, overlapping


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

    @model_validator(mode="after")
    def _hours_are_apart(self) -> Self:
        if not self.opening_hours:
            raise ValueError("opening_hours is empty; leave it out for a service that never closes")
        if pair := overlapping(self.opening_hours):
            raise ValueError(f"opening_hours[{pair[0]}] and opening_hours[{pair[1]}] overlap")
        return self

    def is_open(self, slot: Slot) -> bool:
        """Tell whether customers may come in this slot."""
        if slot.calendar_day in self.closed_on:
            return False
        return any(window.contains(slot) for window in self.opening_hours)
