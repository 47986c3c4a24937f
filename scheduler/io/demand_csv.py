"""Demand from CSV files: one row per interval, with the columns `start` and the demand's kind."""

from __future__ import annotations

import csv
import io
import math
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import Fault, InputError
from ..models.base import did_you_mean
from ..models.horizon import Horizon
from ..models.service import Service
from .text import read_text, show_path


def load_demand(data: Any, folder: Path) -> tuple[Any, list[Fault]]:
    """Replace every `csv` of an instance's demand by the `values` it holds.

    Parameters
    ----------
    data
        The instance as read from JSON, not validated yet.
    folder
        Where relative paths start.

    Returns
    -------
    The instance with the values in place, and the faults found. Parts that are malformed in
    another way are left alone; validation finds them.
    """
    try:
        horizon = Horizon.model_validate(data["horizon"])
        services = list(data["services"])
    except (ValidationError, KeyError, TypeError):
        return data, []
    faults: list[Fault] = []
    for i, service in enumerate(services):
        demand = service.get("demand") if isinstance(service, dict) else None
        if not isinstance(demand, dict) or not isinstance(demand.get("csv"), str):
            continue
        if demand.get("values") is not None or demand.get("pattern") is not None:
            continue
        try:
            values = _values(demand, horizon, service, folder)
        except InputError as error:
            path = show_path(("services", i, "demand", "csv"))
            faults += [Fault(path, f"{error.source}: {fault}") for fault in error.faults]
            values = None
        if values is not None:
            loaded = {**demand, "csv": None, "values": values}
            services[i] = {**service, "demand": loaded}
    return {**data, "services": services}, faults


def _values(
    demand: dict[str, Any], horizon: Horizon, service: dict[str, Any], folder: Path
) -> list[float] | None:
    step = demand.get("interval_minutes") or horizon.interval_minutes
    kind = demand.get("kind")
    if (
        not isinstance(step, int)
        or step % horizon.interval_minutes
        or kind
        not in (
            "staff",
            "arrivals",
        )
    ):
        return None
    rows = parse_demand(read_text(folder / demand["csv"]), kind, demand["csv"])
    return _align(rows, horizon, step, demand["csv"], _open_service(service))


def _open_service(service: dict[str, Any]) -> Service | None:
    """Make a service of the hours alone, to know when it is open; None if those are malformed."""
    hours: dict[str, Any] = {
        key: service[key] for key in ("opening_hours", "closed_on") if key in service
    }
    demand = {"kind": "staff", "values": [0]}
    stand_in: dict[str, Any] = {"id": "x", "skill": "x", "demand": demand, **hours}
    try:
        return Service.model_validate(stand_in)
    except ValidationError:
        return None


def parse_demand(text: str, column: str, source: str) -> list[tuple[datetime, float]]:
    """Parse rows of local time and number.

    Parameters
    ----------
    column
        ``"staff"`` or ``"arrivals"``.

    Raises
    ------
    InputError
        With a line for every fault.
    """
    reader = csv.reader(io.StringIO(text))
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in ("start", column) if name not in header]
    if missing:
        message = f"no column '{missing[0]}'{did_you_mean(missing[0], header)}"
        raise InputError(source, [Fault("line 1", message)])
    rows: list[tuple[datetime, float]] = []
    faults: list[Fault] = []
    for cells in reader:
        if not any(cells):
            continue
        record = dict(zip(header, cells, strict=False))
        try:
            rows.append((_time(record.get("start", "")), _amount(record.get(column, ""))))
        except ValueError as error:
            faults.append(Fault(f"line {reader.line_num}", str(error)))
    if not rows and not faults:
        faults.append(Fault("", "the file has no rows"))
    if faults:
        more = [Fault("", f"and {len(faults) - 5} more faults")] if len(faults) > 5 else []
        raise InputError(source, faults[:5] + more)
    return rows


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f"expected a local time such as 2026-03-02T08:30, found '{text[:40]}'"
        ) from None


def _amount(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"expected a number, zero or more, found '{text[:40]}'")
    return value


def _align(
    rows: list[tuple[datetime, float]],
    horizon: Horizon,
    step: int,
    source: str,
    service: Service | None,
) -> list[float]:
    """Put the rows of the horizon on its grid; rows outside it are left out."""
    by_minute: dict[int, float] = {}
    for start, value in rows:
        if not 0 <= horizon.day_of(start.date()) < horizon.days:
            continue
        minute = horizon.minute_of(start)
        if minute in by_minute and start.tzinfo is None:
            # Where the clock shows an hour twice, the second row of the same name is the later one.
            minute = horizon.minute_of(start.replace(fold=1))
        if minute in by_minute:
            message = f"two rows for {start.isoformat(timespec='minutes')}"
            raise InputError(source, [Fault("", message)])
        if minute % step:
            message = f"{start.isoformat(timespec='minutes')} is not on the grid of {step} minutes"
            raise InputError(source, [Fault("", message)])
        by_minute[minute] = value
    expected = range(0, horizon.minutes, step)
    absent = [
        m
        for m in expected
        if m not in by_minute
        and (
            service is None
            or any(
                service.is_open(slot)
                for slot in horizon.slots[
                    m // horizon.interval_minutes : (m + step) // horizon.interval_minutes
                ]
            )
        )
    ]
    if absent:
        more = f" and {len(absent) - 1} more intervals" if len(absent) > 1 else ""
        message = f"no row for {horizon.label(absent[0])}{more} in which the service is open"
        raise InputError(source, [Fault("", message)])
    return [by_minute.get(minute, 0.0) for minute in expected]
