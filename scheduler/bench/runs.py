"""Runs: what was to be done, what came of it, and the file that keeps them, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..errors import Fault, InputError
from ..io.text import read_text, write_text
from ..models.result import TracePoint, relative_gap

Key = tuple[str, str, str, float, int]
"""Suite, instance, engine, limit, seed."""

FAILED = ("bad_input", "crash", "timeout")
"""Ends without a result."""
STATUSES = ("optimal", "feasible", "infeasible", "unknown", "violations", *FAILED)


@dataclass(frozen=True, slots=True)
class Run:
    """One row: an instance, solved once. Unknown is None, never 0 or infinity."""

    suite: str
    instance: str
    engine: str
    time_limit: float
    """Seconds."""
    seed: int
    status: str
    stop_reason: str = ""
    cost: Decimal | None = None
    """As the checker computes it; None for a schedule in which it finds violations."""
    bound: Decimal | None = None
    violations: int | None = None
    """Of the schedule; None without one."""
    violating_cost: Decimal | None = None
    """Cost of a schedule with violations."""
    seconds: float | None = None
    first_seconds: float | None = None
    """Until the first schedule."""
    peak_mb: float | None = None
    """Memory of the process, in megabytes."""
    people: int | None = None
    days: int | None = None
    interval_minutes: int | None = None
    variables: int | None = None
    constraints: int | None = None
    workers: int = 1
    parallel: int = 1
    cores: int = 1
    servicefloor: str = ""
    ortools: str = ""
    python: str = ""
    started: str = ""
    """UTC, ISO 8601."""
    message: str = ""
    digest: str = ""
    """Of the instance; empty where nobody knows. See `digests.digest_of`."""

    @property
    def key(self) -> Key:
        """What tells runs apart."""
        return (self.suite, self.instance, self.engine, self.time_limit, self.seed)

    @property
    def ended(self) -> float:
        """Seconds until its end; the limit, where they are not known."""
        return self.time_limit if self.seconds is None else self.seconds

    @property
    def gap(self) -> float | None:
        """(cost − bound) ÷ cost."""
        return relative_gap(self.cost, self.bound)

    def cells(self) -> dict[str, str]:
        """Give the row of a file."""
        found = {f.name: _text(getattr(self, f.name)) for f in fields(self)}
        gap = self.gap
        found["gap"] = "" if gap is None else f"{gap:.6f}"
        return {name: found[name] for name in COLUMNS}


COLUMNS = tuple(
    name
    for field in fields(Run)
    for name in ((field.name, "gap") if field.name == "bound" else (field.name,))
)
LATER = ("interval_minutes", "digest")
"""Columns that older files lack."""
TRACE_COLUMNS = ("suite", "instance", "engine", "time_limit", "seed", "seconds", "cost", "bound")


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}" if value.is_integer() else f"{value:.3f}"
    return "" if value is None else str(value)


Trace = tuple[TracePoint, ...]


class RunFile:
    """A CSV file of runs, and one beside it with the course of each.

    A row is written when its run has ended, after its course; what is in the file is done.

    Parameters
    ----------
    path
        ``runs.csv``; the courses go to ``runs.trace.csv``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trace_path = path.with_name(f"{path.stem}.trace.csv")

    def open(self) -> list[Run]:
        """Prepare both files for writing, and give the runs that are done already.

        Raises
        ------
        InputError
            If there is a file that is none of runs, or it cannot be written.
        """
        done = self.runs() if self.path.exists() and self.path.stat().st_size else []
        traces = self.traces() if done else {}
        self.rewrite(done, traces)
        return done

    def rewrite(self, runs: Sequence[Run], traces: dict[Key, Trace]) -> None:
        """Write both files anew: courses without a row, from a run that was cut off, go away."""
        points = [point for run in runs for point in _points(run, traces.get(run.key, ()))]
        write_text(self.trace_path, _lines([TRACE_COLUMNS, *points]))
        write_text(self.path, _lines([COLUMNS, *(tuple(run.cells().values()) for run in runs)]))

    def add(self, run: Run, trace: Trace) -> None:
        """Append a run and its course."""
        for path, rows in (
            (self.trace_path, _points(run, trace)),
            (self.path, [tuple(run.cells().values())]),
        ):
            with path.open("a", encoding="utf-8", newline="") as file:
                file.write(_lines(rows))

    def runs(self) -> list[Run]:
        """Read the runs.

        Raises
        ------
        InputError
            If the file is none of runs, with the line and the column of everything wrong.
        """
        faults: list[Fault] = []
        found = []
        for line, row in _rows(self.path, [name for name in COLUMNS if name not in LATER]):
            cells: dict[str, Any] = {}
            for field in fields(Run):
                try:
                    cells[field.name] = _value(field.name, str(field.type), row.get(field.name, ""))
                except (ValueError, InvalidOperation) as error:
                    faults.append(Fault(f"line {line}", f"{field.name}: {error}"))
            if len(cells) == len(fields(Run)):
                found.append(Run(**cells))
        if faults:
            raise InputError(str(self.path), faults)
        return found

    def traces(self) -> dict[Key, Trace]:
        """Read the courses; none, if there is no file of them."""
        if not self.trace_path.exists():
            return {}
        found: dict[Key, list[TracePoint]] = {}
        for line, row in _rows(self.trace_path, TRACE_COLUMNS):
            try:
                limit, seed = float(row["time_limit"]), int(row["seed"])
                key = (row["suite"], row["instance"], row["engine"], limit, seed)
                cost, bound = (_value(n, "Decimal | None", row[n]) for n in ("cost", "bound"))
                point = TracePoint(float(row["seconds"]), cost, bound)
            except (ValueError, InvalidOperation) as error:
                raise InputError(
                    str(self.trace_path), [Fault(f"line {line}", str(error))]
                ) from None
            found.setdefault(key, []).append(point)
        return {key: tuple(points) for key, points in found.items()}


def _points(run: Run, trace: Trace) -> list[tuple[str, ...]]:
    about = (run.suite, run.instance, run.engine, _text(run.time_limit), str(run.seed))
    return [(*about, f"{p.seconds:.3f}", _text(p.cost), _text(p.bound)) for p in trace]


def _lines(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        message = f"this is no file of runs: no column {', '.join(missing[:5])}"
        raise InputError(str(path), [Fault("line 1", message)])
    for row in reader:
        if None in row or None in row.values():
            message = f"expected {len(reader.fieldnames or ())} cells"
            raise InputError(str(path), [Fault(f"line {reader.line_num}", message)])
        yield reader.line_num, row


def _value(name: str, kind: str, text: str) -> Any:
    if name == "status" and text not in STATUSES:
        raise ValueError(f"expected one of {', '.join(STATUSES)}, found '{text}'")
    if not text and "None" in kind:
        return None
    try:
        value = {"s": str, "f": float, "i": int, "D": Decimal}[kind[0]](text)
    except (ValueError, InvalidOperation):
        raise ValueError(f"expected a number, found '{text}'") from None
    return value
