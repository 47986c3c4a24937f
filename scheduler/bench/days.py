"""Days of contact centres whose calls come in waves, or from a file of counts."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import Fault, InputError
from ..io.demand_csv import parse_demand
from ..io.text import read_text
from ..models.instance import Instance

STEP = 30
"""Minutes of an interval."""
DAY = date(2026, 3, 2)
BREAKS = [
    {"from_shift_minutes": 0, "max_work_minutes": 330},
    {
        "from_shift_minutes": 360,
        "min_work_minutes": 90,
        "max_work_minutes": 330,
        "breaks": [{"id": "meal", "minutes": 30}],
    },
]


@dataclass(frozen=True, slots=True)
class Channel:
    """A service, its calls and its promise: so many of a day within so many seconds."""

    name: str
    arrivals: tuple[float, ...]
    """By interval, from the opening on."""
    handle_time_seconds: float
    within_seconds: float = 20
    target: float = 0.8
    at_least_each_interval: float = 0.5
    patience_seconds: float | None = None

    def service(self, opens: int, closes: int) -> dict[str, Any]:
        """Give the service as it stands in a file."""
        closed = 60 // STEP
        values = (*([0.0] * opens * closed), *self.arrivals, *([0.0] * (24 - closes) * closed))
        demand: dict[str, Any] = {
            "kind": "arrivals",
            "handle_time_seconds": self.handle_time_seconds,
            "values": values,
        }
        if self.patience_seconds is not None:
            demand["patience_seconds"] = self.patience_seconds
        hours = [{"start": f"{opens:02d}:00", "end": f"{closes:02d}:00"}]
        return {"id": self.name, "skill": self.name, "opening_hours": hours, "demand": demand}

    def floor(self) -> dict[str, Any]:
        """Give the promise over the day, and the least of every interval."""
        return {
            "kind": "service_level",
            "service": self.name,
            "target": self.target,
            "within_seconds": self.within_seconds,
            "scope": "day",
            "at_least_each_interval": self.at_least_each_interval,
        }


@dataclass(frozen=True, slots=True)
class Centre:
    """A contact centre on one day."""

    name: str
    opens: int
    closes: int
    """Hours of the day."""
    channels: tuple[Channel, ...]
    team: tuple[tuple[int, dict[str, float]], ...]
    """How many people have which skills."""

    def instance(self) -> Instance:
        """Give the instance: shifts of four to nine hours with a meal, everybody paid alike."""
        people = [skills for count, skills in self.team for _ in range(count)]
        return Instance.model_validate(
            {
                "name": self.name,
                "horizon": {"start": DAY, "days": 1, "interval_minutes": STEP},
                "skills": [channel.name for channel in self.channels],
                "services": [c.service(self.opens, self.closes) for c in self.channels],
                "floors": [channel.floor() for channel in self.channels],
                "templates": [self._template()],
                "contracts": [{"id": "agent", "pay": {"hourly_rate": 20}}],
                "employees": [
                    {"id": f"agent {i:03d}", "contract": "agent", "skills": skills}
                    for i, skills in enumerate(people, start=1)
                ],
            }
        )

    def _template(self) -> dict[str, Any]:
        earliest, latest = f"{self.opens:02d}:00", f"{self.closes - 4:02d}:00"
        return {
            "id": "day",
            "start": {"earliest": earliest, "latest": latest, "step_minutes": STEP},
            "length": {"min_minutes": 240, "max_minutes": 540, "step_minutes": 60},
            "break_sets": BREAKS,
        }


def waves(hours: int, peak: float, seed: int) -> tuple[float, ...]:
    """Draw the calls of a day: a large wave before noon, a smaller one after it.

    Parameters
    ----------
    peak
        Calls of the busiest interval, about.
    """
    draw = random.Random(seed)
    count = hours * 60 // STEP
    calls = []
    for i in range(count):
        turn = math.pi * (i + 0.5) / count
        level = 0.4 + 0.5 * math.sin(turn) ** 2 * (1 + 0.3 * math.sin(4 * turn))
        calls.append(round(peak * level * draw.uniform(0.9, 1.1), 1))
    return tuple(calls)


def _one_channel(
    name: str, people: int, opens: int, closes: int, peak: float, **channel: float
) -> Centre:
    arrivals = waves(closes - opens, peak, seed=people)
    calls = Channel("calls", arrivals, **channel)
    return Centre(name, opens, closes, (calls,), ((people, {"calls": 1.0}),))


def _two_channels() -> Centre:
    calls = Channel("calls", waves(12, 50, seed=1), 210)
    orders = Channel("orders", waves(12, 25, seed=2), 330, within_seconds=60, patience_seconds=180)
    both = {"calls": 1.0, "orders": 1.0}
    team = ((9, {"calls": 1.0}), (7, {"orders": 1.0}), (6, both), (4, {**both, "orders": 0.8}))
    return Centre("two-channels", 8, 20, (calls, orders), team)


def generated() -> tuple[Centre, ...]:
    """Give five centres, from eight people to eighty."""
    return (
        _one_channel("clinic-line", 8, 8, 18, 12, handle_time_seconds=240, within_seconds=60),
        _one_channel("phones", 20, 8, 20, 60, handle_time_seconds=240),
        _one_channel("impatient", 21, 8, 20, 60, handle_time_seconds=240, patience_seconds=120),
        _two_channels(),
        _one_channel("large", 80, 7, 22, 330, handle_time_seconds=210),
    )


def of_calls(path: Path, day: date, people: int) -> Centre:
    """Give the day of a bank's call centre, from a file of counts; see `instances/bank_week.py`.

    Raises
    ------
    InputError
        If the file is broken, or does not hold the day.
    """
    rows = parse_demand(read_text(path), "arrivals", str(path))
    inside = [row for row in rows if row.start.date() == day]
    if len(inside) != 24 * 60 // STEP or any(
        row.start.hour * 60 + row.start.minute != i * STEP for i, row in enumerate(inside)
    ):
        raise InputError(str(path), [Fault("", f"no full day of {day} in {STEP}-minute intervals")])
    opens, closes = 7, 24
    calls = Channel("calls", tuple(row.amount for row in inside[opens * 60 // STEP :]), 188)
    return Centre(f"bank-{day}", opens, closes, (calls,), ((people, {"calls": 1.0}),))
