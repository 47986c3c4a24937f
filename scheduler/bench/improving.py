"""Best known results only improve: what is better is taken over, and every step is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

from ..io.text import read_text, write_text
from .best_known import Known

COLUMNS = ("instance", "status", "cost", "bound", "proved")
"""Of the tables that we write."""
HISTORY_COLUMNS = ("instance", "what", "value", "by")


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something better than what was known, and who found it."""

    instance: str
    what: Literal["cost", "bound", "infeasible"]
    value: Decimal | None
    by: str


def improved(
    known: Mapping[str, Known], found: Iterable[tuple[str, Known, str]]
) -> tuple[dict[str, Known], list[Improvement]]:
    """Take over what is better, and nothing else.

    Parameters
    ----------
    found
        Instance, what was found of it, and by whom.

    Returns
    -------
    The better table, and every improvement.
    """
    table, news = dict(known), []
    for name, new, by in found:
        old = table.get(name, Known())
        if new.infeasible and not old.infeasible:
            table[name] = old = replace(old, infeasible=True)
            news.append(Improvement(name, "infeasible", None, by))
        if new.cost is not None and (old.cost is None or new.cost < old.cost):
            table[name] = old = replace(old, cost=new.cost)
            news.append(Improvement(name, "cost", new.cost, by))
        if new.bound is not None and (old.bound is None or new.bound > old.bound):
            table[name] = replace(old, bound=new.bound)
            news.append(Improvement(name, "bound", new.bound, by))
    return table, news


def write_best_known(path: Path, known: Mapping[str, Known]) -> None:
    """Write a table; the file appears whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, entry in known.items():
        status = "infeasible" if entry.infeasible else "unknown"
        if entry.cost is not None:
            status = "optimal" if entry.is_proved else "feasible"
        cells = (entry.cost, entry.bound)
        numbers = ["" if cell is None else str(cell) for cell in cells]
        writer.writerow((name, status, *numbers, "yes" if entry.is_proved else "no"))
    write_text(path, text.getvalue())


def history_of(path: Path) -> Path:
    """Give the file beside a table in which every improvement is kept."""
    return path.with_name(f"{path.stem}_history.csv")


def add_to_history(path: Path, news: Iterable[Improvement]) -> None:
    """Append improvements of a table to its history."""
    file = history_of(path)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not file.exists():
        writer.writerow(HISTORY_COLUMNS)
    for entry in news:
        value = "" if entry.value is None else str(entry.value)
        writer.writerow((entry.instance, entry.what, value, entry.by))
    before = read_text(file) if file.exists() else ""
    write_text(file, before + text.getvalue())
