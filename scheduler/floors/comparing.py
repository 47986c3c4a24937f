"""A promise for a day that a promise for every interval implies is a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.base import Location
from ..models.instance import Instance
from .access import AccessFloor


def stricter_elsewhere(floor: AccessFloor, instance: Instance) -> Iterator[tuple[Location, str]]:
    """Complain if another floor of the kind promises as much for every interval."""
    if floor.scope == "interval" or floor.weight is not None:
        return
    for other in instance.floors_on(floor.service):
        implies = (
            isinstance(other, type(floor))
            and other.scope == "interval"
            and other.weight is None
            and other.hours is None
            and other.measure == floor.measure
            and other.within <= floor.within
            and floor.is_implied_by(other.promised)
        )
        if implies and isinstance(other, AccessFloor):
            message = (
                f"another floor promises {other.short(other.promised)} in every interval, which "
                f"implies the {floor.short(floor.promised)} of the {floor.scope}: one is wrong"
            )
            yield (), message
            return
