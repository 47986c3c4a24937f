"""From a period of the shift scheduling benchmark to an instance that scores in the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ....models.horizon import INTERVALS
from .record import Cover, Limits, Period, ShiftType

Json = dict[str, Any]

MONDAY = date(2024, 1, 1)
"""The format has no dates, only a Monday as the first day; this is one."""
SKILL = "work"
"""Everybody has it; who may work which shift is said by limits on the shifts."""


def instance_of(period: Period) -> Json:
    """Give the instance as it stands in a file."""
    contracts = {
        limits: f"limits {i}"
        for i, limits in enumerate(dict.fromkeys(worker.limits for worker in period.staff), 1)
    }
    return {
        "schema_version": 1,
        "name": period.name,
        "description": "Converted from the shift scheduling benchmark of Curtois and Qu.",
        "horizon": {
            "start": MONDAY.isoformat(),
            "days": period.days,
            "interval_minutes": _interval(period),
        },
        "skills": [SKILL],
        "services": [],
        "floors": [{"kind": "shift_cover", "cover": list(_cover(period))}],
        "templates": [
            {"id": shift.id, "start": "00:00", "length": shift.minutes} for shift in period.shifts
        ],
        "contracts": [
            {
                "id": name,
                "pay": {"hourly_rate": 0},
                "rules": [*_rules(period, limits), *_successions(period.shifts)],
            }
            for limits, name in contracts.items()
        ],
        "employees": [
            {
                "id": worker.id,
                "contract": contracts[worker.limits],
                "skills": {SKILL: 1.0},
                "forbidden": [{"day": _date(d)} for d in period.days_off.get(worker.id, ())],
                "requests": wishes,
            }
            for worker, wishes in zip(period.staff, _requests(period), strict=True)
        ],
    }


def _date(day: int) -> str:
    return (MONDAY + timedelta(days=day)).isoformat()


def _interval(period: Period) -> int:
    """Give the coarsest grid that all lengths fit."""
    lengths = [shift.minutes for shift in period.shifts]
    return max(step for step in INTERVALS if all(length % step == 0 for length in lengths))


def _cover(period: Period) -> Iterator[Json]:
    """Give one entry for each shift if its prices stay the same, and one for each day if not."""
    rows: dict[str, list[Cover]] = defaultdict(list)
    for cover in sorted(period.cover, key=lambda cover: cover.day):
        rows[cover.shift].append(cover)
    for shift, covers in rows.items():
        prices = {(cover.under, cover.over) for cover in covers}
        if len(prices) == 1 and len(covers) == period.days:
            [(under, over)] = prices
            people: int | list[int] = [cover.people for cover in covers]
            yield from _entry({"template": shift}, people, under, over)
        else:
            for cover in covers:
                place = {"template": shift, "day": _date(cover.day)}
                yield from _entry(place, cover.people, cover.under, cover.over)


def _entry(place: Json, people: int | list[int], under: int, over: int) -> Iterator[Json]:
    weights = {"weight_under": under, "weight_over": over}
    if under or over:
        yield {**place, "preferred": people, **{key: w for key, w in weights.items() if w}}


def _rules(period: Period, limits: Limits) -> Iterator[Json]:
    never = [name for name, most in limits.max_shifts if most == 0]
    few = [(name, most) for name, most in limits.max_shifts if 0 < most < period.days]
    limited = [{"templates": never, "max_shifts": 0}] if never else []
    limited += [{"templates": [name], "max_shifts": most} for name, most in few]
    if limited:
        yield {"kind": "template_shifts", "limits": limited}
    yield {
        "kind": "total_minutes",
        "min_minutes": limits.min_minutes,
        "max_minutes": limits.max_minutes,
    }
    yield {"kind": "max_consecutive_days", "days": limits.max_run}
    if limits.min_run > 1:
        yield {"kind": "min_consecutive_days", "days": limits.min_run}
    if limits.min_run_off > 1:
        yield {"kind": "min_consecutive_days_off", "days": limits.min_run_off}
    yield {"kind": "max_weekends", "weekends": limits.max_weekends}


def _successions(shifts: tuple[ShiftType, ...]) -> Iterator[Json]:
    banned = [
        {"first": shift.id, "then": list(shift.not_before)} for shift in shifts if shift.not_before
    ]
    if banned:
        yield {"kind": "forbidden_successions", "successions": banned}


def _requests(period: Period) -> list[list[Json]]:
    """Give everybody's wishes; those without a weight cost nothing."""
    found: dict[str, list[Json]] = {worker.id: [] for worker in period.staff}
    for wish in period.wishes:
        if wish.weight:
            found[wish.worker].append(
                {
                    "wants": wish.wants,
                    "day": _date(wish.day),
                    "template": wish.shift,
                    "weight": wish.weight,
                }
            )
    return list(found.values())
