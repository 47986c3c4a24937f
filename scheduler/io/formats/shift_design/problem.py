"""From a shift design file to a design problem of ours that costs the same."""

from __future__ import annotations

from typing import Any

from ....models.base import format_clock
from .record import ShiftType, Task

Json = dict[str, Any]


def problem_of(task: Task) -> Json:
    """Give the design problem as it stands in a file."""
    return {
        "schema_version": 1,
        "name": task.name,
        "description": _description(task),
        "interval_minutes": task.interval,
        "days": task.days,
        "demand": list(task.demand),
        "templates": [
            _template(f"type {number}", shift, task.interval)
            for number, shift in enumerate(task.types, 1)
        ],
        "weight_shift": _plain(task.weight_shift),
        "weight_under": _plain(task.weight_under * task.interval),
        "weight_over": _plain(task.weight_over * task.interval),
    }


def _description(task: Task) -> str:
    left_out = (
        f" The term on duties per week (weight {task.weight_duties}) is left out."
        if task.weight_duties
        else ""
    )
    return f"Converted from a shift design file; weights are for a person and interval.{left_out}"


def _template(name: str, shift: ShiftType, interval: int) -> Json:
    start: Json | str = format_clock(shift.min_start * interval)
    if shift.max_start > shift.min_start:
        start = {
            "earliest": start,
            "latest": format_clock(shift.max_start * interval),
            "step_minutes": interval,
        }
    length: Json | int = shift.min_length * interval
    if shift.max_length > shift.min_length:
        length = {
            "min_minutes": length,
            "max_minutes": shift.max_length * interval,
            "step_minutes": interval,
        }
    return {"id": name, "start": start, "length": length}


def _plain(number: Any) -> int | float:
    return int(number) if number == int(number) else float(number)
