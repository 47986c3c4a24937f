"""A promise for a day that a promise for every interval implies is a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.base import Location
from ..models.instance import Instance
from .access import AccessFloor

SCOPES = ("interval", "day", "horizon")


def stricter_elsewhere(floor: AccessFloor, instance: Instance) -> Iterator[tuple[Location, str]]:
    """Complain if another floor of the kind promises as much for every interval, or every day."""
    if floor.scope == "interval" or floor.weight is not None:
        return
    for other in instance.floors_on(floor.service):
        if isinstance(other, AccessFloor) and _implies(other, floor):
            message = (
                f"another floor promises {other.short(other.promised)} in every {other.scope}, "
                f"which implies the {floor.short(floor.promised)} of the {floor.scope}: "
                "one is wrong"
            )
            yield (), message
            return


def _implies(other: AccessFloor, floor: AccessFloor) -> bool:
    """Tell whether who keeps the other floor keeps this one whatever happens.

    What holds in every interval holds over any part of a day; an average over whole days says
    nothing of some of their hours.
    """
    hours_fit = other.hours == floor.hours or (other.hours is None and other.scope == "interval")
    return (
        isinstance(other, type(floor))
        and SCOPES.index(other.scope) < SCOPES.index(floor.scope)
        and other.weight is None
        and hours_fit
        and other.measure == floor.measure
        and other.within <= floor.within
        and floor.is_implied_by(other.promised)
    )
