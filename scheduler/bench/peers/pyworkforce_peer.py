"""The package pyworkforce: shift counts for one skill, then a roster of named people.

It knows heads by period of a day, so all services become one; shifts within a day; which shift may
not follow which on the next day; who may not work a shift. It knows no upper limits on anybody's
hours or days, and its version for this Python places no breaks: they are placed afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from ...formulation.options import Option, options_on, permitted_options
from ...models.instance import Instance
from ...rules.min_rest import MinRest
from .answer import Answer
from .heads import frozen_heads, served_heads
from .placing import Worked, schedule_of

PYTHON_VARIABLE = "SERVICEFLOOR_PYWORKFORCE_PYTHON"
"""An interpreter that has pyworkforce; the running one, if not set."""
SCRIPT = Path(__file__).with_name("pyworkforce_script.py")
GRACE = 60.0
"""Seconds beyond its limit that it may take to build its models."""


def solve_pyworkforce(instance: Instance, time_limit: float, seed: int, workers: int) -> Answer:  # noqa: ARG001  it takes no seed
    """Let pyworkforce count and roster shifts, then place breaks and services."""
    started = time.perf_counter()
    day_minutes = 24 * 60
    if any(o.duty.end - o.duty.day * day_minutes > day_minutes for o in options_on(instance, 0)):
        return Answer(None, "not applicable", 0.0, "it knows no shifts over midnight")
    problem = _problem(instance, time_limit, workers)
    python = os.environ.get(PYTHON_VARIABLE) or sys.executable
    try:
        done = subprocess.run(
            [python, str(SCRIPT)],
            input=json.dumps(problem),
            capture_output=True,
            text=True,
            timeout=time_limit + GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer(None, "timeout", time.perf_counter() - started)
    seconds = time.perf_counter() - started
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return Answer(None, "failed", seconds, f"pyworkforce: {last}")
    answer = json.loads(done.stdout)
    if answer["shifts"] is None:
        return Answer(None, answer["stop"], seconds)
    schedule = schedule_of(
        instance, _worked(instance, answer["shifts"]), frozen_heads(instance, padded=True)
    )
    return Answer(schedule, answer["stop"], seconds, "left out: skills, limits on hours and days")


def _problem(instance: Instance, time_limit: float, workers: int) -> dict[str, Any]:
    horizon, step = instance.horizon, instance.horizon.interval_minutes
    periods = 24 * 60 // step
    shifts = {_name(option): option for option in options_on(instance, 0)}
    total = served_heads(instance, frozen_heads(instance, padded=True))
    days = range(horizon.days)
    return {
        "people": [employee.id for employee in instance.employees],
        "coverage": {
            name: [int(o.duty.start <= p * step < o.duty.end) for p in range(periods)]
            for name, o in shifts.items()
        },
        "cost": {name: o.duty.paid_minutes // 5 for name, o in shifts.items()},
        "heads": [[total.get(d * periods + p, 0) for p in range(periods)] for d in days],
        "not_after": _not_after(instance, shifts),
        "banned": _banned(instance, shifts),
        "seconds": time_limit,
        "workers": workers,
    }


def _name(option: Option) -> str:
    duty = option.duty
    return f"{duty.template} {duty.clock} {duty.end - duty.start}"


def _not_after(instance: Instance, shifts: dict[str, Option]) -> list[tuple[str, str]]:
    """Pairs of shifts on consecutive days that leave the longest rest of any contract unkept."""
    rules = (rule for e in instance.employees for rule in instance.rules_of(e))
    rest = max((r.rest_minutes for r in rules if isinstance(r, MinRest)), default=0)
    return [
        (origin, destination)
        for origin, one in shifts.items()
        for destination, other in shifts.items()
        if other.duty.start + 24 * 60 - one.duty.end < rest
    ]


def _banned(instance: Instance, shifts: dict[str, Option]) -> list[tuple[str, str, int]]:
    found = []
    for name, options in permitted_options(instance).items():
        allowed = {(_name(option), option.duty.day) for option in options}
        found += [
            (name, shift, day)
            for day in range(instance.horizon.days)
            for shift in shifts
            if (shift, day) not in allowed
        ]
    return found


def _worked(instance: Instance, shifts: list[tuple[str, int, str]]) -> list[Worked]:
    people = {employee.id: employee for employee in instance.employees}
    by_day = [{_name(o): o for o in options_on(instance, d)} for d in range(instance.horizon.days)]
    return [Worked(people[person], by_day[day][shift]) for person, day, shift in shifts]
