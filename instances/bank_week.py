"""Build an instance from a week of real calls.

The calls are those of a small bank's call centre, 1 January to 30 September 1999, counted in
30-minute intervals (Brown et al., "Statistical analysis of a telephone call center", JASA 100,
2005): a CSV file with the columns ``start`` and ``arrivals``. The centre opened from 7:00 to
midnight on Sunday to Thursday, until 14:00 on Friday, and from 20:00 on Saturday. The file has no
handle times; 188 seconds are assumed.

Run it as::

    python instances/bank_week.py CALLS.csv --week 1999-05-02 -o bank.json
    scheduler solve bank.json --report bank.html
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from scheduler.errors import Fault, InputError
from scheduler.io.demand_csv import parse_demand
from scheduler.io.files import to_json
from scheduler.io.text import read_text, write_text
from scheduler.models.base import WEEKDAYS

OPENING: list[dict[str, Any]] = [
    {"days": ["sun", "mon", "tue", "wed", "thu"], "start": "07:00", "end": "24:00"},
    {"days": ["fri"], "start": "07:00", "end": "14:00"},
    {"days": ["sat"], "start": "20:00", "end": "24:00"},
]
BREAKS = [
    {"from_shift_minutes": 0, "max_work_minutes": 300},
    {
        "from_shift_minutes": 330,
        "min_work_minutes": 90,
        "max_work_minutes": 300,
        "breaks": [{"id": "meal", "minutes": 30}],
    },
]
TEMPLATES = [
    {
        "id": "day",
        "start": {"earliest": "07:00", "latest": "15:00", "step_minutes": 30},
        "length": {"min_minutes": 360, "max_minutes": 540, "step_minutes": 60},
        "days": ["sun", "mon", "tue", "wed", "thu"],
        "break_sets": BREAKS,
    },
    {
        "id": "evening",
        "start": {"earliest": "15:30", "latest": "20:00", "step_minutes": 30},
        "length": {"min_minutes": 240, "max_minutes": 510, "step_minutes": 30},
        "days": ["sun", "mon", "tue", "wed", "thu"],
        "break_sets": BREAKS,
    },
    {"id": "saturday", "start": "20:00", "length": 240, "days": ["sat"]},
    {
        "id": "friday",
        "start": {"earliest": "07:00", "latest": "10:00", "step_minutes": 30},
        "length": {"min_minutes": 240, "max_minutes": 420, "step_minutes": 30},
        "days": ["fri"],
        "break_sets": BREAKS,
    },
]


def _pay(hourly_rate: float, contracted_minutes: int) -> dict[str, Any]:
    return {
        "hourly_rate": hourly_rate,
        "per_shift": 4,
        "overtime": {"contracted_minutes_per_week": contracted_minutes, "percent": 150},
        "premiums": [
            {"id": "late", "hours": [{"start": "22:00", "end": "24:00"}], "percent": 25},
            {"id": "saturday", "hours": [{"days": ["sat"], "end": "24:00"}], "percent": 50},
        ],
    }


def _rules(min_minutes: int, max_minutes: int, shifts: int) -> list[dict[str, Any]]:
    return [
        {"kind": "min_rest", "rest_minutes": 660},
        {"kind": "weekly_minutes", "min_minutes": min_minutes, "max_minutes": max_minutes},
        {"kind": "weekly_shifts", "max_shifts": shifts},
        {"kind": "max_consecutive_days", "days": 5},
    ]


CONTRACTS = [
    {"id": "full-time", "pay": _pay(30, 2400), "rules": _rules(1800, 2880, 6)},
    {"id": "part-time", "pay": _pay(29, 1500), "rules": _rules(900, 1800, 5)},
    {
        "id": "student",
        "pay": _pay(25, 1200),
        "templates": ["evening", "friday", "saturday"],
        "rules": _rules(0, 1200, 4),
    },
]


def employees(count: int, seed: int) -> list[dict[str, Any]]:
    """Draw employees: half full-time, a third part-time, the rest students; a third are new."""
    draw = random.Random(seed)
    people = []
    for i in range(count):
        share = i / count
        contract = "full-time" if share < 0.5 else "part-time" if share < 0.82 else "student"
        skills: dict[str, float] = {"calls": 0.85 if i % 3 == 2 else 1.0}
        if contract != "student" and i % 4 == 0:
            skills["supervisor"] = 1.0
        people.append(
            {
                "id": f"{contract.split('-')[0]}-{i + 1:02d}",
                "contract": contract,
                "skills": skills,
                "forbidden": [{"template": "evening"}] if draw.random() < 0.15 else [],
            }
        )
    return people


def arrivals(calls: Path, week: date) -> list[float]:
    """Read the calls of seven days, half hour by half hour; none while the centre is closed.

    Raises
    ------
    InputError
        If the file is broken, or does not hold the whole week.
    """
    rows = parse_demand(read_text(calls), "arrivals", str(calls))
    inside = [row for row in rows if week <= row.start.date() < week + timedelta(days=7)]
    if len(inside) != 7 * 48:
        raise InputError(str(calls), [Fault("", f"no full week from {week}")])
    return [row.amount if _is_open(row.start) else 0 for row in inside]


def _is_open(moment: datetime) -> bool:
    weekday, clock = WEEKDAYS[moment.weekday()], f"{moment:%H:%M}"
    return any(weekday in w["days"] and w["start"] <= clock < w["end"] for w in OPENING)


def build(calls: Path, week: date, count: int, seed: int, interval: int) -> dict[str, Any]:
    """Build the instance of the week that begins on a date."""
    return {
        "schema_version": 1,
        "name": f"bank-{week}",
        "description": f"Calls of a bank in the week from {week}; 80 % answered within 20 seconds.",
        "horizon": {
            "start": week.isoformat(),
            "days": 7,
            "interval_minutes": interval,
            "week_starts_on": "sun",
            "weekend": ["fri", "sat"],
        },
        "skills": ["calls", "supervisor"],
        "services": [
            {
                "id": "calls",
                "skill": "calls",
                "opening_hours": OPENING,
                "demand": {
                    "kind": "arrivals",
                    "handle_time_seconds": 188,
                    "interval_minutes": 30,
                    "values": arrivals(calls, week),
                },
            }
        ],
        "floors": [
            {"kind": "service_level", "service": "calls", "target": 0.8, "within_seconds": 20},
            {"kind": "presence", "skill": "supervisor", "at_least": 1},
        ],
        "templates": TEMPLATES,
        "contracts": CONTRACTS,
        "employees": employees(count, seed),
    }


@click.command()
@click.argument("calls", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--week", type=click.DateTime(["%Y-%m-%d"]), default="1999-05-02", show_default=True)
@click.option("--people", default=36, show_default=True, help="Employees to draw.")
@click.option("--seed", default=1, show_default=True, help="Seed of the draw.")
@click.option("--interval", type=click.Choice(["15", "30"]), default="30", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def main(calls: Path, week: datetime, people: int, seed: int, interval: str, output: Path) -> None:
    """Build an instance from a week of the bank's CALLS."""
    try:
        instance = build(calls, week.date(), people, seed, int(interval))
        write_text(output, to_json(instance))
    except InputError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"wrote {output}")


if __name__ == "__main__":
    main()
