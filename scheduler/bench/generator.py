"""Instances of any size, all of one kind: a contact centre with two channels."""

from __future__ import annotations

import math
import random
from datetime import date
from typing import Any

from ..models.instance import Instance

OPEN, CLOSE = 8, 20
"""Opening hours."""
CONTRACT_HOURS = 35
UTILISATION = 0.62
"""Needed hours as a share of contracted ones; breaks and the shape of shifts take their part."""


def contact_centre(people: int, days: int, interval_minutes: int = 15, seed: int = 0) -> Instance:
    """Build a contact centre with phones and chat, staffed with some slack.

    Parameters
    ----------
    people, days
        Size.
    interval_minutes
        Grid; at most 60.
    seed
        Seed of the demand's noise and the people's skills.
    """
    draw = random.Random(seed)
    weeks = days / 7
    hours = people * CONTRACT_HOURS * weeks * UTILISATION
    if days < 5:
        hours = people * 7 * days * UTILISATION * 0.8
    level = hours / (days * (CLOSE - OPEN))
    services = [_service("phones", 0.7 * level, draw), _service("chat", 0.3 * level, draw)]
    return Instance.model_validate(
        {
            "name": f"contact-centre-{people}x{days}",
            "description": f"{people} people, {days} days: made by the benchmark's generator.",
            "horizon": {
                "start": date(2026, 3, 2),
                "days": days,
                "interval_minutes": interval_minutes,
            },
            "skills": ["phones", "chat"],
            "services": services,
            "floors": [{"kind": "coverage", "service": service["id"]} for service in services],
            "templates": [_template(interval_minutes)],
            "contracts": [_contract()],
            "employees": [_employee(i, draw) for i in range(people)],
        }
    )


def _service(name: str, level: float, draw: random.Random) -> dict[str, Any]:
    pattern = []
    for hour in range(OPEN, CLOSE):
        wave = 1 + 0.4 * math.sin((hour - OPEN) / (CLOSE - OPEN) * 2 * math.pi - 0.6)
        staff = max(1, round(level * wave * draw.uniform(0.9, 1.1)))
        pattern.append({"start": f"{hour:02d}:00", "end": f"{hour + 1:02d}:00", "staff": staff})
    return {
        "id": name,
        "skill": name,
        "opening_hours": [{"start": f"{OPEN:02d}:00", "end": f"{CLOSE:02d}:00"}],
        "demand": {"kind": "staff", "pattern": pattern},
    }


def _template(interval: int) -> dict[str, Any]:
    short = max(15, interval)
    lunch = {"id": "lunch", "minutes": max(30, interval)}
    pause = {"minutes": short, "paid": True}
    return {
        "id": "day",
        "start": {"earliest": f"{OPEN:02d}:00", "latest": "14:00", "step_minutes": 60},
        "length": {"min_minutes": 300, "max_minutes": 540, "step_minutes": 60},
        "break_sets": [
            {"from_shift_minutes": 0, "min_work_minutes": 60, "breaks": [{**pause, "id": "rest"}]},
            {
                "from_shift_minutes": 360,
                "min_work_minutes": 60,
                "max_work_minutes": 240,
                "breaks": [{**pause, "id": "morning"}, lunch, {**pause, "id": "afternoon"}],
            },
        ],
    }


def _contract() -> dict[str, Any]:
    contracted = CONTRACT_HOURS * 60
    return {
        "id": "agent",
        "pay": {"hourly_rate": 20, "overtime": {"contracted_minutes_per_week": contracted}},
        "rules": [
            {"kind": "min_rest", "rest_minutes": 660},
            {"kind": "weekly_minutes", "max_minutes": contracted + 300},
            {"kind": "weekly_shifts", "max_shifts": 5},
        ],
    }


def _employee(number: int, draw: random.Random) -> dict[str, Any]:
    skills = ({"phones": 1.0}, {"phones": 1.0, "chat": 1.0}, {"chat": 1.0, "phones": 0.8})
    chosen = skills[number % 3] if number < 3 else draw.choice(skills)
    return {"id": f"agent {number + 1:03d}", "contract": "agent", "skills": chosen}
