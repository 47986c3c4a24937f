"""Demand from CSV files: one row per interval, with the columns `start` and the demand's kind."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import Fault, InputError
from ..models.base import did_you_mean, is_supported_year
from ..models.demand import LARGEST_AMOUNT
from ..models.horizon import INTERVALS, Horizon
from ..models.service import Service
from .text import read_text, show_path

MOST = 5
"""Faults of one file that are shown; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a demand file."""

    line: int
    start: datetime
    amount: float

    @property
    def label(self) -> str:
        """Its time, as text."""
        return self.start.isoformat(timespec="minutes")


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
    horizon = _horizon(data)
    if horizon is None or not isinstance(data.get("services"), list):
        return data, []
    services, faults = list(data["services"]), []
    for i, service in enumerate(services):
        try:
            services[i] = _with_values(service, horizon, folder)
        except InputError as error:
            path = show_path(("services", i, "demand", "csv"))
            faults += [Fault(path, f"{error.source}: {fault}") for fault in error.faults]
    return {**data, "services": services}, faults


def _horizon(data: Any) -> Horizon | None:
    try:
        return Horizon.model_validate(data["horizon"])
    except (ValidationError, KeyError, TypeError):
        return None


def _with_values(service: Any, horizon: Horizon, folder: Path) -> Any:
    demand = service.get("demand") if isinstance(service, dict) else None
    if not isinstance(demand, dict) or not _is_loadable(demand, horizon):
        return service
    source, step = demand["csv"], demand.get("interval_minutes") or horizon.interval_minutes
    rows = parse_demand(read_text(folder / source), demand["kind"], source)
    values = _align(rows, horizon, step, source, _open_service(service))
    return {**service, "demand": {**demand, "csv": None, "values": values}}


def _is_loadable(demand: dict[str, Any], horizon: Horizon) -> bool:
    step = demand.get("interval_minutes")
    return (
        isinstance(demand.get("csv"), str)
        and demand.get("values") is None
        and demand.get("pattern") is None
        and demand.get("kind") in ("staff", "arrivals")
        and (step is None or (step in INTERVALS and step % horizon.interval_minutes == 0))
    )


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


def parse_demand(text: str, column: str, source: str) -> list[Row]:
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
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        start, amount = _columns(next(reader, []), column, source)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            try:
                rows.append(Row(reader.line_num, _time(cells, start), _amount(cells, amount)))
            except ValueError as error:
                faults.append(Fault(f"line {reader.line_num}", str(error)))
    except csv.Error as error:
        faults.append(Fault(f"line {reader.line_num}", f"broken CSV: {error}"))
    if not rows and not faults:
        faults.append(Fault("", "the file has no rows"))
    _refuse(source, faults)
    return rows


def _columns(header: list[str], column: str, source: str) -> tuple[int, int]:
    """Positions of the two columns."""
    names = [name.strip() for name in header]
    faults = []
    for name in ("start", column):
        if name not in names:
            hint = did_you_mean(name, set(names) - {"start", column})
            if len(names) == 1 and ";" in names[0]:
                hint = "; the columns are to be parted by commas, not semicolons"
            faults.append(Fault("line 1", f"no column '{name}'{hint}"))
        elif names.count(name) > 1:
            faults.append(Fault("line 1", f"two columns '{name}'"))
    _refuse(source, faults)
    return names.index("start"), names.index(column)


def _refuse(source: str, faults: list[Fault]) -> None:
    if len(faults) > MOST:
        faults = [*faults[:MOST], Fault("", f"and {len(faults) - MOST} more faults")]
    if faults:
        raise InputError(source, faults)


def _cell(cells: list[str], position: int) -> str:
    return cells[position].strip() if position < len(cells) else ""


def _shown(text: str) -> str:
    return f"found '{text[:40]}'" if text else "found nothing"


def _time(cells: list[str], position: int) -> datetime:
    text = _cell(cells, position)
    try:
        moment = datetime.fromisoformat(text)
        if is_supported_year(moment.year):
            return moment
    except ValueError:
        pass
    raise ValueError(f"expected a local time such as 2026-03-02T08:30, {_shown(text)}")


def _amount(cells: list[str], position: int) -> float:
    text = _cell(cells, position)
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= LARGEST_AMOUNT:
        raise ValueError(f"expected a number from 0 to {LARGEST_AMOUNT:,}, {_shown(text)}")
    return value


def _align(
    rows: list[Row], horizon: Horizon, step: int, source: str, service: Service | None
) -> list[float]:
    """Put the rows of the horizon on its grid; rows outside it are left out."""
    by_minute: dict[int, float] = {}
    faults: list[Fault] = []
    for row in rows:
        if not 0 <= horizon.day_of(row.start.date()) < horizon.days:
            continue
        minute = _free_minute(row, horizon, by_minute)
        if _is_skipped(row, horizon):
            if row.amount > 0:
                message = f"the clock skips {row.label} on this day"
                faults.append(Fault(f"line {row.line}", message))
        elif minute is None:
            faults.append(Fault(f"line {row.line}", f"a second row for {row.label}"))
        elif minute % step or row.start.second:
            message = f"{row.label} is not on the grid of {step} minutes"
            faults.append(Fault(f"line {row.line}", message))
        else:
            by_minute[minute] = row.amount
    expected = range(0, horizon.minutes, step)
    if not faults:
        faults += _absent(horizon, [m for m in expected if m not in by_minute], step, service)
    _refuse(source, faults)
    return [by_minute.get(minute, 0.0) for minute in expected]


def _is_skipped(row: Row, horizon: Horizon) -> bool:
    if row.start.tzinfo is not None:
        return False
    shown = horizon.local(horizon.minute_of(row.start))
    return (shown.hour, shown.minute) != (row.start.hour, row.start.minute)


def _free_minute(row: Row, horizon: Horizon, taken: Iterable[int]) -> int | None:
    """Minute of a row; where the clock shows an hour twice, the second row is the later one."""
    folds = (0,) if row.start.tzinfo else (0, 1)
    minutes = [horizon.minute_of(row.start.replace(fold=fold)) for fold in folds]
    return next((minute for minute in minutes if minute not in taken), None)


def _absent(
    horizon: Horizon, minutes: list[int], step: int, service: Service | None
) -> Iterator[Fault]:
    """Complain about rows that are missing while the service is open."""
    size = horizon.interval_minutes
    absent = [
        minute
        for minute in minutes
        if service is None
        or any(service.is_open(s) for s in horizon.slots[minute // size : (minute + step) // size])
    ]
    if absent:
        first = horizon.label(absent[0])
        more = f" and {len(absent) - 1} more intervals" if len(absent) > 1 else ""
        yield Fault("", f"no row for {first}{more} in which the service is open")
