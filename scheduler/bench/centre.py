"""The centre that a team works in: hours, services, the wave of a day, shifts and their breaks."""

from __future__ import annotations

import math
from typing import Any

from .team import TeamPlan

SMALL = 20
"""People below whom the centre opens for fewer hours."""
SHARES = {"phones": 0.5, "counter": 0.3, "office": 0.2}
"""How the work divides between the services."""
BY_WEEKDAY = (1.2, 1.05, 1.0, 1.0, 1.1, 0.75, 0.6)
START_STEP = 30
REST, LUNCH = 15, 30
"""Minutes of the paid and the unpaid break."""
MIN_WORK, MAX_WORK = 60, 240
LONG_SHIFT = 360
"""Minutes from which on a shift has a lunch and a second rest."""


def hours(plan: TeamPlan, service: str) -> tuple[int, int]:
    """When a service opens and closes, in hours."""
    opens, closes = (8, 20) if plan.people < SMALL else (7, 21)
    cut = {"phones": (0, 0), "counter": (1, 2), "office": (1, 3)}[service]
    return opens + cut[0], closes - cut[1]


def wave(plan: TeamPlan, service: str) -> list[float]:
    """Give the shape of a day's work in a service: by slot of the day, summing to its share."""
    opens, closes = (60 * hour for hour in hours(plan, service))
    step = plan.interval_minutes
    shape = []
    for clock in range(0, 24 * 60, step):
        turn = (clock + step / 2 - opens) / (closes - opens)
        inside = 0 <= turn < 1
        shape.append(_height(service, turn) if inside else 0.0)
    total = sum(shape)
    return [round(SHARES[service] * height / total, 9) for height in shape]


def _height(service: str, turn: float) -> float:
    """Phones have a high wave before noon and a low one after it; counters are busy at noon."""
    hill = math.sin(math.pi * turn)
    if service == "phones":
        return 0.45 + 0.55 * hill * (1 + 0.45 * math.sin(2 * math.pi * turn))
    if service == "counter":
        return 0.5 + 0.5 * hill**2
    return 1.0


def template_id(length: int) -> str:
    """``"4 h"`` for 240 minutes."""
    return f"{length // 60} h"


def template(plan: TeamPlan, length: int) -> dict[str, Any]:
    """Give the shifts of one length: they lie within the opening hours, with one break or three."""
    opens, closes = hours(plan, "phones")
    breaks = [
        {"id": name, "minutes": minutes, "paid": paid}
        for name, minutes, paid in breaks_of(plan, length)
    ]
    return {
        "id": template_id(length),
        "start": {
            "earliest": f"{opens:02d}:00",
            "latest": f"{closes - length // 60:02d}:00",
            "step_minutes": START_STEP,
        },
        "length": length,
        "break_sets": [
            {"min_work_minutes": MIN_WORK, "max_work_minutes": MAX_WORK, "breaks": breaks}
        ],
    }


def rest_minutes(plan: TeamPlan) -> int:
    """Give the length of a paid break, which fits the grid."""
    return -(-REST // plan.interval_minutes) * plan.interval_minutes


def breaks_of(plan: TeamPlan, length: int) -> tuple[tuple[str, int, bool], ...]:
    """Give the breaks of a shift of this length: id, minutes, whether paid."""
    rest = rest_minutes(plan)
    if length < LONG_SHIFT:
        return (("rest", rest, True),)
    return (("first rest", rest, True), ("lunch", LUNCH, False), ("second rest", rest, True))
