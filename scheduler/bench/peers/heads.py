"""Headcounts frozen beforehand: what tools need that plan shifts for a number of people."""

from __future__ import annotations

import math

from ...floors.presence import PresenceFloor
from ...models.instance import Instance
from ..savings import rounded_up

Heads = dict[str, dict[int, int]]
"""People by skill and slot."""


def frozen_heads(instance: Instance, *, padded: bool) -> Heads:
    """Turn hard floors into whole people in every interval.

    Promises over a day become promises of every interval, as these tools know no others.

    Parameters
    ----------
    padded
        Ask for as many more people as the breaks of the longest shift take away on average.
    """
    extra = 1 / (1 - _break_share(instance)) if padded else 1.0
    usual = rounded_up(instance)
    heads: Heads = {}
    for floor in usual.all_floors:
        if floor.weight is not None:
            continue
        if floor.served is not None:
            skill = usual.service(floor.served).skill
            for slot, staff in (floor.needed(usual) or {}).items():
                _raise(heads, skill, slot, math.ceil(staff * extra - 1e-9))
        elif isinstance(floor, PresenceFloor):
            for moment in usual.horizon.slots:
                if floor.holds_in(moment) and any(s.is_open(moment) for s in usual.services):
                    count = math.ceil(floor.at_least * extra - 1e-9)
                    _raise(heads, floor.skill, moment.index, count)
    return heads


def served_heads(instance: Instance, heads: Heads) -> dict[int, int]:
    """Add the services up: people who are needed at once, whatever they can do."""
    skills = {service.skill for service in instance.services}
    total: dict[int, int] = {}
    for skill in skills & set(heads):
        for slot, count in heads[skill].items():
            total[slot] = total.get(slot, 0) + count
    return total


def _raise(heads: Heads, skill: str, slot: int, count: int) -> None:
    known = heads.setdefault(skill, {})
    if count > known.get(slot, 0):
        known[slot] = count


def _break_share(instance: Instance) -> float:
    """Give the share of a shift that its breaks take: the largest of all templates."""
    shares = []
    for template in instance.templates:
        length = template.length.max_minutes
        away = sum(pause.minutes for pause in template.break_set(length).breaks)
        shares.append(away / length)
    return max(shares)
