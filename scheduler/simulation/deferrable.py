"""When deferrable contacts are due: the deadlines of `response` floors, contact by contact."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..floors.response import Response
from ..models.instance import Instance

Responses = tuple[Response, ...]


def responses_on(instance: Instance, service: str) -> Responses:
    """Give the floors that make a service deferrable."""
    return tuple(f for f in instance.floors_on(service) if isinstance(f, Response))


def due_seconds(floor: Response, instance: Instance) -> tuple[NDArray[np.float64], float]:
    """Give when contacts are due, by the slot in which they arrive, and when the backlog is.

    Minutes count in the floor's hours, from the start of the slot of arrival; what is due after the
    horizon's end is due at infinity.

    Returns
    -------
    Seconds by slot, and those of the backlog.
    """
    horizon = instance.horizon
    step = horizon.interval_minutes
    counted = [slot.index for slot in horizon.slots if floor.holds_in(slot)]
    ends = np.array([*((slot + 1) * step * 60.0 for slot in counted), np.inf])
    firsts = np.searchsorted(counted, np.arange(len(horizon.slots)))
    last = np.minimum(firsts + floor.within_minutes // step - 1, len(counted))
    backlog = (floor.backlog_within_minutes or floor.within_minutes) // step - 1
    return ends[last], float(ends[min(backlog, len(counted))])
