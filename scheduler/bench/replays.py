"""Replays of a week with a given number of agents: how many contacts a second are played."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from ..models.instance import Instance
from ..models.schedule import Schedule
from ..simulation.setting import Routing
from ..simulation.simulating import simulate

COLUMNS = (
    "agents",
    "routing",
    "workers",
    "replications",
    "contacts each",
    "total s",
    "contacts per s",
)
MONDAY = date(2026, 3, 2)
STEP = 15
"""Minutes of an interval."""
OPEN, CLOSE = 8, 20
BUSY = 0.8
"""Work that arrives, as a share of the staff that is there."""
CHANNELS: dict[str, dict[str, Any]] = {
    "phones": {"handle_time_seconds": 240, "patience_seconds": 180},
    "chat": {"handle_time_seconds": 600, "concurrency_factors": [1, 1.3]},
}


def replays(people: int, replications: int, seed: int, workers: int | None) -> Iterator[list[str]]:
    """Replay a week under both ways of routing, and give a row of text for each."""
    instance, schedule = week(people)
    ways: tuple[Routing, ...] = ("planned", "skills")
    for routing in ways:
        found = simulate(
            instance,
            schedule,
            replications=replications,
            seed=seed,
            routing=routing,
            workers=workers,
        ).played
        yield [
            str(people),
            routing,
            str(workers or os.cpu_count()),
            str(replications),
            f"{found.contacts / replications:,.0f}",
            f"{found.seconds:.1f}",
            f"{found.contacts / found.seconds:,.0f}",
        ]


def week(people: int) -> tuple[Instance, Schedule]:
    """Give a week in which everybody works five shifts of eight hours, two in three on the phones.

    Starts lie between 8:00 and 12:00 and the breaks of a shift three hours apart; as much work
    arrives as is `BUSY` times the staff, so that the week is a busy one throughout.
    """
    shifts = [shift for number in range(people) for shift in _shifts(number)]
    staff: dict[str, dict[datetime, int]] = {name: defaultdict(int) for name in CHANNELS}
    for shift in shifts:
        for segment in shift["work"]:
            for minutes in range(0, _minutes(segment), STEP):
                staff[segment["service"]][segment["start"] + timedelta(minutes=minutes)] += 1
    instance = Instance.model_validate(
        {
            "name": f"replay-{people}",
            "horizon": {"start": MONDAY, "days": 7, "interval_minutes": STEP},
            "skills": list(CHANNELS),
            "services": [_service(name, staff[name]) for name in CHANNELS],
            "floors": [
                {
                    "kind": "service_level",
                    "service": name,
                    "target": 0.8,
                    "within_seconds": 20,
                    "scope": "day",
                }
                for name in CHANNELS
            ],
            "templates": [
                {
                    "id": "day",
                    "start": {"earliest": "08:00", "latest": "12:00", "step_minutes": 60},
                    "length": 480,
                    "break_sets": [
                        {
                            "breaks": [
                                {"id": "morning", "minutes": 15, "paid": True},
                                {"id": "lunch", "minutes": 30},
                                {"id": "afternoon", "minutes": 15, "paid": True},
                            ]
                        }
                    ],
                }
            ],
            "contracts": [{"id": "agent", "pay": {"hourly_rate": 20}}],
            "employees": [
                {"id": _name(i), "contract": "agent", "skills": dict.fromkeys(CHANNELS, 1.0)}
                for i in range(people)
            ],
        }
    )
    return instance, Schedule.model_validate({"shifts": shifts})


def _name(number: int) -> str:
    return f"agent {number + 1:03d}"


def _shifts(number: int) -> Iterator[dict[str, Any]]:
    service = "chat" if number % 3 == 2 else "phones"
    for day in range(5):
        calendar_day = MONDAY + timedelta(days=(number + day) % 7)
        hour = OPEN + (number * 2 + day) % 5
        start = datetime(calendar_day.year, calendar_day.month, calendar_day.day, hour)
        edges = [0, 120, 135, 255, 285, 390, 405, 480]
        times = [start + timedelta(minutes=minutes) for minutes in edges]
        yield {
            "employee": _name(number),
            "day": calendar_day,
            "template": "day",
            "start": times[0],
            "end": times[-1],
            "breaks": [
                {"id": name, "start": times[i], "end": times[i + 1], "paid": name != "lunch"}
                for name, i in (("morning", 1), ("lunch", 3), ("afternoon", 5))
            ],
            "work": [
                {"service": service, "start": times[i], "end": times[i + 1]} for i in (0, 2, 4, 6)
            ],
        }


def _minutes(segment: dict[str, Any]) -> int:
    return int((segment["end"] - segment["start"]).total_seconds() // 60)


def _service(name: str, staff: dict[datetime, int]) -> dict[str, Any]:
    demand = {"kind": "arrivals", **CHANNELS[name]}
    factors = demand.get("concurrency_factors", [1.0])
    seconds = demand["handle_time_seconds"] * factors[-1] / len(factors)
    midnight = datetime(MONDAY.year, MONDAY.month, MONDAY.day)
    slots = [midnight + timedelta(minutes=STEP * i) for i in range(7 * 24 * 60 // STEP)]
    demand["values"] = [round(BUSY * staff[s] * STEP * 60 / seconds, 3) for s in slots]
    hours = [{"start": f"{OPEN:02d}:00", "end": f"{CLOSE:02d}:00"}]
    return {"id": name, "skill": name, "opening_hours": hours, "demand": demand}
