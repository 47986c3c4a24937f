"""Files beside the schedule: tables, the course of the search, and the page."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from ..io.text import write_text
from .course import course_of

if TYPE_CHECKING:
    from ..models.result import Result


def write_trace(result: Result, path: Path) -> Path:
    """Write cost and bound over time: seconds, cost, bound; empty where unknown."""
    rows = [(f"{point.seconds:.3f}", point.cost, point.bound) for point in course_of(result)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("seconds", "cost", "bound"))
    writer.writerows(rows)
    write_text(path, buffer.getvalue())
    return path


def write_tables(result: Result, folder: Path) -> list[Path]:
    """Write `shifts.csv` and `coverage.csv`, with local times as they stand in schedule files.

    Raises
    ------
    ValueError
        If there is no schedule.
    """
    from .tables import coverage_frame, shifts_frame

    if result.schedule is None:
        raise ValueError(f"there is no schedule: {result.status}")
    frames = {
        "shifts.csv": shifts_frame(result.instance, result.schedule),
        "coverage.csv": coverage_frame(result.instance, result.schedule),
    }
    for name, frame in frames.items():
        for column in frame.select_dtypes("datetimetz").columns:
            frame[column] = [_label(result, moment) for moment in frame[column]]
        write_text(folder / name, frame.to_csv(index=False, lineterminator="\n"))
    return [folder / name for name in frames]


def _label(result: Result, moment: object) -> str:
    horizon = result.instance.horizon
    return horizon.label(horizon.minute_of(moment.to_pydatetime()))  # type: ignore[attr-defined]


def write_report(result: Result, path: Path) -> Path:
    """Write the page."""
    from .page import report_html

    write_text(path, report_html(result))
    return path
