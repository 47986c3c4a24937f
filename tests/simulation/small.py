"""Small instances for replays, and schedules for them by hand."""

from __future__ import annotations

from typing import Any

from scheduler import Instance, Schedule


def line(people: int = 2, **changes: Any) -> Instance:
    """Give a phone line that is open on two mornings, in half hours."""
    return Instance.model_validate(
        {
            "name": "small line",
            "horizon": {"start": "2026-03-02", "days": 2, "interval_minutes": 30},
            "skills": ["calls", "desk"],
            "services": [service()],
            "floors": [level(0.6)],
            "templates": [{"id": "morning", "start": "08:00", "length": 240}],
            "contracts": [{"id": "c", "pay": {"hourly_rate": 20}}],
            "employees": [
                {"id": f"p{i}", "contract": "c", "skills": {"calls": 1.0, "desk": 1.0}}
                for i in range(people)
            ],
            **changes,
        }
    )


def service(arrivals: float = 6, **changes: Any) -> dict[str, Any]:
    """Give the line's service."""
    return {
        "id": "calls",
        "skill": "calls",
        "opening_hours": [{"start": "08:00", "end": "12:00"}],
        "demand": {
            "kind": "arrivals",
            "handle_time_seconds": 200,
            "patience_seconds": 300,
            "pattern": [{"start": "08:00", "end": "12:00", "arrivals": arrivals}],
        },
        **changes,
    }


def level(target: float, **changes: Any) -> dict[str, Any]:
    """Give a service level over the day."""
    return {
        "kind": "service_level",
        "service": "calls",
        "target": target,
        "within_seconds": 20,
        "scope": "day",
        **changes,
    }


def mornings(*names: str, service: str = "calls") -> Schedule:
    """Let everybody named work both mornings."""
    return Schedule.model_validate(
        {
            "shifts": [
                {
                    "employee": name,
                    "day": day,
                    "template": "morning",
                    "start": f"{day}T08:00",
                    "end": f"{day}T12:00",
                    "work": [{"service": service, "start": f"{day}T08:00", "end": f"{day}T12:00"}],
                }
                for day in ("2026-03-02", "2026-03-03")
                for name in names
            ]
        }
    )
