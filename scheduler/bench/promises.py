"""What a planted schedule promises: answers in time, cover, a lead and seniors who are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import centre
from .planting import PlantedShift
from .team import WEEK, TeamPlan

WITHIN_SECONDS = 20
TARGET, EACH_INTERVAL = 0.8, 0.5
SKILLED = "senior"
PERCENT_SKILLED = (25, 20, 15, 10)
"""Shares of seniors that are asked for, if they can be kept for some hours."""
SOME_HOURS = 4

Whole = NDArray[np.int64]


def served(
    plan: TeamPlan, service: str, shifts: Sequence[PlantedShift], skill: str | None = None
) -> Whole:
    """Effective staff in hundredths, by day and slot; heads, if only those with a skill count."""
    found = np.zeros((plan.days, 24 * 60 // plan.interval_minutes), dtype=np.int64)
    for shift in shifts:
        skills = shift.person.skills
        for slot, served in shift.work.items():
            if served == service:
                amount = round(100 * skills[service]) if skill is None else int(skill in skills)
                found[shift.day, slot] += amount
    return found


def floors(plan: TeamPlan, shifts: Sequence[PlantedShift]) -> list[dict[str, Any]]:
    """Promise what the planted schedule keeps."""
    level: dict[str, Any] = {
        "kind": "service_level",
        "service": "phones",
        "target": TARGET,
        "within_seconds": WITHIN_SECONDS,
    }
    if plan.variant != "tight":
        level |= {"scope": "day", "at_least_each_interval": EACH_INTERVAL}
    cover = [{"kind": "coverage", "service": service} for service in ("counter", "office")]
    return [level, *cover, *_presence(plan, shifts), *_skilled(plan, shifts)]


def _presence(plan: TeamPlan, shifts: Sequence[PlantedShift]) -> list[dict[str, Any]]:
    """Ask for a lead on working days and on weekends, as long as the planted ones are there."""
    leads = np.zeros((plan.days, 24 * 60 // plan.interval_minutes), dtype=np.int64)
    for shift in shifts:
        if shift.person.is_lead:
            leads[shift.day, shift.first : shift.last] += 1
            for _, first, last, _ in shift.breaks:
                leads[shift.day, first:last] -= 1
    hours = []
    for names, days in (
        (("mon", "tue", "wed", "thu", "fri"), range(5)),
        (("sat", "sun"), range(5, 7)),
    ):
        mine = [day for day in range(plan.days) if day % WEEK in days]
        if mine:
            first, last = _longest_run(leads[mine].min(axis=0) > 0)
            if last > first:
                clocks = {"start": _clock(plan, first), "end": _clock(plan, last)}
                hours.append({"days": list(names), **clocks})
    return [{"kind": "presence", "skill": "lead", "hours": hours}] if hours else []


def _longest_run(holds: NDArray[np.bool_]) -> tuple[int, int]:
    """Give the longest stretch in which something holds."""
    best, since = (0, 0), 0
    for slot, true in enumerate(holds):
        if not true:
            since = slot + 1
        elif slot + 1 - since > best[1] - best[0]:
            best = (since, slot + 1)
    return best


def _clock(plan: TeamPlan, slot: int) -> str:
    hour, minute = divmod(slot * plan.interval_minutes, 60)
    return f"{hour:02d}:{minute:02d}"


def _skilled(plan: TeamPlan, shifts: Sequence[PlantedShift]) -> list[dict[str, Any]]:
    """Ask for seniors on the phones, as far and as long as the planted ones are there."""
    seniors = served(plan, "phones", shifts, SKILLED)
    heads = served(plan, "phones", shifts, "phones")
    for percent in PERCENT_SKILLED:
        spare = 100 * seniors - percent * heads
        first, last = _longest_run(spare.min(axis=0) >= 0)
        opens, closes = (60 * h // plan.interval_minutes for h in centre.hours(plan, "phones"))
        first, last = max(first, opens), min(last, closes)
        if (last - first) * plan.interval_minutes >= SOME_HOURS * 60:
            hours = [{"start": _clock(plan, first), "end": _clock(plan, last)}]
            floor = {"kind": "skilled_share", "service": "phones", "skill": SKILLED}
            return [{**floor, "share": percent / 100, "hours": hours}]
    return []
